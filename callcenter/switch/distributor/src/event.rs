//! What the switch tells the distributor.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use serde::{Deserialize, Serialize};

use crate::{AgentId, CallId, CallerKey, DialId, Language, OfferId, QueueId, Skill, WallTime};

/// How urgent a call is. Each step up to [`Priority::CutOff`] is worth as much
/// waiting as the queue's plan says; an emergency goes before everybody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Priority {
    #[default]
    Ordinary,
    Elderly,
    /// The caller's talk broke off, through the line's or an agent's fault.
    CutOff,
    Emergency,
}

/// How a leg ended that nobody here ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Departure {
    /// Somebody hung up.
    HungUp,
    /// The leg vanished: no media, no answer, an error of the network.
    Lost,
}

/// Why an offer was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Miss {
    Busy,
    NoAnswer,
    Unreachable,
    Rejected,
}

/// What an agent brings when signing in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Skills and their levels; a higher number is better.
    pub skills: BTreeMap<Skill, u8>,
    pub languages: BTreeSet<Language>,
    pub queues: BTreeSet<QueueId>,
}

/// Where an agent sends a caller on to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transfer {
    Queue(QueueId),
    Agent(AgentId),
}

/// Something that happened. What comes late (the answer to an offer that was
/// withdrawn, the end of a leg that is gone) is no error: it is cleaned up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A caller was answered by the switch and is to be distributed.
    Called {
        call: CallId,
        queue: QueueId,
        language: Language,
        priority: Priority,
        caller: Option<CallerKey>,
        arrived: WallTime,
    },
    /// The caller's leg ended.
    CallerLeft {
        call: CallId,
        how: Departure,
    },
    /// A waiting caller wants to be called back instead of waiting on the line.
    CallbackAsked {
        call: CallId,
    },
    CallbackAnswered {
        dial: DialId,
    },
    CallbackFailed {
        dial: DialId,
    },
    /// Also: an agent who is signed in changes what he serves.
    SignedIn {
        agent: AgentId,
        profile: Profile,
    },
    SignedOut {
        agent: AgentId,
    },
    Ready {
        agent: AgentId,
    },
    /// `reason` is one of the center's codes.
    BreakBegun {
        agent: AgentId,
        reason: String,
    },
    DeviceRegistered {
        agent: AgentId,
    },
    DeviceGone {
        agent: AgentId,
    },
    OfferAnswered {
        offer: OfferId,
    },
    OfferFailed {
        offer: OfferId,
        how: Miss,
    },
    /// An agent's leg ended that had answered.
    AgentLeft {
        offer: OfferId,
        how: Departure,
    },
    /// The agent is done before the wrap-up time is over, by his own word.
    WrapUpDone {
        agent: AgentId,
    },
    WrapUpExtended {
        agent: AgentId,
        by: Duration,
    },
    QueueOpened {
        queue: QueueId,
    },
    /// New callers are refused; those who wait are still served.
    QueueClosed {
        queue: QueueId,
    },
    HelpAsked {
        agent: AgentId,
    },
    /// The agent helps a citizen at a kiosk's screen: nothing is offered to him until
    /// [`Event::KioskLeft`]. A talk that is up goes on.
    KioskTaken {
        agent: AgentId,
    },
    KioskLeft {
        agent: AgentId,
    },
    /// The talking agents leave the caller to a queue or to another agent.
    Transferred {
        call: CallId,
        to: Transfer,
    },
    /// The caller talks on with an office outside; no agent belongs to the
    /// call any more.
    SentOut {
        call: CallId,
    },
    /// Another agent is asked into a talk: consultation or conference.
    AgentInvited {
        call: CallId,
        agent: AgentId,
    },
}

/// An event that says what cannot be. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the plan has no such queue")]
    UnknownQueue,
    #[error("the queue is not served in this language")]
    LanguageNotServed,
    #[error("a call of this number is already known")]
    CallKnown,
    #[error("no such call")]
    UnknownCall,
    #[error("nobody has signed in with this account")]
    UnknownAgent,
    #[error("the caller is not waiting on the line")]
    NotWaiting,
    #[error("the call is not with an agent")]
    NotTalking,
    #[error("the agent is not free")]
    NotFree,
    #[error("the agent is not in wrap-up")]
    NotInWrapUp,
    #[error("the queue is closed")]
    QueueClosed,
    #[error("more calls or agents than the distributor takes")]
    Full,
}
