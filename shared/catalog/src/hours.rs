//! When something is open, in Korean civil time.

use calendar::{Calendar, Date, Weekday};
use request::LocalTime;
use serde::Deserialize;

use crate::Error;

/// Opening windows; empty means always open, on public holidays, too.
///
/// On a public holiday, whatever day of the week it is, only those windows hold whose
/// `days` name `holiday`: offices, courts and schools are closed then, and say nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Hours {
    pub windows: Vec<Window>,
}

/// A part of a day, such as `{ days = ["saturday", "holiday"], from = "09:00", to = "13:00" }`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "WrittenWindow")]
pub struct Window {
    pub days: Vec<Day>,
    pub from: TimeOfDay,
    /// Up to but not including this minute; `24:00` is midnight.
    pub to: TimeOfDay,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenWindow {
    days: Vec<Day>,
    from: TimeOfDay,
    to: TimeOfDay,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
    /// A public holiday ([`calendar`]), whatever day of the week it is.
    Holiday,
}

/// Minutes since midnight, 0 to 1440.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct TimeOfDay(pub u32);

impl TryFrom<String> for TimeOfDay {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let minutes = text.split_once(':').and_then(|(hours, minutes)| {
            let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
            let total = hours.checked_mul(60)?.checked_add(minutes)?;
            (minutes < 60 && total <= 24 * 60).then_some(total)
        });
        minutes.map(Self).ok_or(Error::TimeOfDay(text))
    }
}

impl std::fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl TryFrom<WrittenWindow> for Window {
    type Error = Error;

    fn try_from(written: WrittenWindow) -> Result<Self, Self::Error> {
        let WrittenWindow { days, from, to } = written;
        if from >= to {
            return Err(Error::Backwards(from.to_string(), to.to_string()));
        }
        Ok(Self { days, from, to })
    }
}

impl Hours {
    pub fn open_at(&self, calendar: &Calendar, moment: LocalTime) -> bool {
        let (day, minute) = (moment.date(), moment.minute_of_day);
        self.open_on(day, calendar.holiday(day).is_some(), minute)
    }

    /// Whether a day's minute is within, were the day a holiday or not.
    pub(crate) fn open_on(&self, day: Date, holiday: bool, minute: u32) -> bool {
        let today = |window: &Window| window.days.iter().any(|it| it.is(day.weekday(), holiday));
        let within = |window: &Window| (window.from.0..window.to.0).contains(&minute);
        self.windows.is_empty() || self.windows.iter().any(|it| today(it) && within(it))
    }

    /// When a moment's window ends; none when it is in no window, or there is no end.
    pub fn open_until(&self, calendar: &Calendar, moment: LocalTime) -> Option<TimeOfDay> {
        let (day, minute) = (moment.date(), moment.minute_of_day);
        let holiday = calendar.holiday(day).is_some();
        let today = |window: &&Window| window.days.iter().any(|it| it.is(day.weekday(), holiday));
        let within = |window: &&Window| (window.from.0..window.to.0).contains(&minute);
        let now = self.windows.iter().filter(today).filter(within);
        now.map(|it| it.to).max()
    }

    /// The hours as a sentence for the screen.
    pub fn in_words(&self, language: &str) -> String {
        let english = language == "en";
        if self.windows.is_empty() {
            return if english { "Open 24 hours" } else { "24시간" }.to_owned();
        }
        let mut parts: Vec<String> = self
            .windows
            .iter()
            .map(|window| {
                let days: Vec<&str> = window.days.iter().map(|day| day.short(language)).collect();
                let joint = if english { ", " } else { "·" };
                format!("{} {}–{}", span(&days, joint), window.from, window.to)
            })
            .collect();
        let mut days = self.windows.iter().flat_map(|it| &it.days);
        if !days.any(|it| *it == Day::Holiday) {
            let closed = if english {
                "not on public holidays"
            } else {
                "공휴일 쉼"
            };
            parts.push(closed.to_owned());
        }
        parts.join(", ")
    }
}

/// `Mon–Fri` for a run of days, otherwise the days one by one.
fn span(days: &[&str], joint: &str) -> String {
    match days {
        [first, .., last] if days.len() > 2 => format!("{first}–{last}"),
        days => days.join(joint),
    }
}

