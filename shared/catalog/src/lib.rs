//! The catalogue: services, networks and fees as data.
//!
//! A service is a folder below `services/`, a network a file below `networks/`,
//! an ordinance a file of effective-dated rows below `fees/`, a closed list a
//! file below `codes/`. Adding one needs no line of Rust. `topics.toml` has the
//! shelves on which citizens find services, `elsewhere.toml` what they look for in vain,
//! `holidays.toml` the public holidays that no rule computes, `kiosks.toml` where kiosks stand.
//!
//! Most services end in a paper ([`Service`]); some are accepted and answered by a
//! person ([`AcceptedService`]), and their `service.toml` says `kind = "accepted"`.
//! `two-persons.toml` says how somebody without a card is identified
//! ([`TwoPersonCheck`]).

mod accepted;
mod access;
mod admission;
mod answer;
mod caching;
mod codes;
mod elsewhere;
mod error;
mod fees;
mod file;
mod finding;
mod hours;
mod kiosk;
mod lease;
mod life_event;
mod maintenance;
mod network;
mod opening;
mod pattern;
mod query;
mod question;
mod read;
mod recipient;
mod retention;
mod service;
mod subject;
mod text;
mod topic;
mod two_persons;

pub use accepted::{AcceptedService, ServiceKind, TextQuestion, WithholdingGround};
pub use access::{Access, Closed};
pub use admission::Admission;
pub use answer::{NotAnAnswer, day_in_words};
pub use codes::{Code, CodeList};
pub use elsewhere::Elsewhere;
pub use error::Error;
pub use fees::{FeeRow, Ordinance, Scope};
pub use file::{read_toml, toml_files};
pub use finding::Keywords;
pub use hours::{Day, Hours, TimeOfDay, Window};
pub use kiosk::{Kiosk, OpenFor, Position};
pub use lease::LeaseRule;
pub use life_event::LifeEvent;
pub use maintenance::{Maintenance, MaintenanceDay};
pub use network::{Network, XRoadMember};
pub use opening::Opening;
pub use pattern::Pattern;
pub use query::Query;
pub use question::{Question, QuestionKind};
pub use read::Catalog;
pub use recipient::Recipient;
pub use retention::{ExchangeDays, Retention};
pub use service::{Choice, Consent, FeeRule, OfflineRule, SealField, Service, ServiceOption};
pub use subject::Subject;
pub use text::Bilingual;
pub use topic::Topic;
pub use two_persons::{AnswerKind, CheckBounds, PersonRows, RecordQuestion, TwoPersonCheck, Whose};
