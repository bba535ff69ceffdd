//! What must never be found, and how it is looked for in an ordinance and in hours.

use calendar::Date;
use catalog::{FeeRow, Hours, Ordinance, Scope};

/// Longer than any row of holidays and weekends: nine days and two evenings.
pub(crate) const CLOSED_MINUTES_MAX: u32 = 10 * 24 * 60;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Contradiction {
    /// Another number of rows than one is in force.
    Rows {
        ordinance: String,
        day: Date,
        inside: bool,
        rows: usize,
    },
    /// The catalogue quotes another fee than the row says.
    Quote {
        service: String,
        day: Date,
    },
    /// A window that ends before it begins is never open.
    NeverOpen {
        whose: String,
        from: u32,
        to: u32,
    },
    /// It is told to be closed and is open, or the other way round.
    Explanation {
        service: String,
        at: String,
    },
    /// The next opening is not the first moment at which it is open.
    Opening {
        service: String,
        at: String,
        told: String,
        found: String,
    },
    /// What is told does not name the time or the holiday it is about.
    Words {
        service: String,
        at: String,
        told: String,
    },
    /// The exchange would do otherwise than the screen says.
    Admission {
        service: String,
        at: String,
    },
    ClosedTooLong {
        service: String,
        at: String,
    },
}

/// The rows of an ordinance on one day, counted without its own reckoning.
pub(crate) fn rows_of(ordinance: &Ordinance, day: Date, inside: bool) -> Vec<&FeeRow> {
    let meant = |row: &FeeRow| match row.scope {
        Scope::Everywhere => true,
        Scope::Inside => inside,
        Scope::Outside => !inside,
    };
    let holds = |row: &FeeRow| day >= row.from && row.until.is_none_or(|it| it > day);
    let rows = ordinance.rows.iter();
    rows.filter(|it| meant(it) && holds(it)).collect()
}

pub(crate) fn of_ordinance(name: &str, ordinance: &Ordinance, day: Date) -> Vec<Contradiction> {
    let told = [true, false].map(|inside| (inside, rows_of(ordinance, day, inside).len()));
    let wrong = told.into_iter().filter(|(_, rows)| *rows != 1);
    let wrong = wrong.map(|(inside, rows)| Contradiction::Rows {
        ordinance: name.to_owned(),
        day,
        inside,
        rows,
    });
    wrong.collect()
}

pub(crate) fn of_hours(whose: &str, hours: &Hours) -> Vec<Contradiction> {
    let windows = hours.windows.iter();
    let backwards = windows.filter(|it| it.from >= it.to);
    let told = backwards.map(|it| Contradiction::NeverOpen {
        whose: whose.to_owned(),
        from: it.from.0,
        to: it.to.0,
    });
    told.collect()
}
