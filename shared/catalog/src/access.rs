//! Whether something can be had at a moment, why not, and from when.
//!
//! The one answer for all: screens say and the exchange does what [`Access`] says.

use std::collections::BTreeSet;

use calendar::{Calendar, Date, Holiday};
use request::LocalTime;

use crate::{Catalog, Hours, Maintenance, Network, Opening, Service};

/// Days ahead in which an opening is looked for; longer than any row of holidays.
const DAYS_AHEAD: u32 = 31;
const MINUTES_A_DAY: u32 = 24 * 60;

/// Hours that must be open together, and maintenance that must not go on.
#[derive(Clone, Debug)]
pub struct Access<'a> {
    calendar: &'a Calendar,
    hours: Vec<&'a Hours>,
    maintenance: &'a [Maintenance],
}

/// Why something cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed<'a> {
    /// It is not its time of the day or the week.
    Hours,
    /// It would be, were the day no holiday.
    Holiday(&'a Holiday),
    Maintenance(&'a Maintenance),
}

impl Catalog {
    /// A service's own hours, or its network's, apart from the network's maintenance;
    /// none when the catalogue does not have its network.
    pub fn access<'a>(&'a self, service: &'a Service) -> Option<Access<'a>> {
        let network = self.network(&service.network)?;
        let own = service.hours.as_ref();
        let hours = own.map(|it| Access::new(self.calendar(), it));
        let hours = hours.unwrap_or_else(|| Access::new(self.calendar(), &network.hours));
        Some(hours.apart_from(&network.maintenance))
    }

    /// A network's own hours, apart from its maintenance.
    pub fn access_to<'a>(&'a self, network: &'a Network) -> Access<'a> {
        Access::new(self.calendar(), &network.hours).apart_from(&network.maintenance)
    }

    /// A station's own hours.
    pub fn doors<'a>(&'a self, own: &'a Hours) -> Access<'a> {
        Access::new(self.calendar(), own)
    }
}

impl<'a> Access<'a> {
    fn new(calendar: &'a Calendar, hours: &'a Hours) -> Self {
        Self {
            calendar,
            hours: vec![hours],
            maintenance: &[],
        }
    }

    fn apart_from(mut self, maintenance: &'a [Maintenance]) -> Self {
        self.maintenance = maintenance;
        self
    }

    /// Only where a station's own hours are open, too.
    #[must_use]
    pub fn within(mut self, own: &'a Hours) -> Self {
        self.hours.push(own);
        self
    }

    pub fn is_open_at(&self, moment: LocalTime) -> bool {
        self.closed_at(moment).is_none()
    }

    /// Why it cannot be had at a moment; none when it can.
    pub fn closed_at(&self, moment: LocalTime) -> Option<Closed<'a>> {
        let (day, minute) = (moment.date(), moment.minute_of_day);
        let holiday = self.calendar.holiday(day);
        let open = |holiday: bool| self.hours.iter().all(|it| it.open_on(day, holiday, minute));
        if !open(holiday.is_some()) {
            let because = holiday.filter(|_| open(false));
            return Some(because.map_or(Closed::Hours, Closed::Holiday));
        }
        self.maintenance_at(moment).map(Closed::Maintenance)
    }

    /// What is done to the network at a moment, be it open then or not.
    pub fn maintenance_at(&self, moment: LocalTime) -> Option<&'a Maintenance> {
        let holiday = self.calendar.holiday(moment.date()).is_some();
        let mut all = self.maintenance.iter();
        all.find(|it| it.goes_on(moment, holiday))
    }

    /// From when it can be had, asked while it cannot; none when that is not within a
    /// month.
    pub fn opening_after(&self, now: LocalTime) -> Option<Opening> {
        let mut opening = self.first(now, |it| self.is_open_at(it))?;
        let usual = self.first(now, |it| match self.closed_at(it) {
            None | Some(Closed::Holiday(_)) => true,
            Some(Closed::Hours | Closed::Maintenance(_)) => false,
        });
        let earlier = usual.filter(|it| it.begins() < opening.begins());
        let holiday = earlier.and_then(|it| self.calendar.holiday(it.date));
        opening.holidays = holiday.map(|it| it.occasion.clone());
        Some(opening)
    }

    /// What a citizen is told who cannot have it now; none when it can be had.
    pub fn explanation(&self, now: LocalTime, language: &str) -> Option<String> {
        let notice = match self.closed_at(now)? {
            Closed::Maintenance(it) => Some(it.notice.in_language(language).to_owned()),
            Closed::Hours | Closed::Holiday(_) => None,
        };
        let opening = self.opening_after(now).map(|it| it.sentence(language));
        let sentences: Vec<String> = notice.into_iter().chain(opening).collect();
        Some(sentences.join(" "))
    }

    /// The first of the minutes at which anything may begin that fits.
    fn first(&self, now: LocalTime, fits: impl Fn(LocalTime) -> bool) -> Option<Opening> {
        let minutes = self.minutes();
        let mut day = now.date();
        for days_ahead in 0..=DAYS_AHEAD {
            for minute in &minutes {
                let later = days_ahead > 0 || *minute > now.minute_of_day;
                if later && fits(LocalTime::new(day, *minute)) {
                    return Some(Opening {
                        days_ahead,
                        date: day,
                        minute_of_day: *minute,
                        holidays: None,
                    });
                }
            }
            day = day.tomorrow().ok()?;
        }
        None
    }

    /// The minutes of a day at which something may begin.
    fn minutes(&self) -> BTreeSet<u32> {
        let windows = self.hours.iter().flat_map(|it| &it.windows);
        let begins = windows.map(|it| it.from.0);
        let ends = self.maintenance.iter().map(|it| it.to.0);
        begins
            .chain(ends)
            .chain([0])
            .filter(|it| *it < MINUTES_A_DAY)
            .collect()
    }
}

impl Opening {
    fn begins(&self) -> (Date, u32) {
        (self.date, self.minute_of_day)
    }
}

#[cfg(test)]
#[path = "access/tests.rs"]
mod tests;
