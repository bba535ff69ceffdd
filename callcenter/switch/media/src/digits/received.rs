//! One event for one press, however many packets tell of it.

use std::collections::VecDeque;

use crate::digits::{EventPayload, digit_of};

/// Presses that are remembered, against packets that come late.
const REMEMBERED: usize = 16;
/// Half a second at 48 kHz: how far a wrong sender may move a press's timestamp.
const WRONG_STEP_MAX: u32 = 24_000;

/// Follows one source's events. A press is known by its timestamp, which all its
/// packets share; it is told when the first of them comes, whichever that is.
#[derive(Clone, Debug, Default)]
pub struct PressTracker {
    /// Timestamps of presses, newest last.
    presses: VecDeque<u32>,
    last: Option<Last>,
}

#[derive(Clone, Debug)]
struct Last {
    ssrc: u32,
    timestamp: u32,
    event: EventPayload,
}

impl PressTracker {
    /// Takes a packet's events over and adds the keys that were newly pressed, in
    /// order. `marker` is the packet's: it begins a press.
    pub fn handle(
        &mut self,
        ssrc: u32,
        timestamp: u32,
        marker: bool,
        events: impl Iterator<Item = EventPayload>,
        pressed: &mut Vec<char>,
    ) {
        if self.last.as_ref().is_some_and(|last| last.ssrc != ssrc) {
            *self = Self::default();
        }
        let mut begins = timestamp;
        let mut marker = marker;
        for event in events {
            if self.is_new(begins, marker, event)
                && let Some(digit) = digit_of(event.code)
            {
                pressed.push(digit);
            }
            self.note(ssrc, begins, event);
            begins = begins.wrapping_add(u32::from(event.duration));
            marker = false;
        }
    }

    fn is_new(&self, timestamp: u32, marker: bool, event: EventPayload) -> bool {
        if self.presses.contains(&timestamp) {
            return false;
        }
        let Some(last) = &self.last else {
            return true;
        };
        let ahead = timestamp.wrapping_sub(last.timestamp);
        // A press that is older than another one that was told can no longer be told in order.
        if ahead > u32::MAX / 2 {
            return false;
        }
        let same_key = event.code == last.event.code && !last.event.ended && !marker;
        // A key held for long is told in segments (§2.5.1.3), and the next begins where the last one is full.
        let next_segment = ahead == u32::from(u16::MAX);
        // Some senders move the timestamp with each packet; the duration still grows then.
        let wrong_sender = ahead <= WRONG_STEP_MAX && event.duration > last.event.duration;
        !(same_key && (next_segment || wrong_sender))
    }

