//! The catalogue: services, networks and fees as data.
//!
//! A service is a folder below `services/`, a network a file below `networks/`,
//! an ordinance a file of effective-dated rows below `fees/`, a closed list a
//! file below `codes/`. Adding one needs no line of Rust.
//!
//! Most services end in a paper ([`Service`]); some are accepted and answered by a
//! person ([`AcceptedService`]), and their `service.toml` says `kind = "accepted"`.
//! `two-persons.toml` says how somebody without a card is identified
//! ([`TwoPersonCheck`]).

mod accepted;
mod codes;
mod error;
mod fees;
mod hours;
mod lease;
mod network;
mod query;
mod read;
mod retention;
mod service;
mod text;
mod two_persons;

pub use accepted::{AcceptedService, ServiceKind, TextQuestion};
pub use codes::{Code, CodeList};
pub use error::Error;
pub use fees::{FeeRow, Ordinance, Scope};
pub use hours::{Hours, Window};
pub use lease::LeaseRule;
pub use network::{Network, XRoadMember};
pub use query::Query;
pub use read::Catalog;
pub use retention::{ExchangeDays, Retention};
pub use service::{
    Choice, Consent, FeeRule, OfflineRule, Question, QuestionKind, SealField, Service,
    ServiceOption,
};
pub use text::Bilingual;
pub use two_persons::{AnswerKind, CheckBounds, PersonRows, RecordQuestion, TwoPersonCheck, Whose};
