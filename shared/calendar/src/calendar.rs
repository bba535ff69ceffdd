//! All holidays of two generations, and which days are worked.

use std::{collections::BTreeMap, ops::RangeInclusive};

use jiff::{ToSpan, civil::Date};
use serde::Deserialize;

use crate::{
    Designations, Grounds, Holiday,
    statutory::RULES,
    substitute::{self, is_weekend},
};

/// From the first year of substitute holidays to the last for which the Korea Astronomy
/// and Space Science Institute has published the lunar calendar.
pub const YEARS: RangeInclusive<i16> = 2014..=2050;

/// The public holidays of [`YEARS`].
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Designations")]
pub struct Calendar {
    days: BTreeMap<Date, Vec<Holiday>>,
}

/// What is wrong with the rows of [`Designations`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    #[error("{0} is given twice")]
    Twice(Date),
    #[error("{0} is not within the years 2014 to 2050")]
    OutOfYears(Date),
}

impl Default for Calendar {
    /// What the law fixes alone.
    fn default() -> Self {
        Self::of(Designations::default())
    }
}

impl TryFrom<Designations> for Calendar {
    type Error = CalendarError;

    fn try_from(designations: Designations) -> Result<Self, Self::Error> {
        let mut before: Vec<Date> = Vec::new();
        for date in designations.days.iter().map(|it| it.date) {
            if before.contains(&date) {
                return Err(CalendarError::Twice(date));
            }
            if !YEARS.contains(&date.year()) {
                return Err(CalendarError::OutOfYears(date));
            }
            before.push(date);
        }
        Ok(Self::of(designations))
    }
}

impl Calendar {
    fn of(designations: Designations) -> Self {
        let mut days: BTreeMap<Date, Vec<Holiday>> = BTreeMap::new();
        for (rule, year) in RULES
            .iter()
            .flat_map(|it| YEARS.map(move |year| (it, year)))
        {
            let Some(day) = rule.day(year) else { continue };
            days.entry(day).or_default().push(Holiday {
                day,
                name: rule.name.into(),
                occasion: rule.feast.map_or(rule.name, |it| it.days_off).into(),
                grounds: Grounds::Statutory,
            });
        }
        for row in designations.days {
            days.entry(row.date).or_default().push(Holiday {
                day: row.date,
                occasion: row.name.clone(),
                name: row.name,
                grounds: Grounds::Designated {
                    legal_basis: row.legal_basis,
                },
            });
        }
        // Last: nothing is made up for on a day that is off already.
        for year in YEARS {
            substitute::add(&mut days, year);
        }
        Self { days }
    }

    /// The holiday a day is; the first where it is two. Sundays are none of them.
    pub fn holiday(&self, day: Date) -> Option<&Holiday> {
        self.days.get(&day)?.first()
    }

    /// All holidays of a year, in their order.
    pub fn holidays(&self, year: i16) -> impl Iterator<Item = &Holiday> {
        let of_year = self.days.iter().filter(move |(day, _)| day.year() == year);
        of_year.flat_map(|(_, holidays)| holidays)
    }

    /// Whether offices work: no holiday, no Saturday and no Sunday.
    pub fn is_working_day(&self, day: Date) -> bool {
        !is_weekend(day) && !self.days.contains_key(&day)
    }

    /// The working day so many working days after a day, which itself does not count.
    /// For 0 it is the day itself.
    pub fn after_working_days(&self, day: Date, working_days: u32) -> Date {
        let counts = |it: &Date| self.is_working_day(*it);
        let mut ahead = day.series(1.day()).skip(1).filter(counts);
        match working_days.checked_sub(1) {
            None => day,
            Some(more) => ahead.nth(more as usize).unwrap_or(Date::MAX),
        }
    }

    /// The day itself where it is worked, else the next that is.
    pub fn working_day_from(&self, day: Date) -> Date {
        let mut ahead = day.series(1.day());
        let next = ahead.find(|it| self.is_working_day(*it));
        next.unwrap_or(Date::MAX)
    }
}
