//! Opening hours as their operator writes them.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The hours of some queues. Every span is like `09:00-18:00`; one that ends before it
/// begins ends on the next day.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoursSettings {
    /// Which queues keep them. Queues that are named nowhere are always open.
    pub queues: Vec<String>,
    /// A name of the IANA's, such as `Asia/Seoul`.
    pub time_zone: String,
    pub weekly: Week,
    /// Days that are closed whatever day of the week they are, such as `2026-12-25`.
    #[serde(default)]
    pub holidays: Vec<String>,
    /// Days with hours of their own, be they holidays or not.
    #[serde(default)]
    pub exceptions: BTreeMap<String, Vec<String>>,
}

/// The spans of each day of the week; a day that is not named is closed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Week {
    pub monday: Vec<String>,
    pub tuesday: Vec<String>,
    pub wednesday: Vec<String>,
    pub thursday: Vec<String>,
    pub friday: Vec<String>,
    pub saturday: Vec<String>,
    pub sunday: Vec<String>,
}

/// What is wrong with them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    #[error("{0:?} is no time zone")]
    TimeZone(String),
    #[error("{0:?} is no day; 2026-12-25 is one")]
    Day(String),
    #[error("{0:?} is no span of a day; 09:00-18:00 is one, and all day is 00:00-24:00")]
    Span(String),
    #[error("{0:?} has hours of its own and twice")]
    Twice(String),
}
