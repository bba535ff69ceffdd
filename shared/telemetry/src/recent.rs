//! The newest lines of the log, for a technician who asks what happened.

use std::{
    collections::VecDeque,
    io,
    sync::{Mutex, PoisonError},
};

use tracing_subscriber::fmt::MakeWriter;

/// So many lines are kept, of so many bytes at most.
const LINES_MAX: usize = 500;
const LINE_BYTES_MAX: usize = 1_024;

static LINES: Mutex<VecDeque<String>> = Mutex::new(VecDeque::new());

/// What the program has logged lately, oldest first; nothing where no log was started.
pub fn recent() -> Vec<String> {
    let lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
    lines.iter().cloned().collect()
}

/// Keeps what is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recent;

impl<'a> MakeWriter<'a> for Recent {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        *self
    }
}

impl io::Write for Recent {
    /// One line, as the formatter writes each of its events at once.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let kept = &bytes[..bytes.len().min(LINE_BYTES_MAX)];
        keep(String::from_utf8_lossy(kept).trim_end().to_owned());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn keep(line: String) {
    let mut lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
    if lines.len() == LINES_MAX {
        lines.pop_front();
    }
    lines.push_back(line);
}

#[cfg(test)]
mod tests {
    use tracing_subscriber::{fmt, layer::SubscriberExt};

    use super::*;

    #[test]
    fn the_newest_lines_are_kept_and_long_ones_cut() {
        let log =
            tracing_subscriber::registry().with(fmt::layer().with_ansi(false).with_writer(Recent));
        tracing::subscriber::with_default(log, || {
            for number in 0..LINES_MAX + 3 {
                tracing::info!(number, "A door was opened");
            }
            tracing::info!("{}", "x".repeat(LINE_BYTES_MAX * 2));
        });

        let kept = recent();

        assert_eq!(kept.len(), LINES_MAX);
        assert!(kept[0].contains("number=4"), "{}", kept[0]);
        assert!(kept.iter().all(|it| it.len() <= LINE_BYTES_MAX));
        assert!(!kept[0].contains('\n') && kept[0].contains("A door was opened"));
    }
}
