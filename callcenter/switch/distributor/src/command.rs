//! What the distributor tells the switch to do.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{AgentId, CallId, DialId, Miss, OfferId, Place, QueueId, Reason};

/// One agent's leg of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfferLeg {
    pub offer: OfferId,
    pub agent: AgentId,
}

/// Why an agent's leg is ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgentHangUp {
    CallerLeft,
    /// The answer crossed with the withdrawal.
    AnsweredTooLate,
    CallbackFailed,
    Transferred,
}

/// Why a caller's leg is ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallerHangUp {
    /// Nobody serves the queue now.
    Closed,
    WaitedTooLong,
    AgentHungUp,
    WillBeCalledBack,
}

/// Why a promised callback ends without a talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallbackEnd {
    /// All attempts failed.
    Unreached,
    /// The caller called again; this call has the place now.
    CallerReturned(CallId),
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BreakReason {
    /// One of the center's codes.
    Asked(String),
    /// Too many offers in a row were missed.
    OffersMissed,
}

/// What an agent is doing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgentState {
    SignedOut,
    Break(BreakReason),
    /// Signed in and ready, but no telephone of his is registered.
    NoDevice,
    Idle,
    Offered,
    /// With a caller, or waiting for a callback to be answered.
    Talking,
    WrapUp,
    /// For a moment after a missed offer.
    Resting,
    /// Helps a citizen at a kiosk's screen.
    AtKiosk,
}

/// An order to the switch, in the order in which it is to be carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Ring these agents; the first who answers has the call. Each leg ends in
    /// one `OfferAnswered` or `OfferFailed`.
    Offer {
        call: CallId,
        queue: QueueId,
        legs: Vec<OfferLeg>,
        /// How long it may ring; the distributor withdraws by itself.
        ring: Duration,
        /// The caller is not on the line: answering dials him.
        callback: bool,
        reason: Box<Reason>,
    },
    /// Stop ringing; an answer that crosses is hung up.
    Withdraw {
        offer: OfferId,
        agent: AgentId,
        /// It rang as long as it may, and that counts as a miss.
        missed: Option<Miss>,
    },
    Bridge {
        call: CallId,
        offer: OfferId,
        agent: AgentId,
    },
    /// The invited agent answered and belongs to the call's conversation.
    Join {
        call: CallId,
        offer: OfferId,
        agent: AgentId,
    },
    InvitationFailed {
        call: CallId,
        agent: AgentId,
        how: Miss,
    },
    HangUpAgent {
        offer: OfferId,
        why: AgentHangUp,
    },
    HangUpCaller {
        call: CallId,
        why: CallerHangUp,
    },
    /// Tell the caller his position (from 1) and, where it is known, about how
    /// long it takes.
    Announce {
        call: CallId,
        position: usize,
        expected_wait: Option<Duration>,
    },
    /// The longest wait is over: ask whether the caller wants to be called
    /// back. Who does not answer keeps his place.
    OfferCallback {
        call: CallId,
    },
    /// The longest wait is over and another queue takes the caller.
    Moved {
        call: CallId,
        from: QueueId,
        to: QueueId,
    },
    /// Play music to the caller: he waits again.
    Requeued {
        call: CallId,
        queue: QueueId,
    },
    /// Call the caller; the agent of this offer is waiting for him.
    DialCallback {
        call: CallId,
        dial: DialId,
        offer: OfferId,
    },
    /// Stop this attempt; if it was answered by now, hang it up.
    CancelDial {
        dial: DialId,
    },
    CallbackEnded {
        call: CallId,
        why: CallbackEnd,
    },
    AgentChanged {
        agent: AgentId,
        state: AgentState,
    },
    /// An agent wants a supervisor's help.
    HelpWanted {
        agent: AgentId,
        call: Option<CallId>,
    },
    /// Write this place down, in the stead of what was written for the call.
    Remember(Place),
    /// The call's place need not be known any more.
    Forget(CallId),
}
