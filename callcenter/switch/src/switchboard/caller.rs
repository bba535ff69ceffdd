//! A caller, as the switchboard knows him.

use std::time::Instant;

use distributor::{CallerKey, Language, Priority, QueueId};
use privacy::Personal;

use super::Leg;

/// A caller, from the first ring on.
#[derive(Debug)]
pub(super) struct Caller {
    /// None while a promised callback was not dialed.
    pub(super) leg: Option<Leg>,
    pub(super) from: Personal<String>,
    pub(super) key: Option<CallerKey>,
    pub(super) request: Option<String>,
    pub(super) language: Language,
    pub(super) priority: Priority,
    pub(super) queue: QueueId,
    pub(super) stage: Stage,
    /// By the switch; before that he may hear what is played.
    pub(super) answered: bool,
    /// Will be called back unless an agent has him before.
    pub(super) promised: bool,
    /// The recording of a talk of his was stopped: he did not want it.
    pub(super) unrecorded: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Not answered by us yet; then this menu.
    Ringing(Option<String>),
    /// Hears a menu, or has heard it and may press a key until then.
    Choosing {
        menu: String,
        until: Option<Instant>,
    },
    Waiting,
    /// Was asked whether to be called back.
    Asked,
    Talking,
    /// Is asked how the talk was.
    Surveyed,
    /// Hears the last words.
    Leaving,
}

impl Stage {
    /// When the caller is served without having chosen.
    pub(super) fn until(&self) -> Option<Instant> {
        match self {
            Stage::Choosing { until, .. } => *until,
            Stage::Ringing(_)
            | Stage::Waiting
            | Stage::Asked
            | Stage::Talking
            | Stage::Surveyed
            | Stage::Leaving => None,
        }
    }
}
