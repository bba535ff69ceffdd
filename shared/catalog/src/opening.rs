//! When what is closed opens again.

use request::{LocalTime, Weekday};

use crate::Hours;

const DAYS_A_WEEK: usize = 7;

/// The next moment at which something can be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// 0 is today.
    pub days_ahead: u32,
    pub weekday: Weekday,
    pub minute_of_day: u32,
}

impl Opening {
    /// When all of the hours begin to be open together, the next time after `now`;
    /// none when that is not within a week.
    pub fn of_all(hours: &[&Hours], now: LocalTime) -> Option<Self> {
        let windows = hours.iter().flat_map(|it| &it.windows);
        let mut begins: Vec<u32> = windows.map(|it| it.from.0).chain([0]).collect();
        begins.sort_unstable();
        let today = now.weekday as usize;
        (0..=DAYS_A_WEEK)
            .flat_map(|ahead| begins.iter().map(move |minute| (ahead, *minute)))
            .filter(|(ahead, minute)| *ahead > 0 || *minute > now.minute_of_day)
            .map(|(ahead, minute_of_day)| Self {
                days_ahead: u32::try_from(ahead).unwrap_or(u32::MAX),
                weekday: Weekday::ALL[(today + ahead) % DAYS_A_WEEK],
                minute_of_day,
            })
            .find(|it| {
                let then = LocalTime {
                    weekday: it.weekday,
                    minute_of_day: it.minute_of_day,
                    ..now
                };
                hours.iter().all(|it| it.open_at(then))
            })
    }

    /// As it is said: `오늘 13:00`, `내일 09:00`, `월요일 09:00`.
    pub fn in_words(self, language: &str) -> String {
        let english = language == "en";
        let day = match (self.days_ahead, english) {
            (0, false) => "오늘",
            (0, true) => "today",
            (1, false) => "내일",
            (1, true) => "tomorrow",
            (_, false) => KOREAN[self.weekday as usize],
            (_, true) => ENGLISH[self.weekday as usize],
        };
        let (hour, minute) = (self.minute_of_day / 60, self.minute_of_day % 60);
        let joint = if english { " at" } else { "" };
        format!("{day}{joint} {hour:02}:{minute:02}")
    }
}

const KOREAN: [&str; DAYS_A_WEEK] = [
    "월요일",
    "화요일",
    "수요일",
    "목요일",
    "금요일",
    "토요일",
    "일요일",
];
const ENGLISH: [&str; DAYS_A_WEEK] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use request::Timestamp;

    use super::*;

    fn hours(windows: &str) -> Hours {
        let table: toml::Table = format!("hours = [{windows}]").parse().unwrap();
        table["hours"].clone().try_into().unwrap()
    }

    /// Some hours after Tuesday, 2026-11-24, 09:30 in Korea.
    fn after(hours: i64) -> LocalTime {
        Timestamp::from_millis(1_795_480_200_000 + hours * 3_600_000).local()
    }

    const WORKDAYS: &str = r#"{ days = ["monday", "tuesday", "wednesday", "thursday", "friday"], from = "09:00", to = "18:00" }"#;
    const AFTERNOONS: &str = r#"{ days = ["tuesday", "saturday"], from = "13:00", to = "20:00" }"#;

    #[test]
    fn what_is_closed_says_when_it_opens() {
        let (works, afternoons) = (hours(WORKDAYS), hours(AFTERNOONS));
        let always = Hours::default();
        let table: [(&[&Hours], i64, &str, &str); 6] = [
            (&[&afternoons], 0, "오늘 13:00", "today at 13:00"),
            (&[&works], 9, "내일 09:00", "tomorrow at 09:00"),
            (&[&works], 81, "월요일 09:00", "Monday at 09:00"),
            // Both at once: the agency's hours and the kiosk's own.
            (
                &[&works, &afternoons],
                24,
                "화요일 13:00",
                "Tuesday at 13:00",
            ),
            (&[&works, &always], 9, "내일 09:00", "tomorrow at 09:00"),
            // A whole week until the same hour again.
            (
                &[&works, &afternoons],
                4,
                "화요일 13:00",
                "Tuesday at 13:00",
            ),
        ];

        for (hours, later, korean, english) in table {
            let opening = Opening::of_all(hours, after(later)).unwrap();
            assert_eq!(opening.in_words("ko"), korean, "{later}");
            assert_eq!(opening.in_words("en"), english, "{later}");
        }
    }

    #[test]
    fn hours_that_never_meet_promise_nothing() {
        let sundays = hours(r#"{ days = ["sunday"], from = "10:00", to = "12:00" }"#);

        assert_eq!(
            Opening::of_all(&[&hours(WORKDAYS), &sundays], after(0)),
            None
        );
    }
}
