//! The bridge: a plain machine that turns packets of legs into packets to legs.
//!
//! Every 20 ms each leg gives a frame of what it says and is sent a frame of what it
//! hears. Legs take turns in ten phases of 2 ms, so that a thousand calls do not send
//! all at once; legs that hear each other have the same phase.

mod inbound;
mod latch;
mod leg;
mod outbound;
mod schedule;
mod tape;
mod terminal;
mod watch;

pub use terminal::Terminal;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    net::SocketAddr,
    time::Instant,
};

use privacy::Personal;

use crate::{
    mixing::mix,
    plane::{Event, LegId, PauseReason, RecordingId, Remote, Repeat, Tracks},
    prompt::Prompt,
};

use leg::Leg;
use schedule::Schedule;
use tape::Taping;

use inbound::Frame;

/// Which of a leg's two ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Rtp,
    Rtcp,
}

/// What is asked of the bridge, and what arrives. Legs and recordings that are not
/// known are not minded: they may have ended a moment ago.
#[derive(Debug)]
pub enum Input<'a> {
    /// `random` begins the outgoing stream.
    Open {
        leg: LegId,
        random: [u8; 10],
    },
    Connect {
        leg: LegId,
        remote: Box<Remote>,
    },
    Hears {
        leg: LegId,
        sources: BTreeSet<LegId>,
    },
    Play {
        leg: LegId,
        prompt: Prompt,
        repeat: Repeat,
    },
    Stop {
        leg: LegId,
    },
    Press {
        leg: LegId,
        digits: Personal<String>,
    },
    Record {
        recording: RecordingId,
        tracks: Tracks,
    },
    Pause {
        recording: RecordingId,
        reason: PauseReason,
    },
    Resume {
        recording: RecordingId,
    },
    Finish {
        recording: RecordingId,
    },
    Close {
        leg: LegId,
    },
    /// A datagram; it is decrypted where it lies.
    Packet {
        leg: LegId,
        channel: Channel,
        from: SocketAddr,
        bytes: &'a mut [u8],
    },
}

/// What the shell is to do.
#[derive(Debug, PartialEq)]
pub enum Command {
    Send {
        leg: LegId,
        channel: Channel,
        to: SocketAddr,
        bytes: Vec<u8>,
    },
    Tell(Event),
    Tape {
        recording: RecordingId,
        tape: Tape,
    },
}

/// What goes into a recording, in order.
#[derive(Debug, PartialEq, Eq)]
pub enum Tape {
    /// Up to half a second of µ-law, left and right by turns.
    Sound(Vec<u8>),
    Paused(PauseReason),
    Resumed,
    Finished,
}

/// All legs of a switch.
pub struct Bridge {
    legs: BTreeMap<LegId, Leg>,
    /// What each leg says now.
    frames: BTreeMap<LegId, Frame>,
    tapings: BTreeMap<RecordingId, Taping>,
    schedule: Schedule,
    commands: VecDeque<Command>,
    /// An NTP time and the moment it was.
    ntp: (u64, Instant),
    /// Keys of one packet, kept to spare an allocation.
    pressed: Vec<char>,
}

impl Bridge {
    /// `ntp` is the wall clock now, in seconds since 1900 and 2⁻³² seconds, for reports.
    pub fn new(ntp: u64, now: Instant) -> Self {
        Self {
            legs: BTreeMap::new(),
            frames: BTreeMap::new(),
            tapings: BTreeMap::new(),
            schedule: Schedule::new(now),
            commands: VecDeque::new(),
            ntp: (ntp, now),
            pressed: Vec::new(),
        }
    }

    /// Takes over what was asked or arrived.
    pub fn handle(&mut self, input: Input<'_>, now: Instant) {
        match input {
            Input::Open { leg, random } => self.open(leg, random, now),
            Input::Close { leg } => self.close(leg),
            Input::Hears { leg, sources } => self.hears(leg, sources),
            Input::Packet {
                leg,
                channel,
                from,
                bytes,
            } => self.receive(leg, channel, from, bytes, now),
            Input::Connect { leg, remote } => self.with(leg, |leg| leg.connect(*remote, now)),
            Input::Play {
                leg,
                prompt,
                repeat,
            } => self.with(leg, |leg| leg.play(prompt, repeat)),
            Input::Stop { leg } => self.with(leg, Leg::stop),
            Input::Press { leg, digits } => self.with(leg, |leg| leg.press(&digits)),
            Input::Record { recording, tracks } => {
                let phase = self.legs.get(&tracks.caller).map_or(0, |leg| leg.phase);
                match self.tapings.get_mut(&recording) {
                    Some(taping) => taping.tracks = tracks,
                    None => drop(self.tapings.insert(recording, Taping::new(tracks, phase))),
                }
            }
            Input::Pause { recording, reason } => {
                self.change_tape(recording, Taping::pause, Tape::Paused(reason));
            }
            Input::Resume { recording } => {
                self.change_tape(recording, Taping::resume, Tape::Resumed);
            }
            Input::Finish { recording } => {
                if let Some(mut taping) = self.tapings.remove(&recording) {
                    self.end_tape(recording, &mut taping);
                }
            }
        }
    }

