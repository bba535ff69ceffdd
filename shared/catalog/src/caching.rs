//! Which answers may be given again.

use std::time::Duration;

use request::IdentityLevel;

use crate::Service;

/// An hour: what is announced by the day may be so old on a paper, and no older.
const MINUTES_MAX: u32 = 60;

impl Service {
    /// For how long an answer may be given again; `None` when each request asks anew.
    pub fn cached_for(&self) -> Option<Duration> {
        let minutes = self.cache_for_minutes?;
        Some(Duration::from_secs(u64::from(minutes) * 60))
    }

    /// What is wrong with keeping this service's answers.
    pub(crate) fn caching_contradiction(&self) -> Option<&'static str> {
        let minutes = self.cache_for_minutes?;
        if !(1..=MINUTES_MAX).contains(&minutes) {
            return Some("cache_for_minutes is 1 to 60");
        }
        let of_people = self.identity > IdentityLevel::None
            || self.consent.is_some()
            || self.subject.is_some()
            || (self.parameters.values()).any(|source| source.starts_with("applicant."));
        of_people.then_some("cache_for_minutes is for services about things, not people")
    }
}
