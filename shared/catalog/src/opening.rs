//! When what is closed opens again, and how that is said.

use calendar::{Date, Names, Weekday};

const DAYS_A_WEEK: u32 = 7;

/// The next moment at which something can be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// 0 is today.
    pub days_ahead: u32,
    pub date: Date,
    pub minute_of_day: u32,
    /// The holidays without which it would open earlier.
    pub holidays: Option<Names>,
}

impl Opening {
    /// As it is said in a few words: `오늘 13:00`, `내일 09:00`, `월요일 09:00`, and
    /// `2월 19일(목) 09:00` where a weekday alone would not be understood.
    pub fn in_words(&self, language: &str) -> String {
        let joint = if language == "en" { " at" } else { "" };
        let time = clock(self.minute_of_day);
        format!("{}{joint} {time}", self.day(language))
    }

    /// As a whole sentence: `설날 연휴라 2월 19일(목) 오전 9시부터 할 수 있어요.`
    pub fn sentence(&self, language: &str) -> String {
        let day = self.day(language);
        let holidays = self.holidays.as_ref().map(|it| it.in_language(language));
        if language == "en" {
            let because = holidays.map_or_else(String::new, |it| format!("Because of {it}, "));
            let open = format!("open from {day} at {}", clock(self.minute_of_day));
            let it = if because.is_empty() { "It is" } else { "it is" };
            format!("{because}{it} {open}.")
        } else {
            let because = holidays.map_or_else(String::new, |it| format!("{it}{} ", copula(it)));
            let time = korean_time(self.minute_of_day);
            format!("{because}{day} {time}부터 할 수 있어요.")
        }
    }

    fn day(&self, language: &str) -> String {
        let english = language == "en";
        let date = self.date;
        let weekday = date.weekday();
        let near = self.days_ahead < DAYS_A_WEEK && self.holidays.is_none();
        match (self.days_ahead, english) {
            (0, false) => "오늘".to_owned(),
            (0, true) => "today".to_owned(),
            (1, false) => "내일".to_owned(),
            (1, true) => "tomorrow".to_owned(),
            (_, false) if near => format!("{}요일", korean(weekday)),
            (_, true) if near => self.date.strftime("%A").to_string(),
            (_, false) => format!("{}월 {}일({})", date.month(), date.day(), korean(weekday)),
            (_, true) => self.date.strftime("%A, %B %-d").to_string(),
        }
    }
}

fn korean(weekday: Weekday) -> &'static str {
    const NAMES: [&str; 7] = ["월", "화", "수", "목", "금", "토", "일"];
    NAMES[usize::from(weekday.to_monday_zero_offset().unsigned_abs())]
}

/// `오전 9시`, `오후 1시 30분`.
fn korean_time(minute_of_day: u32) -> String {
    let (hour, minute) = (minute_of_day / 60, minute_of_day % 60);
    let half = if hour < 12 { "오전" } else { "오후" };
    let hour = if hour > 12 { hour - 12 } else { hour };
    match minute {
        0 => format!("{half} {hour}시"),
        minute => format!("{half} {hour}시 {minute}분"),
    }
}

/// `09:00`
fn clock(minute_of_day: u32) -> String {
    let (hour, minute) = (minute_of_day / 60, minute_of_day % 60);
    format!("{hour:02}:{minute:02}")
}

/// `이라` after a syllable that ends in a consonant, `라` after another.
fn copula(name: &str) -> &'static str {
    /// Syllables with the same beginning, one for each end (Unicode, ch. 3.12).
    const ENDS: u32 = 28;
    let last = name.chars().last().map_or(0, u32::from);
    let syllable = (0xAC00..=0xD7A3).contains(&last);
    if syllable && (last - 0xAC00).is_multiple_of(ENDS) {
        "라"
    } else {
        "이라"
    }
}

#[cfg(test)]
mod tests {
    use calendar::date;

    use super::*;

    fn opening(days_ahead: u32, minute_of_day: u32, holidays: Option<(&str, &str)>) -> Opening {
        let holidays = holidays.map(|(ko, en)| Names {
            ko: ko.to_owned().into(),
            en: en.to_owned().into(),
        });
        Opening {
            days_ahead,
            date: date(2026, 2, 19),
            minute_of_day,
            holidays,
        }
    }

    #[test]
    fn an_opening_is_said_the_way_people_say_it() {
        let seollal = Some(("설날 연휴", "the Lunar New Year holidays"));
        let day = Some(("광복절", "Liberation Day"));
        let table = [
            (
                opening(0, 13 * 60, None),
                "오늘 오후 1시부터 할 수 있어요.",
                "It is open from today at 13:00.",
            ),
            (
                opening(1, 9 * 60 + 30, None),
                "내일 오전 9시 30분부터 할 수 있어요.",
                "It is open from tomorrow at 09:30.",
            ),
            (
                opening(2, 0, None),
                "목요일 오전 0시부터 할 수 있어요.",
                "It is open from Thursday at 00:00.",
            ),
            (
                opening(4, 9 * 60, seollal),
                "설날 연휴라 2월 19일(목) 오전 9시부터 할 수 있어요.",
                "Because of the Lunar New Year holidays, it is open from Thursday, February 19 at 09:00.",
            ),
            (
                opening(1, 12 * 60, day),
                "광복절이라 내일 오후 12시부터 할 수 있어요.",
                "Because of Liberation Day, it is open from tomorrow at 12:00.",
            ),
            (
                opening(9, 9 * 60, None),
                "2월 19일(목) 오전 9시부터 할 수 있어요.",
                "It is open from Thursday, February 19 at 09:00.",
            ),
        ];

        for (opening, korean, english) in table {
            assert_eq!(opening.sentence("ko"), korean);
            assert_eq!(opening.sentence("en"), english);
        }
    }

    #[test]
    fn on_a_tile_it_is_said_in_a_few_words() {
        let words = |days| {
            let opening = opening(days, 9 * 60, None);
            (opening.in_words("ko"), opening.in_words("en"))
        };
        let both = |ko: &str, en: &str| (ko.to_owned(), en.to_owned());

        assert_eq!(words(0), both("오늘 09:00", "today at 09:00"));
        assert_eq!(words(1), both("내일 09:00", "tomorrow at 09:00"));
        assert_eq!(words(2), both("목요일 09:00", "Thursday at 09:00"));
        assert_eq!(
            words(7),
            both("2월 19일(목) 09:00", "Thursday, February 19 at 09:00")
        );
    }
}
