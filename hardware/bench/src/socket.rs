//! Gives a device on the network its socket: one kiosk at a time, as real ones do.

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

use crate::Twin;

/// How often it looks whether something was done to its device.
const LOOK: Duration = Duration::from_millis(5);

/// What a device that is called over a network may do besides talking.
pub trait Called: Twin {
    /// Whether it breaks the line now.
    fn hangs_up(&mut self) -> bool;
    /// The line is gone.
    fn hung_up(&mut self);
}

/// A device on the network.
pub struct Socket<T> {
    device: Arc<Mutex<T>>,
    address: SocketAddr,
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl<T: Called> Socket<T> {
    /// # Errors
    /// When no port is free.
    pub fn host(device: T) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let device = Arc::new(Mutex::new(device));
        let ended = Arc::new(AtomicBool::new(false));
        let (hosted, over) = (Arc::clone(&device), Arc::clone(&ended));
        let thread = std::thread::Builder::new()
            .name("bench-socket".to_owned())
            .spawn(move || serve(&listener, &hosted, &over))?;
        Ok(Self {
            device,
            address,
            ended,
            thread: Some(thread),
        })
    }

    /// Host and port.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    pub fn with<R>(&self, deed: impl FnOnce(&mut T) -> R) -> R {
        deed(&mut lock(&self.device))
    }
}

impl<T> Drop for Socket<T> {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn lock<T>(device: &Mutex<T>) -> MutexGuard<'_, T> {
    device.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve<T: Called>(listener: &TcpListener, device: &Mutex<T>, ended: &AtomicBool) {
    while !ended.load(Ordering::Relaxed) {
        match listener.accept() {
            Ok((stream, _)) => {
                if let Err(error) = talk(stream, device, ended) {
                    tracing::debug!(%error, "The kiosk is gone from the bench's device");
                }
                lock(device).hung_up();
            }
            Err(_) => std::thread::sleep(LOOK),
        }
    }
}

fn talk<T: Called>(mut stream: TcpStream, device: &Mutex<T>, ended: &AtomicBool) -> io::Result<()> {
    stream.set_nonblocking(false)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(LOOK))?;
    let mut buffer = [0; 512];
    while !ended.load(Ordering::Relaxed) {
        match stream.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(count) => lock(device).receive(&buffer[..count], Instant::now()),
            Err(error) if is_no_news(&error) => {}
            Err(error) => return Err(error),
        }
        let mut twin = lock(device);
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
