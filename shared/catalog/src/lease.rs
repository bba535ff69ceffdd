//! What a station may issue of a service without the exchange.

use request::IdentityLevel;
use serde::Deserialize;

/// More papers than a station prints in a day.
const PAPERS_MAX: u32 = 1_000;
/// A week: records older than that are history.
const HOURS_MAX: u32 = 168;

/// How much a station may issue by itself, and from what.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeaseRule {
    /// Papers at the most.
    pub papers: u32,
    /// From the moment the records were taken.
    pub hours: u32,
    /// The network's service code for all its records at once.
    pub snapshot: String,
}

impl LeaseRule {
    /// What is wrong with the rule for a service that asks for `identity`.
    pub(crate) fn contradiction(&self, identity: IdentityLevel) -> Option<&'static str> {
        if !(1..=PAPERS_MAX).contains(&self.papers) {
            return Some("a lease is for 1 to 1000 papers");
        }
        if !(1..=HOURS_MAX).contains(&self.hours) {
            return Some("a lease is for 1 to 168 hours");
        }
        // The records lie at the station: only such as anybody may ask for.
        (identity > IdentityLevel::None).then_some("a lease needs a service without identification")
    }
}
