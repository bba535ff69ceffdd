//! An offer: one agent's leg, from ringing to its end.

use std::time::Instant;

use crate::{AgentId, CallId};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The caller waits for whoever answers.
    Distribution,
    /// The agent is asked into a talk that goes on.
    Invitation,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LegState {
    Ringing,
    /// Answered, since then.
    Up(Instant),
}

/// Withdrawn offers are not kept: an answer to an offer nobody knows is hung up.
#[derive(Clone, Debug)]
pub(super) struct Offer {
    pub(super) call: CallId,
    pub(super) agent: AgentId,
    pub(super) purpose: Purpose,
    pub(super) since: Instant,
    pub(super) state: LegState,
}

impl Offer {
    pub(super) fn is_up(&self) -> bool {
        matches!(self.state, LegState::Up(_))
    }
}
