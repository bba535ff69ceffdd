//! The holidays the law names, and which of them are made up for.

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use crate::lunar;

/// In Korean and in English.
pub(crate) type Words = (&'static str, &'static str);

/// One line of the law.
#[derive(Clone, Copy)]
pub(crate) struct Rule {
    when: When,
    pub(crate) name: Words,
    /// The feast a day belongs to, where it lasts several days.
    pub(crate) feast: Option<Feast>,
    /// The first day it is in force; none where that is before [`crate::YEARS`].
    since: Option<Date>,
    substitute: Option<Substitute>,
}

#[derive(Clone, Copy)]
pub(crate) struct Feast {
    pub(crate) name: Words,
    /// What its days off are called together.
    pub(crate) days_off: Words,
}

/// Where a holiday lies in the year.
#[derive(Clone, Copy)]
enum When {
    Solar { month: i8, day: i8 },
    Lunar { month: u8, day: u8, ahead: i8 },
}

/// When a holiday is made up for.
#[derive(Clone, Copy)]
struct Substitute {
    lost: Lost,
    since: Option<Date>,
}

#[derive(Clone, Copy)]
enum Lost {
    OnWeekends,
    OnSundays,
}

/// Presidential Decree No. 31930: the national days are made up for.
const AMENDED_2021: Date = Date::constant(2021, 8, 4);
/// The amendment for Buddha's Birthday and Christmas.
const AMENDED_2023: Date = Date::constant(2023, 5, 4);
/// The Public Holidays Act as promulgated on 2026-02-10, three months later: all five
/// national days are holidays.
const CONSTITUTION_DAY: Date = Date::constant(2026, 5, 11);
/// The first Labor Day that is a public holiday.
const LABOR_DAY: Date = Date::constant(2026, 5, 1);

const SEOLLAL: Feast = Feast {
    name: ("설날", "Lunar New Year"),
    days_off: ("설날 연휴", "the Lunar New Year holidays"),
};
const CHUSEOK: Feast = Feast {
    name: ("추석", "Chuseok"),
    days_off: ("추석 연휴", "the Chuseok holidays"),
};

/// The feasts come first: a day that is two holidays is called by them.
pub(crate) const RULES: [Rule; 17] = [
    lunar(1, 1, ("설날 전날", "day before Lunar New Year")).eve(SEOLLAL),
    lunar(1, 1, SEOLLAL.name).of(SEOLLAL),
    lunar(1, 1, ("설날 다음 날", "day after Lunar New Year")).day_after(SEOLLAL),
    lunar(8, 15, ("추석 전날", "day before Chuseok")).eve(CHUSEOK),
    lunar(8, 15, CHUSEOK.name).of(CHUSEOK),
    lunar(8, 15, ("추석 다음 날", "day after Chuseok")).day_after(CHUSEOK),
    solar(1, 1, ("1월 1일", "New Year's Day")),
    solar(3, 1, ("3·1절", "Independence Movement Day")).made_up(Some(AMENDED_2021)),
    solar(5, 1, ("노동절", "Labor Day"))
        .since(LABOR_DAY)
        .made_up(None),
    solar(5, 5, ("어린이날", "Children's Day")).made_up(None),
    lunar(4, 8, ("부처님오신날", "Buddha's Birthday")).made_up(Some(AMENDED_2023)),
    solar(6, 6, ("현충일", "Memorial Day")),
    solar(7, 17, ("제헌절", "Constitution Day"))
        .since(CONSTITUTION_DAY)
        .made_up(None),
    solar(8, 15, ("광복절", "Liberation Day")).made_up(Some(AMENDED_2021)),
    solar(10, 3, ("개천절", "National Foundation Day")).made_up(Some(AMENDED_2021)),
    solar(10, 9, ("한글날", "Hangeul Day")).made_up(Some(AMENDED_2021)),
    solar(12, 25, ("기독탄신일", "Christmas")).made_up(Some(AMENDED_2023)),
];

const fn solar(month: i8, day: i8, name: Words) -> Rule {
    Rule::new(When::Solar { month, day }, name)
}

const fn lunar(month: u8, day: u8, name: Words) -> Rule {
    let ahead = 0;
    Rule::new(When::Lunar { month, day, ahead }, name)
}

impl Rule {
    const fn new(when: When, name: Words) -> Self {
        Self {
            when,
            name,
            feast: None,
            since: None,
            substitute: None,
        }
    }

    const fn since(mut self, since: Date) -> Self {
        self.since = Some(since);
        self
    }

    const fn made_up(mut self, since: Option<Date>) -> Self {
        let lost = Lost::OnWeekends;
        self.substitute = Some(Substitute { lost, since });
        self
    }

    /// The days of a feast are made up for where a Sunday takes them, not a Saturday.
    const fn of(mut self, feast: Feast) -> Self {
        let (lost, since) = (Lost::OnSundays, None);
        self.feast = Some(feast);
        self.substitute = Some(Substitute { lost, since });
        self
    }

    const fn eve(self, feast: Feast) -> Self {
        self.moved(-1).of(feast)
    }

    const fn day_after(self, feast: Feast) -> Self {
        self.moved(1).of(feast)
    }

    const fn moved(mut self, by: i8) -> Self {
        if let When::Lunar { ahead, .. } = &mut self.when {
            *ahead = by;
        }
        self
    }

    /// Its day in a year, if it is in force then.
    pub(crate) fn day(&self, year: i16) -> Option<Date> {
        let day = match self.when {
            When::Solar { month, day } => Date::new(year, month, day).ok()?,
            When::Lunar { month, day, ahead } => {
                let day = lunar::solar(year, month, day)?;
                day.checked_add(ahead.days()).ok()?
            }
        };
        self.since.is_none_or(|it| it <= day).then_some(day)
    }

    /// Whether it is made up for where it is lost on this day.
    pub(crate) fn is_made_up(&self, day: Date) -> bool {
        let substitute = self.substitute.as_ref();
        substitute.is_some_and(|it| it.since.is_none_or(|since| since <= day))
    }

    /// Whether this day's place in the week takes it away, and it is made up for.
    pub(crate) fn is_lost_to_weekend(&self, day: Date) -> bool {
        let lost = self.substitute.as_ref().map(|it| it.lost);
        let lost = match (lost, day.weekday()) {
            (Some(_), Weekday::Sunday) | (Some(Lost::OnWeekends), Weekday::Saturday) => true,
            (_, _) => false,
        };
        lost && self.is_made_up(day)
    }
}
