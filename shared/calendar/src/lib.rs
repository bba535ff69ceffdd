//! The calendar of Korean public offices: public holidays, and terms in working days.
//!
//! What the law fixes is computed: days of the solar calendar, days of the Korean
//! lunisolar calendar, and the days that make up for lost ones (Public Holidays Act,
//! Act No. 18291, arts. 2 and 3; Regulations on Holidays of Public Offices,
//! Presidential Decree No. 24828 of 2013 and its amendments, arts. 2 and 3). What is
//! decided from case to case, such as elections and single days set by the government,
//! is data ([`Designated`]). [`Calendar`] holds both; [`Term`] counts with them.
//!
//! Days are [`Date`]s of Korea; nothing here reads a clock. Holidays are known for
//! [`YEARS`]; other years have weekends alone.

mod calendar;
mod day;
mod designated;
mod holiday;
mod lunar;
mod statutory;
mod substitute;
mod term;

pub use calendar::{Calendar, CalendarError, YEARS};
pub use day::{deserialize_day, deserialize_optional_day, parse_day};
pub use designated::{Designated, Designations};
pub use holiday::{Grounds, Holiday, Names};
pub use jiff::civil::{Date, DateTime, Time, Weekday, date};
pub use term::{DAYS_IN_HOURS, Due, Term};
