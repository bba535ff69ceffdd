//! The thread: waits for packets, orders and the clock, and carries out.

use std::{
    collections::BTreeMap,
    io,
    sync::{
        Arc,
        atomic::Ordering,
        mpsc::{Receiver, TryRecvError},
    },
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use mio::{Events, Interest, Poll, Token, Waker, net::UdpSocket};

use crate::{
    bridge::{Bridge, Channel, Command, Input},
    local::{
        Order, StartError, figures::Counters, ports::Sockets, priority::prioritise_this_thread,
        tapes::Tapes,
    },
    plane::{Event, LegId},
    recording::Shelf,
};

const WAKE: Token = Token(0);
const EVENTS: usize = 1_024;
/// Datagrams taken from one socket before others have their turn.
const AT_ONCE: usize = 8;
/// No packet of sound is longer; what is longer is cut, and refused then.
const DATAGRAM: usize = 1_500;
/// From 1900 to 1970.
const NTP_UNIX: u64 = 2_208_988_800;

pub(super) struct MediaThread {
    poll: Poll,
    waker: Arc<Waker>,
    orders: Receiver<Order>,
    bridge: Bridge,
    sockets: BTreeMap<LegId, [UdpSocket; 2]>,
    tokens: BTreeMap<Token, (LegId, Channel)>,
    /// The first of the two tokens of each leg.
    tokens_of: BTreeMap<LegId, usize>,
    next_token: usize,
    /// Sockets that may still hold datagrams.
    unread: Vec<Token>,
    tapes: Option<Tapes>,
    counters: Arc<Counters>,
    tell: Box<dyn FnMut(Event) + Send>,
    ended: bool,
}

impl MediaThread {
    pub(super) fn new(
        orders: Receiver<Order>,
        shelf: Option<Shelf>,
        counters: Arc<Counters>,
        tell: Box<dyn FnMut(Event) + Send>,
    ) -> Result<Self, StartError> {
        let poll = Poll::new().map_err(StartError::Poll)?;
        let waker = Arc::new(Waker::new(poll.registry(), WAKE).map_err(StartError::Poll)?);
        let tapes = shelf
            .map(|shelf| Tapes::start(shelf, Arc::clone(&waker)))
            .transpose()?;
        Ok(Self {
            poll,
            waker,
            orders,
            bridge: Bridge::new(ntp(SystemTime::now()), Instant::now()),
            sockets: BTreeMap::new(),
            tokens: BTreeMap::new(),
            tokens_of: BTreeMap::new(),
            next_token: WAKE.0 + 1,
            unread: Vec::new(),
            tapes,
            counters,
            tell,
            ended: false,
        })
    }

    pub(super) fn waker(&self) -> Arc<Waker> {
        Arc::clone(&self.waker)
    }

    pub(super) fn run(mut self) {
        prioritise_this_thread();
        let mut events = Events::with_capacity(EVENTS);
        while !self.ended {
            let patience = self.rest();
            match self.poll.poll(&mut events, patience) {
                Err(error) if error.kind() != io::ErrorKind::Interrupted => {
                    tracing::error!(%error, "The media plane cannot watch its sockets");
                    return;
                }
                _ => {}
            }
            let mut ready = std::mem::take(&mut self.unread);
            ready.extend(events.iter().map(|event| event.token()));
            for token in ready {
                match self.tokens.get(&token) {
                    Some((leg, channel)) => self.read(token, *leg, *channel),
                    None => self.take_orders(),
                }
            }
            self.keep_time();
        }
        self.finish();
    }

    /// Rests until the next phase and lets packets gather meanwhile: a thread that is
    /// woken by each of them serves half as many calls. Without legs it waits for an order.
    fn rest(&self) -> Option<Duration> {
        if self.unread.is_empty() {
            let due = self.bridge.poll_timeout()?;
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
        }
        Some(Duration::ZERO)
    }

    fn keep_time(&mut self) {
        let now = Instant::now();
        if let Some(due) = self.bridge.poll_timeout().filter(|due| *due <= now) {
            self.counters.lateness.note(now - due);
            self.bridge.handle_timeout(now);
            self.counters
                .skipped
                .store(self.bridge.skipped(), Ordering::Relaxed);
        }
        self.carry_out();
    }

    fn carry_out(&mut self) {
        while let Some(command) = self.bridge.poll_command() {
            match command {
                Command::Send {
                    leg,
                    channel,
                    to,
                    bytes,
                } => {
                    let socket = self.sockets.get(&leg).map(|[rtp, rtcp]| match channel {
                        Channel::Rtp => rtp,
                        Channel::Rtcp => rtcp,
                    });
                    let sent = socket.is_some_and(|socket| socket.send_to(&bytes, to).is_ok());
                    let counter = if sent {
                        &self.counters.sent
                    } else {
                        &self.counters.unsent
                    };
                    counter.fetch_add(1, Ordering::Relaxed);
                }
                Command::Tell(event) => (self.tell)(event),
                Command::Tape { recording, tape } => {
                    if let Some(tapes) = &mut self.tapes {
                        tapes.put(recording, tape);
                    }
                }
            }
        }
        if let Some(tapes) = &mut self.tapes {
            tapes.hand_over();
            while let Some(event) = tapes.told() {
                (self.tell)(event);
            }
        }
    }

    fn read(&mut self, token: Token, leg: LegId, channel: Channel) {
        let mut datagram = [0; DATAGRAM];
        for _ in 0..AT_ONCE {
            let Some([rtp, rtcp]) = self.sockets.get(&leg) else {
                return;
            };
            let socket = match channel {
                Channel::Rtp => rtp,
                Channel::Rtcp => rtcp,
            };
            match socket.recv_from(&mut datagram) {
                Ok((length, from)) => {
                    self.counters.received.fetch_add(1, Ordering::Relaxed);
                    let bytes = datagram.get_mut(..length).unwrap_or_default();
                    let input = Input::Packet {
                        leg,
                        channel,
                        from,
                        bytes,
                    };
                    self.bridge.handle(input, Instant::now());
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                // An answer to something sent earlier; what waits behind it is read next.
                Err(_) => {}
            }
        }
        self.unread.push(token);
    }

    fn take_orders(&mut self) {
        loop {
            match self.orders.try_recv() {
                Ok(Order::Open {
                    leg,
                    sockets,
                    random,
                }) => self.open(leg, sockets, random),
                Ok(Order::Close { leg }) => self.close(leg),
                Ok(Order::Bridge(input)) => self.bridge.handle(input, Instant::now()),
                Err(TryRecvError::Empty) => return,
                Err(TryRecvError::Disconnected) => {
                    self.ended = true;
                    return;
                }
            }
        }
    }

    fn open(&mut self, leg: LegId, sockets: Sockets, random: [u8; 10]) {
        let mut pair = [sockets.rtp, sockets.rtcp];
        self.tokens_of.insert(leg, self.next_token);
        for (socket, channel) in pair.iter_mut().zip([Channel::Rtp, Channel::Rtcp]) {
            let token = Token(self.next_token);
            self.next_token += 1;
            if let Err(error) = self
                .poll
                .registry()
                .register(socket, token, Interest::READABLE)
            {
                tracing::error!(%error, "A leg's socket cannot be watched");
            }
            self.tokens.insert(token, (leg, channel));
        }
        self.sockets.insert(leg, pair);
        self.bridge
            .handle(Input::Open { leg, random }, Instant::now());
    }

    fn close(&mut self, leg: LegId) {
        self.bridge.handle(Input::Close { leg }, Instant::now());
        // Whatever was still to be sent to it.
        self.carry_out();
        self.sockets.remove(&leg);
        // Tokens are never used twice, so that what was ready a moment ago is nobody's.
        if let Some(first) = self.tokens_of.remove(&leg) {
            self.tokens.remove(&Token(first));
            self.tokens.remove(&Token(first + 1));
        }
    }

    /// Nobody orders any more: recordings are finished, whoever forgot to.
    fn finish(mut self) {
        for leg in self.sockets.keys().copied().collect::<Vec<_>>() {
            self.bridge.handle(Input::Close { leg }, Instant::now());
        }
        self.bridge.finish_recordings();
        self.carry_out();
        if let Some(tapes) = self.tapes.take() {
            for event in tapes.finish() {
                (self.tell)(event);
            }
        }
    }
}

/// Seconds since 1900 and 2⁻³² seconds.
fn ntp(now: SystemTime) -> u64 {
    let now = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    let fraction = (u64::from(now.subsec_nanos()) << 32) / 1_000_000_000;
    ((now.as_secs() + NTP_UNIX) << 32) | fraction
}
