//! Carries a driver out on a TCP connection, which is made again whenever it is lost.

use std::{
    collections::VecDeque,
    io,
    time::{Duration, Instant},
};

use socket2::{SockRef, TcpKeepalive};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::JoinHandle,
};

use crate::{Driver, Input, Output};

/// The first pause before the terminal is called again, doubled up to the last.
const PAUSE: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(8));
const CONNECTING: Duration = Duration::from_secs(4);
/// A cable that was pulled is noticed after about twenty seconds of silence.
const KEEPALIVE: (Duration, Duration) = (Duration::from_secs(10), Duration::from_secs(4));

/// Starts the driver within the present Tokio runtime; it ends when the sender is
/// dropped. `address` is a host and a port.
pub fn start<D: Driver>(
    driver: D,
    address: String,
    tell: impl Fn(D::Event) + Send + 'static,
) -> UnboundedSender<D::Order> {
    let (sender, orders) = unbounded_channel();
    let socket = Socket {
        driver,
        address,
        tell,
        line: Line::Shut(Instant::now()),
        outgoing: VecDeque::new(),
        pause: PAUSE.0,
    };
    tokio::spawn(socket.run(orders));
    sender
}

enum Line {
    /// Until then.
    Shut(Instant),
    Calling(JoinHandle<io::Result<TcpStream>>),
    Open(OwnedReadHalf, OwnedWriteHalf),
}

struct Socket<D, T> {
    driver: D,
    address: String,
    tell: T,
    line: Line,
    outgoing: VecDeque<u8>,
    pause: Duration,
}

/// What ended one wait.
enum Woken<Order> {
    Ordered(Option<Order>),
    Called(io::Result<TcpStream>),
    Read(io::Result<Vec<u8>>),
    Written(io::Result<usize>),
    Due,
}

impl<D: Driver, T: Fn(D::Event) + Send> Socket<D, T> {
    async fn run(mut self, mut orders: UnboundedReceiver<D::Order>) {
        loop {
            if matches!(self.line, Line::Shut(until) if until <= Instant::now()) {
                self.line = Line::Calling(tokio::spawn(call(self.address.clone())));
            }
            self.carry_out();
            match self.wait(&mut orders).await {
                Woken::Ordered(None) => return,
                Woken::Ordered(Some(order)) => {
                    self.driver.handle(Input::Order(order), Instant::now());
                }
                Woken::Called(Ok(stream)) => self.open(stream),
                Woken::Called(Err(error)) => {
                    tracing::debug!(address = self.address, %error, "A terminal is not reached");
                    self.line = Line::Shut(Instant::now() + self.pause);
                    self.pause = (self.pause * 2).min(PAUSE.1);
                }
                Woken::Read(Ok(bytes)) if !bytes.is_empty() => {
                    self.driver.handle(Input::Wire(bytes), Instant::now());
                }
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
        let call_at = match self.line {
            Line::Shut(until) => Some(until),
            Line::Calling(_) | Line::Open(..) => None,
        };
        let due = [call_at, self.driver.poll_timeout()];
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
            Line::Calling(called) => tokio::select! {
                order = orders.recv() => Woken::Ordered(order),
                called = called => Woken::Called(called.unwrap_or_else(|error| {
                    Err(io::Error::other(error))
                })),
                () = sleep => Woken::Due,
            },
            Line::Open(reader, writer) => {
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
            }
        }
    }

    fn open(&mut self, stream: TcpStream) {
        tracing::info!(address = self.address, "A terminal's line is open");
        let (reader, writer) = stream.into_split();
        self.line = Line::Open(reader, writer);
        self.outgoing.clear();
        self.pause = PAUSE.0;
        self.driver.handle(Input::Connected, Instant::now());
    }

    fn hang_up(&mut self) {
        tracing::warn!(address = self.address, "A terminal's line was lost");
        self.line = Line::Shut(Instant::now() + self.pause);
        self.outgoing.clear();
        self.driver.handle(Input::HungUp, Instant::now());
    }
}

async fn call(address: String) -> io::Result<TcpStream> {
    let stream = tokio::time::timeout(CONNECTING, TcpStream::connect(address)).await??;
    stream.set_nodelay(true)?;
    let keepalive = TcpKeepalive::new()
        .with_time(KEEPALIVE.0)
        .with_interval(KEEPALIVE.1)
        .with_retries(3);
    SockRef::from(&stream).set_tcp_keepalive(&keepalive)?;
    Ok(stream)
}
