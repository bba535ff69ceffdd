//! Moments and spans as people read them.

use std::time::Duration;

use request::Timestamp;

use super::Language;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// In Korea's time, to the minute.
pub(super) fn moment(at: Timestamp, language: Language) -> String {
    let it = at.local();
    let (hour, minute) = (it.minute_of_day / 60, it.minute_of_day % 60);
    language.say(
        format!(
            "{}년 {}월 {}일 {hour:02}:{minute:02}",
            it.year, it.month, it.day
        ),
        format!("{it} {hour:02}:{minute:02}"),
    )
}

/// The same for machines (HTML, 2.3.5.7).
pub(super) fn machine(at: Timestamp) -> String {
    let it = at.local();
    let (hour, minute) = (it.minute_of_day / 60, it.minute_of_day % 60);
    format!("{it}T{hour:02}:{minute:02}+09:00")
}

/// How long ago something was.
pub(super) fn ago(at: Timestamp, now: Timestamp, language: Language) -> String {
    let seconds = (now.as_millis() - at.as_millis()) / 1_000;
    match u64::try_from(seconds) {
        Err(_) => language
            .say("시계가 앞서 있음", "ahead of our clock")
            .to_owned(),
        Ok(seconds) if seconds < MINUTE => language.say("방금", "just now").to_owned(),
        Ok(seconds) => {
            let span = span(Duration::from_secs(seconds), language);
            language.say(format!("{span} 전"), format!("{span} ago"))
        }
    }
}

/// In the largest unit that fits.
pub(super) fn span(lasts: Duration, language: Language) -> String {
    let seconds = lasts.as_secs();
    let (count, korean, english) = match seconds {
        ..MINUTE => (seconds, "초", "second"),
        MINUTE..HOUR => (seconds / MINUTE, "분", "minute"),
        HOUR..DAY => (seconds / HOUR, "시간", "hour"),
        DAY.. => (seconds / DAY, "일", "day"),
    };
    let plural = if count == 1 { "" } else { "s" };
    language.say(
        format!("{}{korean}", grouped(count)),
        format!("{} {english}{plural}", grouped(count)),
    )
}

/// With a comma between thousands.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-24 10:00 in Korea.
    const TEN: Timestamp = Timestamp::from_millis(1_795_482_000_000);

    #[test]
    fn moments_are_koreas_and_spans_are_told_in_their_largest_unit() {
        assert_eq!(moment(TEN, Language::Korean), "2026년 11월 24일 10:00");
        assert_eq!(moment(TEN, Language::English), "2026-11-24 10:00");
        assert_eq!(machine(TEN), "2026-11-24T10:00+09:00");
        for (seconds, korean, english) in [
            (0, "방금", "just now"),
            (60, "1분 전", "1 minute ago"),
            (7_300, "2시간 전", "2 hours ago"),
            (90_000, "1일 전", "1 day ago"),
        ] {
            let now = TEN + Duration::from_secs(seconds);
            assert_eq!(ago(TEN, now, Language::Korean), korean);
            assert_eq!(ago(TEN, now, Language::English), english);
        }
        let before = Timestamp::from_millis(0);
        assert_eq!(ago(TEN, before, Language::Korean), "시계가 앞서 있음");
    }

    #[test]
    fn thousands_are_grouped() {
        let told = [0, 999, 1_000, 1_234_567].map(grouped);

        assert_eq!(told, ["0", "999", "1,000", "1,234,567"]);
    }
}
