//! What keeps a service from being leased.

use request::IdentityLevel;

use crate::LeaseRule;

/// More papers than a station prints in a day.
const PAPERS_MAX: u32 = 1_000;
/// A week: records older than that are history.
const HOURS_MAX: u32 = 168;

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
