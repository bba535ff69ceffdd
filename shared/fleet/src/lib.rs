//! What machines in the field and the exchange say to each other about images, health and
//! orders: a machine's [`Report`], the exchange's [`Answer`], and what is [`signed`].

mod order;
mod release;
mod report;
pub mod signed;

pub use order::{Answer, Deed, Order, OrderId, Outcome, Wanted};
pub use release::{Artefact, Part, Release, Version, VersionUnreadable};
pub use report::{
    Check, CheckResult, Commissioning, Duty, Evidence, ImageState, Report, Rollback, Slot,
};
