//! When something is open, in Korean civil time.

use request::{LocalTime, Weekday};
use serde::Deserialize;

/// Opening windows; empty means always open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Hours {
    pub windows: Vec<Window>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    pub days: Vec<Day>,
    pub from: TimeOfDay,
    /// Up to but not including this minute; `24:00` is midnight.
    pub to: TimeOfDay,
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
}

/// Minutes since midnight, 0 to 1440.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct TimeOfDay(pub u32);

impl TryFrom<String> for TimeOfDay {
    type Error = crate::Error;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let minutes = text.split_once(':').and_then(|(hours, minutes)| {
            let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
            let total = hours * 60 + minutes;
            (minutes < 60 && total <= 24 * 60).then_some(total)
        });
        minutes.map(Self).ok_or(crate::Error::TimeOfDay(text))
    }
}

impl std::fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl Hours {
    pub fn open_at(&self, moment: LocalTime) -> bool {
        self.windows.is_empty()
            || self.windows.iter().any(|window| {
                window.days.iter().any(|day| day.is(moment.weekday))
                    && (window.from.0..window.to.0).contains(&moment.minute_of_day)
            })
    }

    /// The hours as a sentence for the screen.
    pub fn in_words(&self, language: &str) -> String {
        if self.windows.is_empty() {
            return if language == "en" {
                "Open 24 hours"
            } else {
                "24시간"
            }
            .to_owned();
        }
        let windows: Vec<String> = self
            .windows
            .iter()
            .map(|window| {
                let days: Vec<&str> = window.days.iter().map(|day| day.short(language)).collect();
                let joint = if language == "en" { ", " } else { "·" };
                format!("{} {}–{}", span(&days, joint), window.from, window.to)
            })
            .collect();
        windows.join(", ")
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
    fn is(self, weekday: Weekday) -> bool {
        self as usize == weekday as usize
    }

    fn short(self, language: &str) -> &'static str {
        const KOREAN: [&str; 7] = ["월", "화", "수", "목", "금", "토", "일"];
        const ENGLISH: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        let names = if language == "en" { ENGLISH } else { KOREAN };
        names[self as usize]
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use request::Timestamp;

    use super::*;

    fn courts() -> Hours {
        let text = r#"
            hours = [
                { days = ["monday", "tuesday", "wednesday", "thursday", "friday"], from = "09:00", to = "20:00" },
            ]
        "#;
        let table: toml::Table = text.parse().unwrap();
        table["hours"].clone().try_into().unwrap()
    }

    #[test]
    fn the_courts_sleep_at_night_and_on_sunday() {
        // 2026-11-24 is a Tuesday; 00:30Z is 09:30 in Korea.
        let tuesday = Timestamp::from_millis(1_795_480_200_000);
        let hours = courts();

        assert!(hours.open_at(tuesday.local()));
        assert!(!hours.open_at((tuesday + std::time::Duration::from_secs(11 * 3600)).local()));
        assert!(!hours.open_at((tuesday + std::time::Duration::from_secs(5 * 86_400)).local()));
    }

    #[test]
    fn hours_are_said_the_way_people_say_them() {
        assert_eq!(courts().in_words("ko"), "월–금 09:00–20:00");
        assert_eq!(Hours::default().in_words("en"), "Open 24 hours");
    }

    #[test]
    fn a_quarter_past_nonsense_is_refused() {
        assert!(TimeOfDay::try_from("25:00".to_owned()).is_err());
        assert!(TimeOfDay::try_from("9".to_owned()).is_err());
    }
}
