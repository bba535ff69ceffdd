//! The end of a call where a person listens and speaks.
//!
//! The same leg as a switch's, with a microphone in the place of the others: what a
//! telephone needs of RTP, SRTP, reports, digits and jitter is what a switch needs.

use std::{
    collections::{BTreeMap, VecDeque},
    net::SocketAddr,
    time::Instant,
};

use privacy::Personal;

use super::{Channel, Command, Frame, Leg, ntp_at};
use crate::{
    codec::Pcm,
    digits::{DigitSender, NotADigit},
    plane::{Event, LegId, Remote},
};

/// Who speaks into the leg.
const MICROPHONE: LegId = LegId(0);

/// One call of a telephone; the next takes another.
pub struct Terminal {
    id: LegId,
    leg: Leg,
    said: BTreeMap<LegId, Frame>,
    commands: VecDeque<Command>,
    /// An NTP time and the moment it was.
    ntp: (u64, Instant),
    pressed: Vec<char>,
}

impl Terminal {
    /// `leg` (never 0) is what commands name it by; `random` begins the outgoing
    /// stream, and `ntp` is the wall clock now, in seconds since 1900 and 2⁻³² seconds.
    pub fn new(leg: LegId, random: [u8; 10], ntp: u64, now: Instant) -> Self {
        let mut end = Leg::new(random, 0, 0);
        end.hears = vec![MICROPHONE];
        Self {
            id: leg,
            leg: end,
            said: BTreeMap::new(),
            commands: VecDeque::new(),
            ntp: (ntp, now),
            pressed: Vec::new(),
        }
    }

    /// Takes over what offer and answer agreed on, at first and at every re-offer.
    pub fn connect(&mut self, remote: Remote, now: Instant) {
        self.leg.connect(remote, now);
    }

    /// Presses keys towards the other end, after those that still wait.
    ///
    /// # Errors
    /// When something is no key, or there are too many; then none is pressed.
    pub fn press(&mut self, digits: &Personal<String>) -> Result<(), NotADigit> {
        DigitSender::check(digits)?;
        self.leg.press(digits);
        Ok(())
    }

    /// Takes a datagram, which is decrypted where it lies.
    pub fn receive(&mut self, channel: Channel, from: SocketAddr, bytes: &mut [u8], now: Instant) {
        let ntp = ntp_at(self.ntp, now);
        let pressed = &mut self.pressed;
        self.leg.receive(channel, from, bytes, ntp, now, pressed);
        for digit in self.pressed.drain(..) {
            let digit = Personal::new(digit);
            let told = Event::Digit {
                leg: self.id,
                digit,
            };
            self.commands.push_back(Command::Tell(told));
        }
    }

    /// 20 ms pass: takes what was said here, and answers what is to be heard.
    pub fn exchange(&mut self, said: &Pcm, now: Instant) -> Pcm {
        let heard = self.leg.say(now);
        self.said.insert(MICROPHONE, Frame::spoken(*said));
        self.leg.hear(self.id, &self.said, &mut self.commands);
        let ntp = ntp_at(self.ntp, now);
        self.leg.look_after(self.id, ntp, now, &mut self.commands);
        heard.pcm
    }

