//! The automatic call distributor: who waits, who serves whom, and why.
//!
//! A [`Distributor`] knows queues, callers, agents and offers. It is told what
//! happened and says what is to be done: offer this call to that agent,
//! withdraw, bridge, announce, dial a promised callback. A [`Conversation`] is
//! one caller's talk once it is bridged: hold, consultation, transfer,
//! conference, supervision, recording. [`staffing`] has the closed forms that
//! say how many agents a load needs, and by which the distributor is judged.
//!
//! Pure: no clock, no socket, no media. Time comes in as an argument, and the
//! switch that carries out the commands is a thin shell around the machines.
//! A telephone number never comes in: a caller is an opaque [`CallerKey`].

mod command;
mod conversation;
mod distributor;
mod event;
mod figures;
mod ids;
mod place;
mod plan;
#[cfg(test)]
mod plan_tests;
mod reason;
pub mod staffing;
mod wall_time;

pub use command::{
    AgentHangUp, AgentState, BreakReason, CallbackEnd, CallerHangUp, Command, OfferLeg,
};
pub use conversation::{
    Action, Conversation, ConversationCommand, ConversationEvent, Destination, Forbidden, LegId,
    Matrix, Mode, PartyState, PauseReason, Reminder, Role, Sensitive, Target,
};
pub use distributor::Distributor;
pub use event::{Departure, Event, Miss, Priority, Profile, Refused, Transfer};
pub use figures::{AgentCounts, Figures};
pub use ids::{AgentId, CallId, CallerKey, DialId, EntryId, Language, OfferId, QueueId, Skill};
pub use place::{Place, Standing};
pub use plan::{CallbackPlan, Overflow, Plan, PlanError, QueuePlan, SkillNeed, Strategy};
pub use reason::{Candidate, Choice, Missed, Reason};
pub use wall_time::WallTime;
