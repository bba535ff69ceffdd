//! The telephone with its threads.

mod ports;
mod shell;

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs, UdpSocket},
    sync::{Arc, mpsc as blocking},
    thread,
};

use thiserror::Error;
use tokio::{runtime, sync::mpsc};

use crate::{
    Event, Order, Settings,
    sound::{SoundThread, Tell},
};
use shell::Shell;

/// Orders it may be behind.
const ORDERS_MAX: usize = 64;

/// Why a telephone cannot be opened.
#[derive(Debug, Error)]
pub enum Fault {
    #[error("the registrar's name leads nowhere")]
    NoRegistrar(#[source] io::Error),
    #[error("no address of this machine leads to the registrar")]
    NoAddress(#[source] io::Error),
    #[error("the lines cannot be opened")]
    Lines(#[source] Box<signalling::Fault>),
    #[error("the system has no randomness")]
    Randomness(#[source] getrandom::Error),
    #[error("the cryptography does not know TLS")]
    Tls(#[source] rustls::Error),
    #[error("the system has no thread left")]
    Thread(#[source] io::Error),
    #[error("the telephone's thread ended before it began")]
    Ended,
}

/// The telephone takes no orders any more, or is too far behind with them.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("the telephone does not take the order")]
pub struct Closed;

/// A telephone. Dropping it hangs up and unregisters, two seconds long at the most.
pub struct Softphone {
    orders: Option<mpsc::Sender<Order>>,
    threads: Vec<thread::JoinHandle<()>>,
    address: SocketAddr,
}

impl Softphone {
    /// Opens the lines; nothing is registered before [`Order::Register`]. `tell` is
    /// called from the telephone's threads and must not wait for anything.
    ///
    /// # Errors
    /// When the registrar's name is not known or the lines cannot be opened.
    pub fn start(
        settings: Settings,
        tell: impl Fn(Event) + Send + Sync + 'static,
    ) -> Result<Self, Fault> {
        let registrar = (settings.registrar.as_str(), settings.port)
            .to_socket_addrs()
            .and_then(|mut it| it.next().ok_or(io::ErrorKind::NotFound.into()))
            .map_err(Fault::NoRegistrar)?;
        let local = match settings.local {
            Some(local) => local,
            None => address_towards(registrar).map_err(Fault::NoAddress)?,
        };
        let tell: Tell = Arc::new(tell);
        let sound = SoundThread::start(settings.sound.clone(), Arc::clone(&tell));
        let (sound, sounding) = sound.map_err(Fault::Thread)?;
        let (orders, receiver) = mpsc::channel(ORDERS_MAX);
        let (opened, opening) = blocking::channel();
        let running = move || {
            let runtime = runtime::Builder::new_current_thread().enable_all().build();
            let runtime = match runtime {
                Ok(runtime) => runtime,
                Err(error) => return drop(opened.send(Err(Fault::Thread(error)))),
            };
            runtime.block_on(async {
                match Shell::open(settings, registrar, local, sound, tell).await {
                    Ok((shell, inbox)) => {
                        // Whoever started it has not gone: they wait for this.
                        let _ = opened.send(Ok(shell.address));
                        shell.run(receiver, inbox).await;
                    }
                    Err(fault) => drop(opened.send(Err(fault))),
                }
            });
        };
        let thread = thread::Builder::new()
            .name("softphone".to_owned())
            .spawn(running)
            .map_err(Fault::Thread)?;
        let address = opening.recv().map_err(|_| Fault::Ended)??;
        Ok(Self {
            orders: Some(orders),
            threads: vec![thread, sounding],
            address,
        })
    }

    /// Gives an order; what comes of it is told.
    ///
    /// # Errors
    /// When it is not taken.
    pub fn order(&self, order: Order) -> Result<(), Closed> {
        let orders = self.orders.as_ref().ok_or(Closed)?;
        orders.try_send(order).map_err(|_| Closed)
    }

    /// Where it is called.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Softphone {
    fn drop(&mut self) {
        self.orders = None;
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("A thread of the telephone has panicked");
            }
        }
    }
}

/// The address of this machine that leads there; nothing is sent.
fn address_towards(registrar: SocketAddr) -> io::Result<IpAddr> {
    let any: IpAddr = match registrar {
        SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    let socket = UdpSocket::bind((any, 0))?;
    socket.connect(registrar)?;
    Ok(socket.local_addr()?.ip())
}
