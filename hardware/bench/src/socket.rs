//! Gives the terminal its socket: one kiosk at a time, as real ones do.

use std::{
    io::{self, Read, Write},
    net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use super::PaymentTerminal;
use crate::Twin;

/// How often it looks whether a card is there.
const LOOK: Duration = Duration::from_millis(5);

/// A terminal on the network.
pub struct Socket {
    terminal: Arc<Mutex<PaymentTerminal>>,
    address: SocketAddr,
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Socket {
    /// # Errors
    /// When no port is free.
    pub fn host(terminal: PaymentTerminal) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let terminal = Arc::new(Mutex::new(terminal));
        let ended = Arc::new(AtomicBool::new(false));
        let (hosted, over) = (Arc::clone(&terminal), Arc::clone(&ended));
        let thread = std::thread::Builder::new()
            .name("bench-terminal".to_owned())
            .spawn(move || serve(&listener, &hosted, &over))?;
        Ok(Self {
            terminal,
            address,
            ended,
            thread: Some(thread),
        })
    }

    /// Host and port.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    pub fn with<R>(&self, deed: impl FnOnce(&mut PaymentTerminal) -> R) -> R {
        deed(&mut lock(&self.terminal))
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn lock(terminal: &Mutex<PaymentTerminal>) -> MutexGuard<'_, PaymentTerminal> {
    terminal.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(listener: &TcpListener, terminal: &Mutex<PaymentTerminal>, ended: &AtomicBool) {
    while !ended.load(Ordering::Relaxed) {
        match listener.accept() {
            Ok((stream, _)) => {
                if let Err(error) = talk(stream, terminal, ended) {
                    tracing::debug!(%error, "The kiosk is gone from the bench's terminal");
                }
                lock(terminal).hung_up();
            }
            Err(_) => std::thread::sleep(LOOK),
        }
    }
}

fn talk(
    mut stream: TcpStream,
    terminal: &Mutex<PaymentTerminal>,
    ended: &AtomicBool,
) -> io::Result<()> {
    stream.set_nonblocking(false)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(LOOK))?;
    let mut buffer = [0; 512];
    while !ended.load(Ordering::Relaxed) {
        match stream.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(count) => lock(terminal).receive(&buffer[..count], Instant::now()),
            Err(error) if is_no_news(&error) => {}
            Err(error) => return Err(error),
        }
        let mut twin = lock(terminal);
        let now = Instant::now();
        if twin.poll_timeout().is_some_and(|due| due <= now) {
            twin.handle_timeout(now);
        }
        let said = std::iter::from_fn(|| twin.poll_wire()).collect::<Vec<_>>();
        let hangs_up = twin.hangs_up();
        drop(twin);
        stream.write_all(&said.concat())?;
        if hangs_up {
            return stream.shutdown(Shutdown::Both);
        }
    }
    Ok(())
}

fn is_no_news(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut
    )
}
