//! The least there can be: a thread that sends on what comes, and looks at nothing.

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use mio::{Events, Interest, Poll, Token, net::UdpSocket};

use crate::telephones::{FAR_END, go_first, port_of};

/// As often as the media plane looks, so that what it does besides is what differs.
const LOOKS_EVERY: Duration = Duration::from_millis(2);

pub(crate) struct Relay {
    ended: Arc<AtomicBool>,
    relayed: Arc<AtomicU64>,
    thread: JoinHandle<io::Result<()>>,
}

impl Relay {
    /// Each two legs are sent each other's packets.
    pub(crate) fn start(calls: u16) -> io::Result<Self> {
        let poll = Poll::new()?;
        let mut sockets = Vec::new();
        for leg in 0..2 * calls {
            let mut socket = UdpSocket::bind(port_of(leg))?;
            let token = Token(usize::from(leg));
            poll.registry()
                .register(&mut socket, token, Interest::READABLE)?;
            sockets.push(socket);
        }
        let (ended, relayed) = (Arc::<AtomicBool>::default(), Arc::<AtomicU64>::default());
        let thread = {
            let (ended, relayed) = (Arc::clone(&ended), Arc::clone(&relayed));
            thread::spawn(move || relay(poll, &sockets, &ended, &relayed))
        };
        Ok(Self {
            ended,
            relayed,
            thread,
        })
    }

    pub(crate) fn relayed(&self) -> u64 {
        self.relayed.load(Ordering::Relaxed)
    }

    pub(crate) fn stop(self) -> io::Result<()> {
        self.ended.store(true, Ordering::Relaxed);
        let ended = self.thread.join();
        ended.map_err(|_| io::Error::other("the relay panicked"))?
    }
}

fn relay(
    mut poll: Poll,
    sockets: &[UdpSocket],
    ended: &AtomicBool,
    relayed: &AtomicU64,
) -> io::Result<()> {
    go_first();
    let mut events = Events::with_capacity(1_024);
    let mut bytes = [0; 1_500];
    let to = SocketAddr::from(FAR_END);
    while !ended.load(Ordering::Relaxed) {
        thread::sleep(LOOKS_EVERY);
        poll.poll(&mut events, Some(Duration::ZERO))?;
        for event in &events {
            let leg = event.token().0;
            // The other leg of the same call.
            let (Some(here), Some(there)) = (sockets.get(leg), sockets.get(leg ^ 1)) else {
                continue;
            };
            while let Ok(length) = here.recv(&mut bytes) {
                let packet = bytes.get(..length).unwrap_or_default();
                let sent = there.send_to(packet, to).is_ok();
                relayed.fetch_add(u64::from(sent), Ordering::Relaxed);
            }
        }
    }
    Ok(())
}
