//! A span of a day, as it is written on an office's door.

use std::str::FromStr;

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time},
    tz::TimeZone,
};

use crate::HoursError;

/// `09:00-18:00`. What ends before it begins, or at `24:00`, ends on the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    opens: Time,
    closes: Time,
    into_next_day: bool,
}

impl Span {
    /// When it begins and ends on this day. What daylight saving skips counts by the
    /// clock before the change, what it repeats is taken the first time.
    ///
    /// `None` for days no calendar has.
    pub(crate) fn on(&self, day: Date, zone: &TimeZone) -> Option<[Timestamp; 2]> {
        let last = match self.into_next_day {
            true => day.checked_add(1.day()).ok()?,
            false => day,
        };
        let at = |day: Date, time: Time| {
            let zoned = zone.to_ambiguous_zoned(day.to_datetime(time));
            Some(zoned.compatible().ok()?.timestamp())
        };
        Some([at(day, self.opens)?, at(last, self.closes)?])
    }
}

impl FromStr for Span {
    type Err = HoursError;

    fn from_str(text: &str) -> Result<Self, HoursError> {
        let wrong = || HoursError::Span(text.to_owned());
        let (opens, closes) = text.split_once('-').ok_or_else(wrong)?;
        let opens = time(opens).ok_or_else(wrong)?;
        let midnight = closes.trim() == "24:00";
        let closes = match midnight {
            true => Time::midnight(),
            false => time(closes).ok_or_else(wrong)?,
        };
        // All day is 00:00-24:00; 09:00-09:00 may mean that, or nothing.
        if opens == closes && !midnight {
            return Err(wrong());
        }
        Ok(Self {
            opens,
            closes,
            into_next_day: closes <= opens,
        })
    }
}

/// `09:00`, and nothing else that a clock could mean.
fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.trim().split_once(':')?;
    let number = |digits: &str| {
        let plain = digits.len() == 2 && digits.bytes().all(|it| it.is_ascii_digit());
        plain.then(|| digits.parse::<i8>().ok()).flatten()
    };
    Time::new(number(hour)?, number(minute)?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_span_is_refused_as_it_was_written() {
        for text in [
            "",
            "9-18",
            "09:00",
            "09:00-25:00",
            "09:60-10:00",
            "9:00-18:00",
            "09:00-09:00",
            "24:00-24:00",
            "+9:00-10:00",
            "09:00-18:00-19:00",
        ] {
            assert_eq!(
                text.parse::<Span>(),
                Err(HoursError::Span(text.to_owned())),
                "{text}"
            );
        }
    }
}
