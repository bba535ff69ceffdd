//! A leg of a conversation: who is at its end, and whether he is there yet.

use std::time::Instant;

use crate::{AgentId, EntryId};

/// A leg, numbered within its conversation and never again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LegId(pub u32);

/// How a supervisor takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// Hears, and nobody hears him.
    Listen,
    /// The watched agent alone hears him.
    Whisper,
    /// Everybody hears him.
    Barge,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    Caller,
    Agent(AgentId),
    /// An office outside the center.
    Outside(EntryId),
    Supervisor {
        agent: AgentId,
        /// The agent's leg he follows.
        watching: LegId,
        mode: Mode,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LegState {
    /// Given up at the time.
    Dialing(Instant),
    Up,
}

#[derive(Clone, Debug)]
pub(super) struct Leg {
    pub(super) role: Role,
    pub(super) state: LegState,
    pub(super) muted: bool,
}

impl Leg {
    pub(super) fn up(role: Role) -> Self {
        Self {
            role,
            state: LegState::Up,
            muted: false,
        }
    }

    pub(super) fn dialing(role: Role, until: Instant) -> Self {
        Self {
            role,
            state: LegState::Dialing(until),
            muted: false,
        }
    }

    pub(super) fn is_up(&self) -> bool {
        self.state == LegState::Up
    }

    pub(super) fn dialed_until(&self) -> Option<Instant> {
        match self.state {
            LegState::Dialing(until) => Some(until),
            LegState::Up => None,
        }
    }

    pub(super) fn is_agent(&self) -> bool {
        matches!(self.role, Role::Agent(_))
    }

    /// Takes part in the talk itself.
    pub(super) fn talks(&self) -> bool {
        !matches!(self.role, Role::Supervisor { .. })
    }
}
