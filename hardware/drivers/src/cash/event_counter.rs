//! The buffered events of an acceptor (ccTalk part 3: headers 229 and 159).
//!
//! A device counts its events 1..=255, then 1 again; 0 means it has been reset.
//! It repeats its last five with every answer, so a lost answer loses nothing
//! and a repeated one tells nothing new.

/// Events a device keeps.
pub(super) const KEPT: usize = 5;
/// Counter and five pairs.
pub(super) const ANSWER_LENGTH: usize = 1 + 2 * KEPT;

/// The two result bytes of one event.
pub(super) type Event = [u8; 2];

#[derive(Debug, PartialEq, Eq)]
pub(super) enum News {
    Reset,
    /// Oldest first; `lost` more happened before them.
    Events { events: Vec<Event>, lost: u8 },
}

#[derive(Default)]
pub(super) struct EventCounter {
    last: Option<u8>,
}

impl EventCounter {
    /// What is new since the last answer; nothing at the first, whose events
    /// belong to somebody who was here before.
    pub(super) fn read(&mut self, answer: &[u8; ANSWER_LENGTH]) -> News {
        let count = answer[0];
        let Some(last) = self.last.replace(count) else {
            return News::Events { events: Vec::new(), lost: 0 };
        };
        if count == 0 && last != 0 {
            return News::Reset;
        }
        let happened = distance(last, count);
        let kept = usize::from(happened).min(KEPT);
        let mut events: Vec<Event> =
            answer[1..].chunks_exact(2).take(kept).map(|pair| [pair[0], pair[1]]).collect();
        events.reverse();
        News::Events { events, lost: happened.saturating_sub(KEPT as u8) }
    }
}

fn distance(last: u8, count: u8) -> u8 {
    if count >= last { count - last } else { u8::MAX - last + count }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(count: u8, newest_first: &[Event]) -> [u8; ANSWER_LENGTH] {
        let mut answer = [0; ANSWER_LENGTH];
        answer[0] = count;
        for (place, event) in newest_first.iter().take(KEPT).enumerate() {
            answer[1 + 2 * place..3 + 2 * place].copy_from_slice(event);
        }
        answer
    }

    #[test]
    fn an_answer_said_twice_tells_nothing_new() {
        let mut counter = EventCounter::default();
        counter.read(&answer(0, &[]));

        let once = counter.read(&answer(2, &[[2, 1], [1, 1]]));
        let twice = counter.read(&answer(2, &[[2, 1], [1, 1]]));

        assert_eq!(once, News::Events { events: vec![[1, 1], [2, 1]], lost: 0 });
        assert_eq!(twice, News::Events { events: vec![], lost: 0 });
    }

    #[test]
    fn the_count_goes_from_255_to_1() {
        let mut counter = EventCounter::default();
        counter.read(&answer(254, &[]));

        let news = counter.read(&answer(1, &[[4, 1], [3, 1]]));

        assert_eq!(news, News::Events { events: vec![[3, 1], [4, 1]], lost: 0 });
    }

    #[test]
    fn a_sixth_missed_event_is_known_to_be_lost() {
        let mut counter = EventCounter::default();
        counter.read(&answer(10, &[]));

        let news = counter.read(&answer(16, &[[1, 1]; 5]));

        assert_eq!(news, News::Events { events: vec![[1, 1]; 5], lost: 1 });
    }

    #[test]
    fn what_happened_before_the_first_answer_is_not_ours() {
        let mut counter = EventCounter::default();

        let news = counter.read(&answer(3, &[[4, 1]; 3]));

        assert_eq!(news, News::Events { events: vec![], lost: 0 });
    }

    #[test]
    fn a_reset_is_noticed_and_counting_goes_on_from_zero() {
        let mut counter = EventCounter::default();
        counter.read(&answer(9, &[]));

        assert_eq!(counter.read(&answer(0, &[])), News::Reset);
        assert_eq!(
            counter.read(&answer(1, &[[2, 1]])),
            News::Events { events: vec![[2, 1]], lost: 0 }
        );
    }
}
