//! Drivers of devices on a serial line.

use std::{fmt, io, path::PathBuf};

use tokio::sync::mpsc::UnboundedSender;
use tokio_serial::{SerialPortBuilderExt, SerialStream};

use crate::{
    Driver,
    actor::{self, Way},
};

#[derive(Clone, Debug)]
pub struct SerialSettings {
    /// Such as a name below `/dev/serial/by-path`.
    pub path: PathBuf,
    pub baud: u32,
}

/// Starts the driver within the present Tokio runtime. The line is opened, and
/// opened again whenever it was lost; it ends when the sender is dropped.
pub fn start<D: Driver>(
    driver: D,
    settings: SerialSettings,
    tell: impl Fn(D::Event) + Send + 'static,
) -> UnboundedSender<D::Order> {
    actor::start(driver, settings, tell)
}

impl fmt::Display for SerialSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.path.display().fmt(f)
    }
}

impl Way for SerialSettings {
    type Line = SerialStream;

    fn open(&self) -> impl Future<Output = io::Result<SerialStream>> + Send + 'static {
        let line = tokio_serial::new(self.path.to_string_lossy(), self.baud);
        async move { line.open_native_async().map_err(io::Error::from) }
    }
}
