//! How loud it is, a few times a second.

use std::time::{Duration, Instant};

use media::{codec::Pcm, mixing::Level};

use crate::Event;

/// Five times a second: what an eye can follow.
const EVERY: Duration = Duration::from_millis(200);

/// Collects 20 ms pieces of both directions.
#[derive(Default)]
pub(crate) struct Meter {
    microphone: Vec<i16>,
    loudspeaker: Vec<i16>,
    due: Option<Instant>,
}

impl Meter {
    /// Takes 20 ms; answers the levels when they are due.
    pub(crate) fn take(&mut self, said: &Pcm, heard: &Pcm, now: Instant) -> Option<Event> {
        self.microphone.extend(said);
        self.loudspeaker.extend(heard);
        let due = *self.due.get_or_insert(now + EVERY);
        if now < due {
            return None;
        }
        self.due = Some(now + EVERY);
        let microphone = Level::of(&self.microphone).dbov();
        let loudspeaker = Level::of(&self.loudspeaker).dbov();
        self.microphone.clear();
        self.loudspeaker.clear();
        Some(Event::Levels {
            microphone,
            loudspeaker,
        })
    }
}
