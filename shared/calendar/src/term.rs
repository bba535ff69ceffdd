//! When a term for handling a civil petition ends (Civil Petitions Treatment Act,
//! art. 19).

use jiff::{
    Span, ToSpan,
    civil::{Date, DateTime, Time},
};

use crate::Calendar;

/// How long an office has for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// Three working hours (Enforcement Decree of the Act, art. 19).
    AtOnce,
    /// Up to [`DAYS_IN_HOURS`] are counted in hours from the moment of receipt, eight to
    /// a day (para. 1); more in days, the first of which counts (para. 2). Saturdays and
    /// holidays count in neither.
    Days(u32),
    /// Counted by the calendar, the first day included; what ends on a Saturday or a
    /// holiday ends on the next working day (para. 3; Civil Act, arts. 159 to 161).
    Months(u32),
}

/// The end of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    pub day: Date,
    /// The time of day of a term in hours; others end with their day.
    pub time: Option<Time>,
}

/// The longest term in days that is counted in hours.
pub const DAYS_IN_HOURS: u32 = 5;
const MINUTES_A_DAY: i64 = 8 * 60;
const AT_ONCE_MINUTES: i64 = 3 * 60;
/// The hours of public officials, the break at noon between them (Service Regulations
/// for Public Officials, art. 9).
const OFFICE_HOURS: [[Time; 2]; 2] = [
    [Time::constant(9, 0, 0, 0), Time::constant(12, 0, 0, 0)],
    [Time::constant(13, 0, 0, 0), Time::constant(18, 0, 0, 0)],
];

impl Calendar {
    /// When the term of what was received at a moment of Korean time ends.
    pub fn due(&self, received: DateTime, term: Term) -> Due {
        match term {
            Term::AtOnce => self.in_minutes(received, AT_ONCE_MINUTES),
            Term::Days(days @ 0..=DAYS_IN_HOURS) => {
                self.in_minutes(received, MINUTES_A_DAY * i64::from(days))
            }
            Term::Days(days) => {
                let first = self.working_day_from(received.date());
                Due::with(self.after_working_days(first, days - 1))
            }
            Term::Months(months) => {
                let end = months_later(received.date(), months);
                Due::with(self.working_day_from(end))
            }
        }
    }

    /// So many working minutes later.
    fn in_minutes(&self, received: DateTime, minutes: i64) -> Due {
        let mut left = minutes;
        let mut last = received;
        let days = received.date().series(1.day());
        for day in days.filter(|it| self.is_working_day(*it)) {
            for [opens, closes] in OFFICE_HOURS {
                let from = day.to_datetime(opens).max(received);
                let worked = minutes_between(from, day.to_datetime(closes)).max(0);
                if worked == 0 {
                    continue;
                }
                last = from.saturating_add(left.min(worked).minutes());
                left -= worked;
                if left <= 0 {
                    return Due::at(last);
                }
            }
        }
        Due::at(last)
    }
}

impl Due {
    fn with(day: Date) -> Self {
        Self { day, time: None }
    }

    fn at(moment: DateTime) -> Self {
        Self {
            day: moment.date(),
            time: Some(moment.time()),
        }
    }

    /// The first moment at which it is too late.
    pub fn over_from(self) -> DateTime {
        match self.time {
            Some(time) => self.day.to_datetime(time),
            None => {
                let next = self.day.tomorrow().unwrap_or(Date::MAX);
                next.to_datetime(Time::midnight())
            }
        }
    }
}

fn minutes_between(from: DateTime, to: DateTime) -> i64 {
    from.duration_until(to).as_mins()
}

/// The day before the one of the same number so many months later, or the month's last
/// where it has no such day (Civil Act, art. 160).
fn months_later(first: Date, months: u32) -> Date {
    let ahead = Span::new().try_months(months);
    let Ok(same) = ahead.and_then(|it| first.checked_add(it)) else {
        return Date::MAX;
    };
    let has_it = same.day() == first.day();
    match has_it {
        true => same.yesterday().unwrap_or(same),
        false => same,
    }
}
