//! What a visit tells the log.

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard},
};

use tracing::{Level, subscriber::with_default};
use tracing_subscriber::fmt::MakeWriter;

#[derive(Clone, Default)]
pub(super) struct Told(Arc<Mutex<Vec<u8>>>);

impl Told {
    pub(super) fn listen<T>(&self, level: Level, play: impl FnOnce() -> T) -> T {
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(level)
            .with_ansi(false)
            .with_writer(self.clone())
            .finish();
        with_default(subscriber, play)
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8(self.bytes().clone()).unwrap()
    }

    fn bytes(&self) -> MutexGuard<'_, Vec<u8>> {
        self.0.lock().unwrap()
    }
}

impl io::Write for Told {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Told {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
