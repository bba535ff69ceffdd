//! The buffered events of an acceptor (ccTalk part 3: headers 229 and 159).
//!
//! A device counts its events 1..=255, then 1 again; 0 means it has been reset.
//! It repeats its last five with every answer, so a lost answer loses nothing
//! and a repeated one tells nothing new.

/// Events a device keeps.
pub(super) const KEPT: usize = 5;
/// Counter and five pairs.
pub(super) const ANSWER_LENGTH: usize = 1 + 2 * KEPT;
/// Between two polls a device cannot have so many events: it counts anew.
const RESET_DISTANCE: u8 = 100;

/// The two result bytes of one event.
pub(super) type Event = [u8; 2];

#[derive(Debug, PartialEq, Eq)]
pub(super) enum News {
    /// The first answer; its events belong to somebody who was here before.
    First { newest: Option<Event> },
    /// The device has been reset; these happened since, oldest first. What
    /// happened before it and was not yet read is lost.
    Reset { events: Vec<Event> },
    /// Oldest first; `lost` more happened before them.
    Events { events: Vec<Event>, lost: u8 },
    /// The first answer after a crash of the station: what happened since it last
    /// wrote something down, as above. `previous` is the event it wrote down then.
    Resumed {
        previous: Option<Event>,
        events: Vec<Event>,
        lost: u8,
    },
}

#[derive(Default)]
pub(super) struct EventCounter {
    last: Option<u8>,
    /// `last` was counted by the station before its crash.
    resuming: bool,
}

impl EventCounter {
    /// Goes on after the event that was the `seen`th.
    pub(super) fn resume(seen: u8) -> Self {
        Self {
            last: Some(seen),
            resuming: true,
        }
    }

    /// The device's count as it was last read.
    pub(super) fn count(&self) -> Option<u8> {
        self.last.filter(|_| !self.resuming)
    }

    /// The device is known to have been reset: it counts from nought.
    pub(super) fn restart(&mut self) {
        self.last = self.last.map(|_| 0);
    }

    /// What is new since the last answer.
    pub(super) fn read(&mut self, answer: &[u8; ANSWER_LENGTH]) -> News {
        let count = answer[0];
        let Some(last) = self.last.replace(count) else {
            return News::First {
                newest: newest(answer, usize::from(count).min(1)).pop(),
            };
        };
        let resuming = std::mem::take(&mut self.resuming);
        let happened = distance(last, count);
        if last != 0 && (count == 0 || happened > RESET_DISTANCE) {
            let events = newest(answer, usize::from(count).min(KEPT));
            return News::Reset { events };
        }
        let events = newest(answer, usize::from(happened).min(KEPT));
        let kept = u8::try_from(events.len()).expect("five at most");
        let lost = happened - kept;
        if resuming {
            let places = usize::from(happened) + 1;
            let previous = newest(answer, places).into_iter().next();
            let previous = previous.filter(|_| last != 0 && places <= KEPT);
            return News::Resumed {
                previous,
                events,
                lost,
            };
        }
        News::Events { events, lost }
    }
}

/// The count `events` before `count`; it goes from 1 to 255.
pub(super) fn before(count: u8, events: usize) -> u8 {
    (0..events).fold(count, |count, _| match count {
        0 | 1 => u8::MAX,
        count => count - 1,
    })
}

/// The newest events of an answer, oldest first.
fn newest(answer: &[u8; ANSWER_LENGTH], count: usize) -> Vec<Event> {
    let pairs = answer[1..].chunks_exact(2).take(count);
    let mut events: Vec<Event> = pairs.map(|pair| [pair[0], pair[1]]).collect();
    events.reverse();
    events
}

fn distance(last: u8, count: u8) -> u8 {
    if count >= last {
        count - last
    } else {
        u8::MAX - last + count
    }
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

    fn events(events: &[Event]) -> News {
        News::Events {
            events: events.to_vec(),
            lost: 0,
        }
    }

    #[test]
    fn an_answer_said_twice_tells_nothing_new() {
        let mut counter = EventCounter::default();
        counter.read(&answer(0, &[]));

        let once = counter.read(&answer(2, &[[2, 1], [1, 1]]));
        let twice = counter.read(&answer(2, &[[2, 1], [1, 1]]));

        assert_eq!(once, events(&[[1, 1], [2, 1]]));
        assert_eq!(twice, events(&[]));
    }

    #[test]
    fn the_count_goes_from_255_to_1() {
        let mut counter = EventCounter::default();
        counter.read(&answer(254, &[]));

        let news = counter.read(&answer(1, &[[4, 1], [3, 1]]));

        assert_eq!(news, events(&[[3, 1], [4, 1]]));
    }

    #[test]
    fn a_sixth_missed_event_is_known_to_be_lost() {
        let mut counter = EventCounter::default();
        counter.read(&answer(10, &[]));

        let news = counter.read(&answer(16, &[[1, 1]; 5]));

        assert_eq!(
            news,
            News::Events {
                events: vec![[1, 1]; 5],
                lost: 1
            }
        );
    }

    #[test]
    fn what_happened_before_the_first_answer_is_not_counted_but_seen() {
        let mut counter = EventCounter::default();
        assert_eq!(
            counter.read(&answer(3, &[[4, 1]; 3])),
            News::First {
                newest: Some([4, 1])
            }
        );

        let mut counter = EventCounter::default();
        assert_eq!(counter.read(&answer(0, &[])), News::First { newest: None });
    }

    #[test]
    fn a_reset_is_noticed_even_when_counting_has_gone_on_since() {
        for happened in [&[][..], &[[2, 1]], &[[2, 1], [3, 1]]] {
            let mut counter = EventCounter::default();
            counter.read(&answer(9, &[]));

            let count = u8::try_from(happened.len()).expect("few");
            let newest_first: Vec<Event> = happened.iter().rev().copied().collect();
            let news = counter.read(&answer(count, &newest_first));

            assert_eq!(
                news,
                News::Reset {
                    events: happened.to_vec()
                }
            );
        }
    }
}
