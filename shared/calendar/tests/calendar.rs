//! The holidays of real years, and terms that run across them.

#![allow(clippy::unwrap_used)]

#[path = "calendar/holidays.rs"]
mod holidays;
#[path = "calendar/terms.rs"]
mod terms;

use calendar::Calendar;

/// With the elections and other single days of the catalogue.
fn calendar() -> Calendar {
    toml::from_str(include_str!("../../catalog/holidays.toml")).expect("the rows fit")
}