    fn note(&mut self, ssrc: u32, timestamp: u32, event: EventPayload) {
        if !self.presses.contains(&timestamp) {
            self.presses.push_back(timestamp);
            if self.presses.len() > REMEMBERED {
                self.presses.pop_front();
            }
        }
        let newer = self.last.as_ref().is_none_or(|last| {
            let ahead = timestamp.wrapping_sub(last.timestamp);
            let same = ahead == 0 && event.duration >= last.event.duration;
            same || (1..=u32::MAX / 2).contains(&ahead)
        });
        if newer {
            let ended = |last: &Last| last.timestamp == timestamp && last.event.ended;
            let ended = event.ended || self.last.as_ref().is_some_and(ended);
            let event = EventPayload { ended, ..event };
            self.last = Some(Last {
                ssrc,
                timestamp,
                event,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;
    use crate::digits::{DigitSender, digit_code};

    /// Source, timestamp, marker, event.
    type Told = (u32, u32, bool, EventPayload);

    fn event(digit: char, ended: bool, duration: u16) -> EventPayload {
        EventPayload {
            code: digit_code(digit).unwrap(),
            ended,
            volume: 10,
            duration,
        }
    }

    fn pressed(told: &[Told]) -> String {
        let mut tracker = PressTracker::default();
        let mut pressed = Vec::new();
        for (ssrc, timestamp, marker, event) in told {
            tracker.handle(
                *ssrc,
                *timestamp,
                *marker,
                std::iter::once(*event),
                &mut pressed,
            );
        }
        pressed.into_iter().collect()
    }

    /// What a right sender sends for these keys, from `timestamp` on.
    fn right_sender(digits: &str, timestamp: u32) -> Vec<Told> {
        let mut sender = DigitSender::default();
        sender.press(digits).unwrap();
        let mut told = Vec::new();
        for tick in 0..600u32 {
            if let Some(packet) = sender.next(timestamp.wrapping_add(tick * 160), 160) {
                told.push((1, packet.timestamp, packet.marker, packet.event));
            }
        }
        told
    }

    #[test]
    fn every_key_pressed_is_told_once() {
        assert_eq!(
            pressed(&right_sender("0123456789*#ABCD", 0)),
            "0123456789*#ABCD"
        );
        assert_eq!(pressed(&right_sender("1111", u32::MAX - 500)), "1111");
    }

    #[test]
    fn a_press_of_which_only_one_end_packet_came_is_told() {
        let told: Vec<_> = right_sender("42", 0).into_iter().collect();
        let last = |code| *told.iter().rfind(|it| it.3.code == code).unwrap();

        assert_eq!(pressed(&[last(4), last(2)]), "42");
    }

    #[test]
    fn an_end_that_comes_after_the_next_press_is_not_another_one() {
        let told = [
            (1, 0, true, event('5', false, 160)),
            (1, 2_000, true, event('5', false, 160)),
            (1, 0, false, event('5', true, 800)),
        ];

        assert_eq!(pressed(&told), "55");
    }

    #[test]
    fn a_key_held_for_half_a_minute_is_one_press() {
        let mut told = vec![(1, 0, true, event('9', false, 160))];
        for segment in 0..4u32 {
            for duration in [8_000, 40_000, u16::MAX] {
                told.push((1, segment * 65_535, false, event('9', false, duration)));
            }
        }
        told.push((1, 4 * 65_535, false, event('9', true, 400)));

        assert_eq!(pressed(&told), "9");
    }

    #[test]
    fn a_sender_that_moves_the_timestamp_on_still_presses_once() {
        let told: Vec<_> = (0..6u32)
            .map(|it| {
                (
                    1,
                    it * 160,
                    it == 0,
                    event('3', it == 5, 160 * (it as u16 + 1)),
                )
            })
            .collect();

        assert_eq!(pressed(&told), "3");
    }

    #[test]
    fn several_events_in_one_packet_are_several_presses() {
        let mut tracker = PressTracker::default();
        let mut keys = Vec::new();
        let both = [event('1', true, 400), event('2', false, 160)];
        tracker.handle(1, 1_000, true, both.into_iter(), &mut keys);
        tracker.handle(
            1,
            1_400,
            false,
            [event('2', true, 320)].into_iter(),
            &mut keys,
        );

        assert_eq!(keys, ['1', '2']);
    }

    #[test]
    fn another_source_begins_anew_and_signals_that_are_no_keys_are_not_told() {
        let flash = EventPayload {
            code: 16,
            ended: false,
            volume: 0,
            duration: 160,
        };

        assert_eq!(
            pressed(&[
                (1, 0, true, event('5', false, 160)),
                (2, 0, true, event('5', false, 160))
            ]),
            "55"
        );
        assert_eq!(
            pressed(&[(1, 0, true, flash), (1, 900, true, event('A', false, 160))]),
            "A"
        );
    }

    proptest! {
        #[test]
        fn lost_doubled_and_slightly_overtaken_packets_change_nothing(
            digits in "[0-9*#]{1,12}",
            fate in proptest::collection::vec((0u8..10, 0usize..2), 200),
        ) {
            let told = right_sender(&digits, 0xffff_f000);
            let mut arrived: Vec<(usize, Told)> = Vec::new();
            for (index, (packet, (luck, late))) in told.iter().zip(&fate).enumerate() {
                // The first of each press always comes, a third of the rest does not, some come twice.
                if packet.2 || *luck > 2 {
                    arrived.push((index * 2 + late * 3, *packet));
                }
                if *luck == 9 {
                    arrived.push((index * 2 + 5, *packet));
                }
            }
            arrived.sort_by_key(|it| it.0);
            let arrived: Vec<Told> = arrived.into_iter().map(|it| it.1).collect();
            prop_assert_eq!(pressed(&arrived), digits);
        }
    }
}
