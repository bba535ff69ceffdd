//! What is open at this moment: what a call has left behind would show here.

use super::{Caller, Stage, Switchboard};

/// How much is going on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpenNow {
    /// Who is on the line; who was promised a call is not.
    pub callers: usize,
    /// Those of them who are in a queue.
    pub waiting: usize,
    /// Agents' telephones that ring or have answered.
    pub offers: usize,
    pub talks: usize,
    /// Callers who are asked how their talk was.
    pub surveys: usize,
    pub legs: usize,
}

impl Switchboard {
    pub fn open_now(&self) -> OpenNow {
        let callers = self.callers.values().filter(|it| it.leg.is_some());
        let waits = |it: &&Caller| matches!(it.stage, Stage::Waiting | Stage::Asked);
        OpenNow {
            callers: callers.clone().count(),
            waiting: callers.filter(waits).count(),
            offers: self.offers.len(),
            talks: self.talks.len() + self.kiosks.calls(),
            surveys: self.surveys.len(),
            legs: self.legs(),
        }
    }
}
