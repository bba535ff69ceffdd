//! Opening hours: which queues are served now, and when that changes.
//!
//! An operator writes down a week, its holidays and the days that are different
//! ([`HoursSettings`]); [`Hours`] says of any moment whether it is within, in the
//! time zone of the office, daylight saving included. [`Doors`] is the machine that
//! tells each change once, and after a start how it stands; [`Calendar`] knows holidays.
//!
//! The time zones are part of the program: nothing here reads a disk or a clock.

mod calendar;
mod doors;
mod hours;
mod settings;
mod span;

pub use calendar::Calendar;
pub use doors::{Change, Doors};
pub use hours::Hours;
pub use jiff::Timestamp;
pub use settings::{HoursError, HoursSettings, Week};
