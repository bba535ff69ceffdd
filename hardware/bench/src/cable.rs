//! The cable between a kiosk and its exchange: carries bytes, and can be cut.

use std::{
    io,
    net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};

pub struct Cable {
    address: SocketAddr,
    carried: Arc<Mutex<Carried>>,
}

/// Under one lock, lest a connection coming up in the moment of the cut outlives it.
#[derive(Default)]
struct Carried {
    cut: bool,
    streams: Vec<TcpStream>,
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
            carried: Arc::default(),
        };
        let carried = Arc::clone(&cable.carried);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let _ = join(stream, exchange, &carried);
            }
        });
        Ok(cable)
    }

    pub fn url(&self) -> String {
        format!("https://{}", self.address)
    }

    /// Every connection breaks and no new one comes up.
    pub fn cut(&self) {
        let mut carried = lock(&self.carried);
        carried.cut = true;
        for stream in carried.streams.drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    pub fn is_cut(&self) -> bool {
        lock(&self.carried).cut
    }

    pub fn mend(&self) {
        lock(&self.carried).cut = false;
    }
}

fn lock(carried: &Mutex<Carried>) -> MutexGuard<'_, Carried> {
    carried.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for Cable {
    fn drop(&mut self) {
        self.cut();
    }
}

/// Carries a connection, unless the cable is cut: then it is refused at once, as by a
/// switch whose port is dead.
fn join(station: TcpStream, exchange: SocketAddr, carried: &Mutex<Carried>) -> io::Result<()> {
    let mut carried = lock(carried);
    if carried.cut {
        return station.shutdown(Shutdown::Both);
    }
    let exchange = TcpStream::connect(exchange)?;
    let ways = [
        (station.try_clone()?, exchange.try_clone()?),
        (exchange.try_clone()?, station.try_clone()?),
    ];
    carried.streams.extend([station, exchange]);
    for (mut from, mut to) in ways {
        thread::spawn(move || {
            let _ = io::copy(&mut from, &mut to);
            let _ = to.shutdown(Shutdown::Write);
        });
    }
    Ok(())
}
