//! Keys pressed for somebody: the packets of each, at the right times.

use std::collections::VecDeque;

use privacy::Personal;

use crate::digits::{EventPayload, digit_code};

/// Packets while a key is down: 100 ms.
const DOWN: u16 = 5;
/// The last packet is sent three times in all (RFC 4733 §2.5.1.4).
const ENDS: u16 = 3;
/// Packets' durations of rest after the last of them.
const REST: u16 = 3;
const VOLUME: u8 = 10;
/// Keys that wait at the most.
pub(crate) const KEYS_MAX: usize = 64;

/// A packet of a digit for the stream to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DigitPacket {
    /// When the key went down: the same for all packets of one press.
    pub timestamp: u32,
    pub marker: bool,
    pub event: EventPayload,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotADigit {
    #[error("what is to be sent is not a telephone's key")]
    Unknown,
    #[error("more keys wait to be sent than may")]
    TooMany,
}

/// Sends one key after the other; while one is sent there is no other sound.
#[derive(Clone, Debug, Default)]
pub struct DigitSender {
    waiting: VecDeque<Personal<u8>>,
    down: Option<Down>,
    rest: u16,
}

#[derive(Clone, Debug)]
struct Down {
    code: Personal<u8>,
    since: u32,
    packets: u16,
}

impl DigitSender {
    /// Whether these could be pressed, were none waiting.
    ///
    /// # Errors
    /// When one is no key, or they are too many.
    pub fn check(digits: &Personal<String>) -> Result<(), NotADigit> {
        Self::default().press(digits.reveal())
    }

    /// # Errors
    /// When one is no key, or too many wait; then none of them is sent.
    pub fn press(&mut self, digits: &str) -> Result<(), NotADigit> {
        let codes: Option<Vec<u8>> = digits.chars().map(digit_code).collect();
        let codes = codes.ok_or(NotADigit::Unknown)?;
        if self.waiting.len() + codes.len() > KEYS_MAX {
            return Err(NotADigit::TooMany);
        }
        self.waiting.extend(codes.into_iter().map(Personal::new));
        Ok(())
    }

    /// Called once for each packet's duration, with the stream's timestamp and step.
    pub fn next(&mut self, now: u32, step: u32) -> Option<DigitPacket> {
        if self.rest > 0 {
            self.rest -= 1;
            return None;
        }
        let mut down = match self.down.take() {
            Some(down) => down,
            None => Down {
                code: self.waiting.pop_front()?,
                since: now,
                packets: 0,
            },
        };
        down.packets += 1;
        let ended = down.packets > DOWN;
        let duration = u32::from(down.packets.min(DOWN + 1)) * step;
        let packet = DigitPacket {
            timestamp: down.since,
            marker: down.packets == 1,
            event: EventPayload {
                code: *down.code.reveal(),
                ended,
                volume: VOLUME,
                duration: u16::try_from(duration).unwrap_or(u16::MAX),
            },
        };
        if down.packets == DOWN + ENDS {
            self.rest = REST;
        } else {
            self.down = Some(down);
        }
        Some(packet)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_press_keeps_its_timestamp_grows_and_ends_three_times() {
        let mut sender = DigitSender::default();
        sender.press("7").unwrap();

        let packets: Vec<_> = (0..20u32)
            .map_while(|tick| sender.next(1_000 + tick * 160, 160))
            .collect();

        assert!(packets.iter().all(|packet| packet.timestamp == 1_000));
        let durations: Vec<_> = packets.iter().map(|packet| packet.event.duration).collect();
        assert_eq!(durations, [160, 320, 480, 640, 800, 960, 960, 960]);
        let ended: Vec<_> = packets.iter().map(|packet| packet.event.ended).collect();
        assert_eq!(ended, [false, false, false, false, false, true, true, true]);
        let marked: Vec<_> = packets.iter().map(|packet| packet.marker).collect();
        assert_eq!(
            marked,
            [true, false, false, false, false, false, false, false]
        );
    }

    #[test]
    fn what_is_no_key_is_refused_as_a_whole_and_nothing_waits_without_end() {
        let mut sender = DigitSender::default();

        assert_eq!(sender.press("12x"), Err(NotADigit::Unknown));
        assert_eq!(sender.next(0, 160), None);
        assert_eq!(sender.press(&"1".repeat(65)), Err(NotADigit::TooMany));
        assert!(!format!("{sender:?}").contains('1'));
    }
}