impl Day {
    /// Whether a day of a calendar is one of these.
    fn is(self, weekday: Weekday, holiday: bool) -> bool {
        if holiday {
            self == Self::Holiday
        } else {
            self.is_weekday(weekday)
        }
    }

    pub(crate) fn is_weekday(self, weekday: Weekday) -> bool {
        self as u8 == weekday.to_monday_zero_offset().unsigned_abs()
    }

    fn short(self, language: &str) -> &'static str {
        const KOREAN: [&str; 8] = ["월", "화", "수", "목", "금", "토", "일", "공휴일"];
        const ENGLISH: [&str; 8] = [
            "Mon",
            "Tue",
            "Wed",
            "Thu",
            "Fri",
            "Sat",
            "Sun",
            "public holidays",
        ];
        let names = if language == "en" { ENGLISH } else { KOREAN };
        names[self as usize]
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use request::Timestamp;

    use super::*;

    fn hours(windows: &str) -> Result<Hours, toml::de::Error> {
        let table: toml::Table = format!("hours = [{windows}]").parse().unwrap();
        table["hours"].clone().try_into()
    }

    fn courts() -> Hours {
        let week = r#"{ days = ["monday", "tuesday", "wednesday", "thursday", "friday"], from = "09:00", to = "20:00" }"#;
        hours(week).unwrap()
    }

    /// 2026-11-24 is a Tuesday; 00:30Z is 09:30 in Korea.
    fn after_tuesday(hours: i64) -> LocalTime {
        Timestamp::from_millis(1_795_480_200_000 + hours * 3_600_000).local()
    }

    #[test]
    fn the_courts_sleep_at_night_and_on_sunday_and_on_christmas() {
        let (hours, calendar) = (courts(), Calendar::default());

        assert!(hours.open_at(&calendar, after_tuesday(0)));
        assert!(!hours.open_at(&calendar, after_tuesday(11)));
        assert!(!hours.open_at(&calendar, after_tuesday(5 * 24)));
        // A Friday, and the one before it.
        assert!(!hours.open_at(&calendar, after_tuesday(31 * 24)));
        assert!(hours.open_at(&calendar, after_tuesday(24 * 24)));
    }

    #[test]
    fn who_is_there_on_holidays_says_so() {
        let hours = hours(r#"{ days = ["saturday", "holiday"], from = "09:00", to = "13:00" }"#);
        let (hours, calendar) = (hours.unwrap(), Calendar::default());

        // Christmas, a Friday.
        assert!(hours.open_at(&calendar, after_tuesday(31 * 24)));
        assert!(!hours.open_at(&calendar, after_tuesday(31 * 24 + 4)));
        assert!(!hours.open_at(&calendar, after_tuesday(24 * 24)));
        assert!(Hours::default().open_at(&calendar, after_tuesday(31 * 24)));
    }

    #[test]
    fn hours_are_said_the_way_people_say_them() {
        let words = |hours: &Hours| (hours.in_words("ko"), hours.in_words("en"));
        let both = |ko: &str, en: &str| (ko.to_owned(), en.to_owned());
        let saturdays = r#"{ days = ["saturday", "holiday"], from = "09:00", to = "13:00" }"#;

        assert_eq!(
            words(&courts()),
            both(
                "월–금 09:00–20:00, 공휴일 쉼",
                "Mon–Fri 09:00–20:00, not on public holidays"
            )
        );
        assert_eq!(
            words(&hours(saturdays).unwrap()),
            both("토·공휴일 09:00–13:00", "Sat, public holidays 09:00–13:00")
        );
        assert_eq!(words(&Hours::default()), both("24시간", "Open 24 hours"));
    }

    #[test]
    fn a_quarter_past_nonsense_is_refused() {
        for text in ["25:00", "9", "4000000000:00", "09:60", "-1:00"] {
            assert!(TimeOfDay::try_from(text.to_owned()).is_err(), "{text}");
        }
    }

    #[test]
    fn a_window_across_midnight_is_refused_and_told_how_to_be_written() {
        let refused = hours(r#"{ days = ["friday"], from = "22:00", to = "02:00" }"#).unwrap_err();

        assert!(refused.to_string().contains("22:00 to 02:00"), "{refused}");
        assert!(refused.to_string().contains("24:00"), "{refused}");
    }
}
