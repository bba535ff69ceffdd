//! When a network is worked on and must not be asked.

use calendar::{Date, deserialize_optional_day};
use request::LocalTime;
use serde::Deserialize;

use crate::{
    Bilingual, Error,
    hours::{Day, TimeOfDay},
};

/// A `[[maintenance]]` of a network: `days` for one of every week or `date` for one day
/// alone, `from` and `to` within the day, and a `notice` for citizens.
///
/// Public holidays do not move a weekly one; `holiday` among its days means them all.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Written")]
pub struct Maintenance {
    pub when: MaintenanceDay,
    pub from: TimeOfDay,
    /// Up to but not including this minute; `24:00` is midnight.
    pub to: TimeOfDay,
    /// A whole sentence: what is done, and how long.
    pub notice: Bilingual,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MaintenanceDay {
    Weekly(Vec<Day>),
    On(Date),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    days: Vec<Day>,
    #[serde(default, deserialize_with = "deserialize_optional_day")]
    date: Option<Date>,
    from: TimeOfDay,
    to: TimeOfDay,
    notice: Bilingual,
}

impl TryFrom<Written> for Maintenance {
    type Error = Error;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let (from, to) = (written.from, written.to);
        if from >= to {
            return Err(Error::Backwards(from.to_string(), to.to_string()));
        }
        let when = match (written.days.is_empty(), written.date) {
            (false, None) => MaintenanceDay::Weekly(written.days),
            (true, Some(date)) => MaintenanceDay::On(date),
            (true, None) | (false, Some(_)) => return Err(Error::MaintenanceDay),
        };
        Ok(Self {
            when,
            from,
            to,
            notice: written.notice,
        })
    }
}

impl Maintenance {
    /// Whether it goes on at a moment of a day that is a holiday or not.
    pub(crate) fn goes_on(&self, moment: LocalTime, holiday: bool) -> bool {
        let day = moment.date();
        let today = match &self.when {
            MaintenanceDay::On(date) => *date == day,
            MaintenanceDay::Weekly(days) => days
                .iter()
                .any(|it| it.is_weekday(day.weekday()) || (*it == Day::Holiday && holiday)),
        };
        today && (self.from.0..self.to.0).contains(&moment.minute_of_day)
    }
}