    /// Packets to send, and events to tell.
    pub fn poll_command(&mut self) -> Option<Command> {
        self.commands.pop_front()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::time::Duration;

    use super::*;
    use crate::{
        codec::{Codec, FRAME},
        mixing::{Level, tone_share},
        plane::{Direction, SourceRule},
        srtp::{MasterKey, SrtpKeys, Suite},
    };

    const HERE: &str = "10.0.0.1:4000";
    const THERE: &str = "10.0.0.2:4000";

    struct Line {
        ends: [Terminal; 2],
        now: Instant,
        said: u32,
    }

    impl Line {
        fn of(codec: Codec, direction: Direction, encrypted: bool) -> Self {
            let now = Instant::now();
            let keys = |outbound: u8, inbound: u8| SrtpKeys {
                suite: Suite::HmacSha1_80,
                outbound: MasterKey::from_slice(&[outbound; 30]).unwrap(),
                inbound: MasterKey::from_slice(&[inbound; 30]).unwrap(),
            };
            let end = |id, remote: &str, direction, srtp| {
                let mut end = Terminal::new(LegId(id), [id as u8; 10], 0, now);
                let remote = Remote {
                    address: remote.parse().unwrap(),
                    codec,
                    payload_type: 8,
                    digits: Some(101),
                    srtp,
                    direction,
                    source: SourceRule::SignaledHost,
                };
                end.connect(remote, now);
                end
            };
            let [one, other] = [keys(1, 2), keys(2, 1)].map(|keys| encrypted.then_some(keys));
            Self {
                ends: [
                    end(1, THERE, direction, one),
                    end(2, HERE, Direction::SendReceive, other),
                ],
                now,
                said: 0,
            }
        }

        fn tone(&self, hertz: f64) -> Pcm {
            let turn = std::f64::consts::TAU * hertz / 8_000.0;
            std::array::from_fn(|place| {
                let place = f64::from(self.said) + place as f64;
                ((turn * place).sin() * 8_000.0) as i16
            })
        }

        /// A second; answers what both heard, and what keys they saw pressed.
        fn talks(&mut self) -> ([Vec<i16>; 2], String) {
            let (mut heard, mut keys) = ([Vec::new(), Vec::new()], String::new());
            for _ in 0..50 {
                let said = [self.tone(700.0), self.tone(1_100.0)];
                self.said += FRAME as u32;
                for (end, (said, heard)) in self.ends.iter_mut().zip(said.iter().zip(&mut heard)) {
                    heard.extend(end.exchange(said, self.now));
                }
                let [one, other] = &mut self.ends;
                carry(one, other, HERE, self.now, &mut keys);
                carry(other, one, THERE, self.now, &mut keys);
                self.now += Duration::from_millis(20);
            }
            (heard, keys)
        }
    }

    fn carry(
        from: &mut Terminal,
        to: &mut Terminal,
        source: &str,
        now: Instant,
        keys: &mut String,
    ) {
        while let Some(command) = from.poll_command() {
            match command {
                Command::Send {
                    channel, mut bytes, ..
                } => to.receive(channel, source.parse().unwrap(), &mut bytes, now),
                Command::Tell(Event::Digit { digit, .. }) => keys.push(*digit.reveal()),
                Command::Tell(_) | Command::Tape { .. } => {}
            }
        }
    }

    #[test]
    fn two_ends_hear_each_other_and_nothing_else() {
        for (codec, encrypted) in [
            (Codec::Pcma, false),
            (Codec::Pcma, true),
            (Codec::Opus, true),
        ] {
            let mut line = Line::of(codec, Direction::SendReceive, encrypted);

            let _ = line.talks();
            let ([one, other], _) = line.talks();

            assert!(tone_share(&one, 1_100.0) > 0.95, "{codec:?}");
            assert!(tone_share(&other, 700.0) > 0.95, "{codec:?}");
            assert!(tone_share(&other, 1_100.0) < 0.001, "{codec:?}");
        }
    }

    #[test]
    fn keys_pressed_here_arrive_there_once_each() {
        let mut line = Line::of(Codec::Pcmu, Direction::SendReceive, true);
        let _ = line.talks();

        line.ends[0]
            .press(&Personal::new("12#".to_owned()))
            .unwrap();
        let (_, keys) = line.talks();

        assert_eq!(keys, "12#");
        let wrong = line.ends[0].press(&Personal::new("1x".to_owned()));
        assert_eq!(wrong, Err(NotADigit::Unknown));
    }

    #[test]
    fn who_only_sends_hears_nothing() {
        let mut line = Line::of(Codec::Pcmu, Direction::SendOnly, false);

        let ([one, other], _) = line.talks();

        assert!(Level::of(&one).is_silent());
        assert!(tone_share(&other[1_600..], 700.0) > 0.95);
    }
}
