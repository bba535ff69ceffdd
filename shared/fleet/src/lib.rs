//! What machines in the field and the exchange say to each other about images, health and
//! orders: a machine's [`Report`], the exchange's [`Answer`], and what is [`signed`]; a release,
//! and the [`site`] that a machine becomes a station of.

mod alarm;
pub mod on_paper;
mod order;
mod quote;
mod release;
mod renewal;
mod report;
mod sealed;
pub mod signed;
pub mod site;

pub use alarm::{Alarm, AlarmKind};
pub use order::{Answer, Deed, Order, OrderId, Outcome, Wanted};
pub use quote::{IMAGE, NotProven};
pub use release::{Artefact, Part, Release, Version, VersionUnreadable};
pub use renewal::Renewal;
pub use report::{
    Bundle, Check, CheckResult, Commissioning, Duty, Evidence, ImageState, Report, Rollback, Slot,
};
pub use sealed::SealedKey;