    /// Lets time pass: every phase that is due takes its turn.
    pub fn handle_timeout(&mut self, now: Instant) {
        if self.is_idle() {
            self.schedule.skip_to(now);
            return;
        }
        while let Some((cycle, phase)) = self.schedule.next_due(now) {
            self.turn(cycle, phase, now);
        }
    }

    pub fn poll_command(&mut self) -> Option<Command> {
        self.commands.pop_front()
    }

    /// Ends whatever is still recorded.
    pub fn finish_recordings(&mut self) {
        for (recording, mut taping) in std::mem::take(&mut self.tapings) {
            self.end_tape(recording, &mut taping);
        }
    }

    /// When the next phase is due; none while there is nobody to serve.
    pub fn poll_timeout(&self) -> Option<Instant> {
        (!self.is_idle()).then(|| self.schedule.due())
    }

    /// 20 ms cycles that were left out because the machine stood still.
    pub fn skipped(&self) -> u64 {
        self.schedule.skipped()
    }

    fn is_idle(&self) -> bool {
        self.legs.is_empty() && self.tapings.is_empty()
    }

    fn with(&mut self, leg: LegId, change: impl FnOnce(&mut Leg)) {
        if let Some(leg) = self.legs.get_mut(&leg) {
            change(leg);
        }
    }

    fn open(&mut self, id: LegId, random: [u8; 10], now: Instant) {
        if self.is_idle() {
            self.schedule.skip_to(now);
        }
        let phase = self.schedule.join(id);
        self.legs
            .insert(id, Leg::new(random, phase, self.schedule.cycle()));
    }

    fn close(&mut self, id: LegId) {
        if let Some(leg) = self.legs.remove(&id) {
            self.schedule.leave(id, leg.phase);
            self.commands.extend(leg.quality(id));
        }
        self.frames.remove(&id);
    }

    fn hears(&mut self, id: LegId, mut sources: BTreeSet<LegId>) {
        sources.remove(&id);
        let phase = sources
            .iter()
            .find_map(|source| Some(self.legs.get(source)?.phase));
        let Some(leg) = self.legs.get_mut(&id) else {
            return;
        };
        if let Some(phase) = phase {
            self.schedule.leave(id, leg.phase);
            self.schedule.join_phase(id, phase);
            leg.phase = phase;
        }
        leg.hears = sources.into_iter().collect();
    }

    fn receive(
        &mut self,
        id: LegId,
        channel: Channel,
        from: SocketAddr,
        bytes: &mut [u8],
        now: Instant,
    ) {
        let Some(leg) = self.legs.get_mut(&id) else {
            return;
        };
        let ntp = ntp_at(self.ntp, now);
        leg.receive(channel, from, bytes, ntp, now, &mut self.pressed);
        for digit in self.pressed.drain(..) {
            let digit = Personal::new(digit);
            self.commands
                .push_back(Command::Tell(Event::Digit { leg: id, digit }));
        }
    }

    /// One phase: first everybody says, then everybody hears.
    fn turn(&mut self, cycle: u64, phase: usize, now: Instant) {
        let members = std::mem::take(self.schedule.members(phase));
        for id in &members {
            if let Some(leg) = self.legs.get_mut(id) {
                self.frames.insert(*id, leg.say(now));
            }
        }
        let ntp = ntp_at(self.ntp, now);
        for id in &members {
            let Some(leg) = self.legs.get_mut(id) else {
                continue;
            };
            // Once a cycle, also for who has just changed phases; what the machine slept
            // through is left out.
            leg.rest_until(cycle.saturating_sub(1));
            while leg.cycle <= cycle {
                leg.hear(*id, &self.frames, &mut self.commands);
            }
            leg.look_after(*id, ntp, now, &mut self.commands);
        }
        *self.schedule.members(phase) = members;
        for (recording, taping) in &mut self.tapings {
            if taping.phase == phase {
                let said = |leg: &LegId| self.frames.get(leg).map(|frame| &frame.pcm);
                let left = mix(said(&taping.tracks.caller).into_iter());
                let right = mix(taping.tracks.heard.iter().filter_map(said));
                if let Some(sound) = taping.record(&left, &right) {
                    self.commands.push_back(Command::Tape {
                        recording: *recording,
                        tape: Tape::Sound(sound),
                    });
                }
            }
        }
    }

    /// Says that a recording changes, behind what was recorded until then.
    fn change_tape(
        &mut self,
        recording: RecordingId,
        change: impl FnOnce(&mut Taping) -> bool,
        tape: Tape,
    ) {
        let Some(taping) = self.tapings.get_mut(&recording) else {
            return;
        };
        if change(taping) {
            let sound = Tape::Sound(taping.take());
            let tapes = [sound, tape].map(|tape| Command::Tape { recording, tape });
            self.commands.extend(tapes);
        }
    }

    fn end_tape(&mut self, recording: RecordingId, taping: &mut Taping) {
        let tapes = [Tape::Sound(taping.take()), Tape::Finished];
        self.commands
            .extend(tapes.map(|tape| Command::Tape { recording, tape }));
    }
}

fn ntp_at((ntp, then): (u64, Instant), now: Instant) -> u64 {
    let passed = now.saturating_duration_since(then);
    let fraction = (u64::from(passed.subsec_nanos()) << 32) / 1_000_000_000;
    ntp.wrapping_add(passed.as_secs() << 32)
        .wrapping_add(fraction)
}

#[cfg(test)]
#[path = "bridge/tests.rs"]
mod tests;
