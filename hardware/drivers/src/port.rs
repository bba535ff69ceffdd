//! Carries a wired driver out on a real serial line.

use std::{
    collections::VecDeque,
    path::PathBuf,
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, ReadHalf, WriteHalf},
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
};
use tokio_serial::{SerialPortBuilderExt, SerialStream};

use crate::{Driver, Input, Output};

/// The first pause before a line is opened again, doubled up to the last.
const PAUSE: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(8));

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
    let (sender, orders) = unbounded_channel();
    let port = Port {
        driver,
        settings,
        tell,
        line: None,
        outgoing: VecDeque::new(),
        reopen_at: Instant::now(),
        pause: PAUSE.0,
    };
    tokio::spawn(port.run(orders));
    sender
}

struct Port<D, T> {
    driver: D,
    settings: SerialSettings,
    tell: T,
    line: Option<(ReadHalf<SerialStream>, WriteHalf<SerialStream>)>,
    outgoing: VecDeque<u8>,
    reopen_at: Instant,
    pause: Duration,
}

/// What ended one wait.
enum Woken<Order> {
    Ordered(Option<Order>),
    Read(std::io::Result<Vec<u8>>),
    Written(std::io::Result<usize>),
    Due,
}

impl<D: Driver, T: Fn(D::Event) + Send> Port<D, T> {
    async fn run(mut self, mut orders: UnboundedReceiver<D::Order>) {
        loop {
            if self.line.is_none() && self.reopen_at <= Instant::now() {
                self.open();
            }
            self.carry_out();
            match self.wait(&mut orders).await {
                Woken::Ordered(None) => return,
                Woken::Ordered(Some(order)) => {
                    self.driver.handle(Input::Order(order), Instant::now());
                }
                Woken::Read(Ok(bytes)) if !bytes.is_empty() => {
                    // What was ordered before they came counts for them.
                    while let Ok(order) = orders.try_recv() {
                        self.driver.handle(Input::Order(order), Instant::now());
                    }
                    self.driver.handle(Input::Wire(bytes), Instant::now());
                }
                // Reading nothing is how a line says that it was pulled.
                Woken::Read(_) | Woken::Written(Err(_) | Ok(0)) => self.hang_up(),
                Woken::Written(Ok(count)) => drop(self.outgoing.drain(..count)),
                Woken::Due => {
                    let now = Instant::now();
                    if self.driver.poll_timeout().is_some_and(|due| due <= now) {
                        self.driver.handle_timeout(now);
                    }
                }
            }
        }
    }

    async fn wait(&mut self, orders: &mut UnboundedReceiver<D::Order>) -> Woken<D::Order> {
        let reopen_at = self.line.is_none().then_some(self.reopen_at);
        let due = [reopen_at, self.driver.poll_timeout()]
            .into_iter()
            .flatten()
            .min();
        let due = due.map(tokio::time::Instant::from_std);
        let sleep = async {
            match due {
                Some(due) => tokio::time::sleep_until(due).await,
                None => std::future::pending().await,
            }
        };
        let Some((reader, writer)) = &mut self.line else {
            tokio::select! {
                order = orders.recv() => return Woken::Ordered(order),
                () = sleep => return Woken::Due,
            }
        };
        let mut buffer = [0; 1024];
        let (bytes, _) = self.outgoing.as_slices();
        tokio::select! {
            order = orders.recv() => Woken::Ordered(order),
            count = reader.read(&mut buffer) => {
                Woken::Read(count.map(|count| buffer[..count].to_vec()))
            }
            count = writer.write(bytes), if !bytes.is_empty() => Woken::Written(count),
            () = sleep => Woken::Due,
        }
    }

    fn carry_out(&mut self) {
        while let Some(output) = self.driver.poll_output() {
            match output {
                Output::Wire(bytes) if self.line.is_some() => self.outgoing.extend(bytes),
                Output::Wire(_) => {}
                Output::Tell(event) => (self.tell)(event),
            }
        }
    }

    fn open(&mut self) {
        let path = self.settings.path.to_string_lossy();
        match tokio_serial::new(path, self.settings.baud).open_native_async() {
            Ok(stream) => {
                tracing::info!(path = %self.settings.path.display(), "A device's line is open");
                self.line = Some(tokio::io::split(stream));
                self.outgoing.clear();
                self.pause = PAUSE.0;
                self.driver.handle(Input::Connected, Instant::now());
            }
            Err(error) => {
                tracing::debug!(path = %self.settings.path.display(), %error, "A line stays shut");
                self.reopen_at = Instant::now() + self.pause;
                self.pause = (self.pause * 2).min(PAUSE.1);
            }
        }
    }

    fn hang_up(&mut self) {
        tracing::warn!(path = %self.settings.path.display(), "A device's line was lost");
        self.line = None;
        self.outgoing.clear();
        self.reopen_at = Instant::now() + self.pause;
        self.driver.handle(Input::HungUp, Instant::now());
    }
}
