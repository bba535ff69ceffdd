//! The bridge and the far end of each leg, in virtual time.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    time::{Duration, Instant},
};

use crate::{
    bridge::{Bridge, Channel, Command, Input, Tape},
    codec::{Codec, FRAME, Pcm, g711},
    mixing::{Hearing, tone_share},
    plane::{Direction, Event, LegId, Remote, SourceRule},
    rtp::{Header, Packet},
};

pub(crate) const CALLER: LegId = LegId(1);
pub(crate) const AGENT: LegId = LegId(2);
pub(crate) const SUPERVISOR: LegId = LegId(3);
pub(crate) const DIGITS: u8 = 101;

/// The bridge, and the far end of each leg: says a tone and keeps what comes.
pub(crate) struct World {
    pub(crate) bridge: Bridge,
    pub(crate) start: Instant,
    /// In steps of 1 ms.
    pub(crate) now: Duration,
    pub(crate) ends: BTreeMap<LegId, End>,
    pub(crate) events: Vec<Event>,
    pub(crate) tapes: Vec<Tape>,
}

pub(crate) struct End {
    pub(crate) hertz: Option<f64>,
    pub(crate) sent: u32,
    pub(crate) received: Vec<(Header, Vec<u8>)>,
    pub(crate) heard: Vec<i16>,
}

pub(crate) fn address(leg: LegId) -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 40_000 + 2 * leg.0 as u16))
}

pub(crate) fn remote(leg: LegId) -> Remote {
    Remote {
        address: address(leg),
        codec: Codec::Pcmu,
        payload_type: 0,
        digits: Some(DIGITS),
        srtp: None,
        direction: Direction::SendReceive,
        source: SourceRule::SignaledHost,
    }
}

pub(crate) fn tone(hertz: f64, from: u32) -> Pcm {
    std::array::from_fn(|index| {
        let time = f64::from(from * FRAME as u32 + index as u32) / 8_000.0;
        ((time * hertz * std::f64::consts::TAU).sin() * 8_000.0) as i16
    })
}

impl World {
    pub(crate) fn new() -> Self {
        let start = Instant::now();
        Self {
            bridge: Bridge::new(0, start),
            start,
            now: Duration::ZERO,
            ends: BTreeMap::new(),
            events: Vec::new(),
            tapes: Vec::new(),
        }
    }

    pub(crate) fn with_legs(legs: &[(LegId, f64)]) -> Self {
        let mut world = Self::new();
        for (leg, hertz) in legs {
            world.open(*leg, Some(*hertz), remote(*leg));
        }
        world
    }

    pub(crate) fn open(&mut self, leg: LegId, hertz: Option<f64>, remote: Remote) {
        self.input(Input::Open {
            leg,
            random: [leg.0 as u8; 10],
        });
        self.input(Input::Connect {
            leg,
            remote: Box::new(remote),
        });
        self.ends.insert(
            leg,
            End {
                hertz,
                sent: 0,
                received: Vec::new(),
                heard: Vec::new(),
            },
        );
    }

    pub(crate) fn input(&mut self, input: Input<'_>) {
        self.bridge.handle(input, self.start + self.now);
    }

    pub(crate) fn matrix(&mut self, hearing: &Hearing<LegId>) {
        for (leg, sources) in hearing.rows() {
            self.input(Input::Hears {
                leg,
                sources: sources.clone(),
            });
        }
    }

    pub(crate) fn packet(&mut self, leg: LegId, from: SocketAddr, header: Header, payload: &[u8]) {
        let mut bytes = Vec::new();
        header.write(&mut bytes);
        bytes.extend(payload);
        self.input(Input::Packet {
            leg,
            channel: Channel::Rtp,
            from,
            bytes: &mut bytes,
        });
    }

    pub(crate) fn speak(&mut self, leg: LegId, from: SocketAddr) {
        let Some(end) = self.ends.get_mut(&leg) else {
            return;
        };
        let Some(hertz) = end.hertz else { return };
        let sent = end.sent;
        end.sent += 1;
        let header = Header {
            marker: sent == 0,
            payload_type: 0,
            sequence: sent as u16,
            timestamp: sent * 160,
            ssrc: leg.0 as u32,
        };
        self.packet(leg, from, header, &tone(hertz, sent).map(g711::to_mu_law));
    }

    pub(crate) fn run(&mut self, milliseconds: u64) {
        for _ in 0..milliseconds {
            self.now += Duration::from_millis(1);
            for leg in self.ends.keys().copied().collect::<Vec<_>>() {
                // Every end has a clock of its own.
                if self.now.as_millis() as u64 % 20 == leg.0 * 3 % 20 {
                    self.speak(leg, address(leg));
                }
            }
            self.bridge.handle_timeout(self.start + self.now);
            self.carry_out();
        }
    }

    pub(crate) fn carry_out(&mut self) {
        while let Some(command) = self.bridge.poll_command() {
            match command {
                Command::Send {
                    leg,
                    channel: Channel::Rtp,
                    bytes,
                    ..
                } => {
                    let Some(end) = self.ends.get_mut(&leg) else {
                        continue;
                    };
                    let packet = Packet::parse(&bytes).unwrap();
                    end.received.push((packet.header, packet.payload.to_vec()));
                    if packet.header.payload_type == 0 {
                        end.heard.extend(
                            packet
                                .payload
                                .iter()
                                .map(|octet| g711::FROM_MU_LAW[usize::from(*octet)]),
                        );
                    }
                }
                Command::Send {
                    channel: Channel::Rtcp,
                    ..
                } => {}
                Command::Tell(event) => self.events.push(event),
                Command::Tape { tape, .. } => self.tapes.push(tape),
            }
        }
    }

    /// Which of these tones is heard in the last half second.
    pub(crate) fn hears(&self, leg: LegId) -> Vec<f64> {
        let heard = &self.ends[&leg].heard;
        let heard = &heard[heard.len().saturating_sub(4_000)..];
        [700.0, 1_100.0, 1_500.0]
            .into_iter()
            .filter(|hertz| tone_share(heard, *hertz) > 0.2)
            .collect()
    }
}
