//! Visits to be practised: a citizen who does not exist stands at a kiosk and asks for
//! an agent.
//!
//! The citizen is on the kiosk's end of a real room ([`handover::Host`]): what the host
//! reports goes in, what a citizen does there comes out.

mod checking;
mod citizen;
mod exercise;
mod form;
mod hearing;
mod must;
mod observed;
mod scenario;
mod score;

pub use citizen::Citizen;
pub use exercise::{VisitCommand, VisitExercise};
pub use must::{VisitMust, VisitRule};
pub use observed::{SeenProposal, VisitEnding, VisitObserved};
pub use scenario::{CitizenQuestion, Moment, Standing, VisitLine, VisitPatience, VisitScenario};
pub use score::score_visit;
