//! Gives a simulated device on the network its socket: one kiosk at a time, as real ones do.

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

/// How often it looks whether somebody has done something to it.
const LOOK: Duration = Duration::from_millis(5);

/// A device that is called over TCP.
pub trait Networked: Twin {
    /// Whether it breaks the line now.
    fn hangs_up(&mut self) -> bool {
        false
    }

    /// The line is gone.
    fn hung_up(&mut self) {}
}

/// A device on the network.
pub struct Socket<T: Networked> {
    twin: Arc<Mutex<T>>,
    address: SocketAddr,
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl<T: Networked> Socket<T> {
    /// # Errors
    /// When no port is free.
    pub fn host(twin: T) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let twin = Arc::new(Mutex::new(twin));
        let ended = Arc::new(AtomicBool::new(false));
        let (hosted, over) = (Arc::clone(&twin), Arc::clone(&ended));
        let thread = std::thread::Builder::new()
            .name("bench-socket".to_owned())
            .spawn(move || serve(&listener, &hosted, &over))?;
        Ok(Self {
            twin,
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
        deed(&mut lock(&self.twin))
    }
}

impl<T: Networked> Drop for Socket<T> {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn lock<T>(twin: &Mutex<T>) -> MutexGuard<'_, T> {
    twin.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve<T: Networked>(listener: &TcpListener, twin: &Mutex<T>, ended: &AtomicBool) {
    while !ended.load(Ordering::Relaxed) {
        match listener.accept() {
            Ok((stream, _)) => {
                if let Err(error) = talk(stream, twin, ended) {
                    tracing::debug!(%error, "The kiosk is gone from a device of the bench");
                }
                lock(twin).hung_up();
            }
            Err(_) => std::thread::sleep(LOOK),
        }
    }
}

fn talk<T: Networked>(
    mut stream: TcpStream,
    twin: &Mutex<T>,
    ended: &AtomicBool,
) -> io::Result<()> {
    stream.set_nonblocking(false)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(LOOK))?;
    let mut buffer = [0; 512];
    while !ended.load(Ordering::Relaxed) {
        match stream.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(count) => lock(twin).receive(&buffer[..count], Instant::now()),
            Err(error) if is_no_news(&error) => {}
            Err(error) => return Err(error),
        }
        let mut device = lock(twin);
        let now = Instant::now();
        if device.poll_timeout().is_some_and(|due| due <= now) {
            device.handle_timeout(now);
        }
        let said = std::iter::from_fn(|| device.poll_wire()).collect::<Vec<_>>();
        let hangs_up = device.hangs_up();
        drop(device);
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
