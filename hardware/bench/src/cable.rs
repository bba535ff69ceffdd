//! The cable between a kiosk and its exchange: carries bytes, and can be cut.

use std::{
    io,
    net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

pub struct Cable {
    address: SocketAddr,
    cut: Arc<AtomicBool>,
    carried: Arc<Mutex<Vec<TcpStream>>>,
}

impl Cable {
    /// Lays a cable to an exchange.
    ///
    /// # Errors
    /// When no port is free.
    pub fn to(exchange: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let cable = Self {
            address: listener.local_addr()?,
            cut: Arc::default(),
            carried: Arc::default(),
        };
        let (cut, carried) = (Arc::clone(&cable.cut), Arc::clone(&cable.carried));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                // A cut cable is refused at once, as by a switch whose port is dead.
                if cut.load(Ordering::SeqCst) {
                    let _ = stream.shutdown(Shutdown::Both);
                } else {
                    let _ = join(stream, exchange, &carried);
                }
            }
        });
        Ok(cable)
    }

    pub fn url(&self) -> String {
        format!("https://{}", self.address)
    }

    /// Every connection breaks and no new one comes up.
    pub fn cut(&self) {
        self.cut.store(true, Ordering::SeqCst);
        for stream in self.carried().drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    pub fn is_cut(&self) -> bool {
        self.cut.load(Ordering::SeqCst)
    }

    pub fn mend(&self) {
        self.cut.store(false, Ordering::SeqCst);
    }

    fn carried(&self) -> std::sync::MutexGuard<'_, Vec<TcpStream>> {
        self.carried.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Cable {
    fn drop(&mut self) {
        self.cut();
    }
}

fn join(
    station: TcpStream,
    exchange: SocketAddr,
    carried: &Mutex<Vec<TcpStream>>,
) -> io::Result<()> {
    let exchange = TcpStream::connect(exchange)?;
    let ways = [
        (station.try_clone()?, exchange.try_clone()?),
        (exchange.try_clone()?, station.try_clone()?),
    ];
    carried
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .extend([station, exchange]);
    for (mut from, mut to) in ways {
        thread::spawn(move || {
            let _ = io::copy(&mut from, &mut to);
            let _ = to.shutdown(Shutdown::Write);
        });
    }
    Ok(())
}
