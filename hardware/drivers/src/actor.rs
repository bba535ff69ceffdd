//! Carries a driver out on its line, which is opened again whenever it is lost.

use std::{
    collections::VecDeque,
    fmt::Display,
    io,
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadHalf, WriteHalf},
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::JoinHandle,
};

use zeroize::Zeroize;

use crate::{Driver, Input, Output};

/// The first pause before a line is opened again, doubled up to the last.
const PAUSE: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(8));

/// How a line comes about; its name is for the log.
pub(crate) trait Way: Display + Send + 'static {
    type Line: AsyncRead + AsyncWrite + Send + 'static;

    fn open(&self) -> impl Future<Output = io::Result<Self::Line>> + Send + 'static;
}

/// Starts the driver within the present Tokio runtime; it ends when the sender is dropped.
pub(crate) fn start<D: Driver, W: Way + Sync>(
    driver: D,
    way: W,
    tell: impl Fn(D::Event) + Send + 'static,
) -> UnboundedSender<D::Order> {
    let (sender, orders) = unbounded_channel();
    let actor = Actor {
        driver,
        way,
        tell,
        line: Line::Shut(Instant::now()),
        outgoing: VecDeque::new(),
        pause: PAUSE.0,
    };
    tokio::spawn(actor.run(orders));
    sender
}

enum Line<L> {
    /// Until then.
    Shut(Instant),
    Opening(JoinHandle<io::Result<L>>),
    Open(ReadHalf<L>, WriteHalf<L>),
}

struct Actor<D, W: Way, T> {
    driver: D,
    way: W,
    tell: T,
    line: Line<W::Line>,
    outgoing: VecDeque<u8>,
    pause: Duration,
}

/// What ended one wait.
enum Woken<Order, L> {
    Ordered(Option<Order>),
    Opened(io::Result<L>),
    Read(io::Result<Vec<u8>>),
    Written(io::Result<usize>),
    Due,
}

impl<D: Driver, W: Way + Sync, T: Fn(D::Event) + Send> Actor<D, W, T> {
    async fn run(mut self, mut orders: UnboundedReceiver<D::Order>) {
        loop {
            let shut = matches!(self.line, Line::Shut(until) if until <= Instant::now());
            if shut && self.driver.wants_line() {
                self.line = Line::Opening(tokio::spawn(self.way.open()));
            }
            self.carry_out();
            match self.wait(&mut orders).await {
                Woken::Ordered(None) => return,
                Woken::Ordered(Some(order)) => {
                    self.driver.handle(Input::Order(order), Instant::now());
                }
                Woken::Opened(Ok(line)) => self.opened(line),
                Woken::Opened(Err(error)) => {
                    tracing::debug!(line = %self.way, %error, "A line stays shut");
                    self.line = Line::Shut(Instant::now() + self.pause);
                    self.pause = (self.pause * 2).min(PAUSE.1);
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
                Woken::Written(Ok(count)) => {
                    wipe(&mut self.outgoing, count);
                    drop(self.outgoing.drain(..count));
                }
                Woken::Due => {
                    let now = Instant::now();
                    if self.driver.poll_timeout().is_some_and(|due| due <= now) {
                        self.driver.handle_timeout(now);
                    }
                }
            }
        }
    }

    async fn wait(&mut self, orders: &mut UnboundedReceiver<D::Order>) -> Woken<D::Order, W::Line> {
        let reopen_at = match self.line {
            Line::Shut(until) if self.driver.wants_line() => Some(until),
            Line::Shut(_) | Line::Opening(_) | Line::Open(..) => None,
        };
        let due = [reopen_at, self.driver.poll_timeout()];
        let due = due.into_iter().flatten().min();
        let due = due.map(tokio::time::Instant::from_std);
        let sleep = async {
            match due {
                Some(due) => tokio::time::sleep_until(due).await,
                None => std::future::pending().await,
            }
        };
        match &mut self.line {
            Line::Shut(_) => tokio::select! {
                order = orders.recv() => Woken::Ordered(order),
                () = sleep => Woken::Due,
            },
            Line::Opening(opened) => tokio::select! {
                order = orders.recv() => Woken::Ordered(order),
                opened = opened => Woken::Opened(
                    opened.unwrap_or_else(|error| Err(io::Error::other(error))),
                ),
                () = sleep => Woken::Due,
            },
            Line::Open(reader, writer) => {
                let mut buffer = [0; 1024];
                let (bytes, _) = self.outgoing.as_slices();
                tokio::select! {
                    order = orders.recv() => Woken::Ordered(order),
                    count = reader.read(&mut buffer) => {
                        let bytes = count.map(|count| buffer[..count].to_vec());
                        buffer.zeroize();
                        Woken::Read(bytes)
                    }
                    count = writer.write(bytes), if !bytes.is_empty() => Woken::Written(count),
                    () = sleep => Woken::Due,
                }
            }
        }
    }

    fn carry_out(&mut self) {
        while let Some(output) = self.driver.poll_output() {
            match output {
                Output::Wire(bytes) if matches!(self.line, Line::Open(..)) => {
                    self.outgoing.extend(bytes);
                }
                Output::Wire(_) => {}
                Output::Tell(event) => (self.tell)(event),
                Output::HangUp if matches!(self.line, Line::Open(..)) => self.hang_up(),
                Output::HangUp => {}
            }
        }
    }

    fn opened(&mut self, line: W::Line) {
        tracing::info!(line = %self.way, "A device's line is open");
        let (reader, writer) = tokio::io::split(line);
        self.line = Line::Open(reader, writer);
        self.outgoing.clear();
        self.pause = PAUSE.0;
        self.driver.handle(Input::Connected, Instant::now());
    }

    fn hang_up(&mut self) {
        if self.driver.wants_line() {
            tracing::warn!(line = %self.way, "A device's line was lost");
        } else {
            tracing::debug!(line = %self.way, "A device's line was let go");
        }
        self.line = Line::Shut(Instant::now() + self.pause);
        let unsent = self.outgoing.len();
        wipe(&mut self.outgoing, unsent);
        self.outgoing.clear();
        self.driver.handle(Input::HungUp, Instant::now());
    }
}

/// What was sent may be about a person, and its place is not given back.
fn wipe(sent: &mut VecDeque<u8>, count: usize) {
    sent.range_mut(..count).for_each(Zeroize::zeroize);
}
