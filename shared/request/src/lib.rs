//! The service-request core: what a citizen asks for and how it proceeds.
//!
//! A request is the sum of its events. [`ServiceRequest::decide`] looks at an
//! [`Action`] and answers with the [`RequestEvent`] it leads to, or with a
//! [`Refusal`]; [`ServiceRequest::apply`] takes over a fact and cannot fail.
//! Between the two stands the journal: what is not written down has not
//! happened.
//!
//! Pure: no clock, no disk, no network, no screen. Time comes in as an argument.

mod action;
mod applicant;
mod assistance;
mod card_payment;
mod consent;
mod correspondence;
mod document;
mod event;
mod fee;
mod handling;
mod ids;
mod lifecycle;
mod money;
mod paper;
mod personal_fact;
mod recovery;
mod refusal;
mod resident_number;
mod telephone_number;
mod terms;
mod time;
mod vouching;

pub use action::Action;
pub use applicant::{Applicant, Identification, IdentityLevel};
pub use assistance::{Assistance, AssistanceEnding, FormField};
pub use card_payment::{
    CardAction, CardApproval, CardDecline, CardFact, CardPayment, OpenTransaction,
};
pub use consent::Consent;
pub use correspondence::{
    Correspondence, Enclosure, Letter, LetterState, NotSentReason, Reply, Sender,
};
pub use document::{DocumentNumber, DocumentReference, NotANumber};
pub use event::{
    DeclineReason, NetworkFault, Outcome, PayoutPurpose, Promise, RequestEvent, SpoilReason,
};
pub use fee::{Fee, FeeReason, Means};
pub use handling::{Appeal, Attachment, Decision, Handling, JoinGround, Rating, RouteGround};
pub use ids::{
    AgentId, CheckId, NetworkId, OfficeId, RequestId, ServiceId, StationId, TransactionId,
};
pub use lifecycle::{ServiceRequest, Stage};
pub use money::Money;
pub use paper::{Paper, PaperState, Replacement};
pub use personal_fact::PersonalFact;
pub use recovery::recovery;
pub use refusal::Refusal;
pub use resident_number::{MalformedNumber, ResidentNumber};
pub use telephone_number::{NotAMobile, TelephoneNumber};
pub use terms::{Channel, Terms};
pub use time::{LocalTime, Timestamp};
pub use vouching::{Identity, Vouching};
