//! The training centre: callers who do not exist, and what a trainee made of them.
//!
//! A [`Scenario`] is a file that says who calls, what for, what the caller says when
//! asked, and what the agent must and must never do. With a seed it becomes a
//! [`Caller`]: name, number, mood, mistakes and wanted values are drawn, so that no
//! trainee meets the same call twice and every call can be had again. The [`Exercise`]
//! is the caller's side of the talk: what happened goes in, what the caller does comes
//! out, and at the end [`score`] says rule by rule what was right. A [`VisitScenario`]
//! is the same of a citizen at a kiosk who asks for an agent: the [`VisitExercise`] is
//! on the kiosk's end of the room, and [`score_visit`] judges. An [`Examination`] asks
//! about services, fees, what may be said and how to help. Of all of them there is a
//! [`TrainingRecord`].
//!
//! All people here are invented, and their numbers fail the checksum that every
//! living holder's of those years passes.

mod caller;
mod drawn;
mod examination;
mod exercise;
mod invention;
mod lesson;
mod observed;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod practice;
mod reading;
mod record;
mod rule;
mod scenario;
mod scenario_error;
mod score;
mod topic;
mod visit;

pub use caller::{Caller, Goal};
pub use examination::{Answer, Examination, MarkedExamination, Question};
pub use exercise::{Command, Event, Exercise};
pub use lesson::Lesson;
pub use observed::{Ending, Observed, PreparedRequest, Wanted};
pub use record::{Kind, TrainingRecord};
pub use rule::{Certainty, Disclosure, Must, Rule};
pub use scenario::{Line, Mood, Patience, Scenario, WantedRequest, Wish};
pub use scenario_error::{ScenarioError, Wrong};
pub use score::{Finding, Obligation, Score, score};
pub use topic::Topic;
pub use visit::{
    Citizen, CitizenQuestion, Moment, SeenProposal, Standing, VisitCommand, VisitEnding,
    VisitExercise, VisitLine, VisitMust, VisitObserved, VisitPatience, VisitRule, VisitScenario,
    score_visit,
};
