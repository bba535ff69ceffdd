//! An agent: what he serves and what he is doing.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Instant,
};

use super::layout::{NeedId, QueueNumber};
use crate::{AgentState, BreakReason, OfferId};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Doing {
    SignedOut,
    Break(BreakReason),
    NoDevice,
    Idle,
    Offered(OfferId),
    Talking(OfferId),
    /// Until then; never beyond the second.
    WrapUp {
        until: Instant,
        latest: Instant,
    },
    Resting(Instant),
    /// With a citizen at a kiosk's screen.
    AtKiosk,
}

impl Doing {
    pub(super) fn told(&self) -> AgentState {
        match self {
            Doing::SignedOut => AgentState::SignedOut,
            Doing::Break(reason) => AgentState::Break(reason.clone()),
            Doing::NoDevice => AgentState::NoDevice,
            Doing::Idle => AgentState::Idle,
            Doing::Offered(_) => AgentState::Offered,
            Doing::Talking(_) => AgentState::Talking,
            Doing::WrapUp { .. } => AgentState::WrapUp,
            Doing::Resting(_) => AgentState::Resting,
            Doing::AtKiosk => AgentState::AtKiosk,
        }
    }

    /// Takes calls now or soon.
    pub(super) fn serves(&self) -> bool {
        match self {
            Doing::SignedOut | Doing::Break(_) | Doing::NoDevice => false,
            Doing::Idle
            | Doing::Offered(_)
            | Doing::Talking(_)
            | Doing::WrapUp { .. }
            | Doing::Resting(_)
            | Doing::AtKiosk => true,
        }
    }
}

/// What an agent who is occupied wants to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    Break(BreakReason),
    SignOut,
}

#[derive(Debug)]
pub(super) struct Agent {
    pub(super) doing: Doing,
    /// A telephone of his is registered.
    pub(super) device: bool,
    pub(super) wish: Option<Wish>,
    /// A citizen at a kiosk's screen is helped, or will be when the talk is over.
    pub(super) at_kiosk: bool,
    /// What he can serve.
    pub(super) serves: BTreeSet<NeedId>,
    /// The queues of these.
    pub(super) queues: BTreeSet<QueueNumber>,
    /// His level of each queue's skill.
    pub(super) levels: BTreeMap<QueueNumber, u8>,
    /// Missed offers in a row.
    pub(super) misses: u32,
    /// Since his last work; an offer that was withdrawn is none.
    pub(super) idle_since: Instant,
    /// Callers bridged to him since he signed in.
    pub(super) calls: u64,
}

impl Agent {
    pub(super) fn signed_out(now: Instant) -> Self {
        Self {
            doing: Doing::SignedOut,
            device: false,
            wish: None,
            at_kiosk: false,
            serves: BTreeSet::new(),
            queues: BTreeSet::new(),
            levels: BTreeMap::new(),
            misses: 0,
            idle_since: now,
            calls: 0,
        }
    }

    /// Where he goes when nothing occupies him.
    pub(super) fn unoccupied(&mut self) -> Doing {
        match self.wish.take() {
            Some(Wish::SignOut) => {
                self.at_kiosk = false;
                Doing::SignedOut
            }
            // A break that is wished for comes afterwards.
            wish if self.at_kiosk => {
                self.wish = wish;
                Doing::AtKiosk
            }
            Some(Wish::Break(reason)) => Doing::Break(reason),
            None if !self.device => Doing::NoDevice,
            None => Doing::Idle,
        }
    }
}
