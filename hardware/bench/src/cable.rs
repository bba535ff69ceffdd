//! The cable between a kiosk and its exchange, or its printer: carries bytes, and can be cut
//! or spoilt.

use std::{
    io::{self, Read, Write},
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
    /// What comes back arrives as noise.
    noisy: bool,
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

    /// From now on every answer arrives as noise.
    pub fn spoil(&self) {
        lock(&self.carried).noisy = true;
    }

    pub fn mend(&self) {
        let mut carried = lock(&self.carried);
        carried.cut = false;
        carried.noisy = false;
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
fn join(station: TcpStream, exchange: SocketAddr, shared: &Arc<Mutex<Carried>>) -> io::Result<()> {
    let mut carried = lock(shared);
    if carried.cut {
        return station.shutdown(Shutdown::Both);
    }
    let exchange = TcpStream::connect(exchange)?;
    let (mut asks, mut asked) = (station.try_clone()?, exchange.try_clone()?);
    let (answers, answered) = (exchange.try_clone()?, station.try_clone()?);
    carried.streams.extend([station, exchange]);
    thread::spawn(move || {
        let _ = io::copy(&mut asks, &mut asked);
        let _ = asked.shutdown(Shutdown::Write);
    });
    let shared = Arc::clone(shared);
    thread::spawn(move || {
        let _ = bring_back(answers, &answered, &shared);
        let _ = answered.shutdown(Shutdown::Write);
    });
    Ok(())
}

fn bring_back(mut from: TcpStream, mut to: &TcpStream, carried: &Mutex<Carried>) -> io::Result<()> {
    let mut buffer = [0; 8192];
    loop {
        let count = from.read(&mut buffer)?;
        if count == 0 {
            return Ok(());
        }
        if lock(carried).noisy {
            buffer[..count].iter_mut().for_each(|byte| *byte ^= 0xa5);
        }
        to.write_all(&buffer[..count])?;
    }
}
