//! A day as it is written: `2026-11-24`.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, de::Error};

const WRITTEN: usize = "2026-11-24".len();

/// Reads `YYYY-MM-DD` (ISO 8601-1, 5.2.2.1, extended) and no other form; none when
/// there is no such day.
pub fn parse_day(text: &str) -> Option<Date> {
    let day: Date = text.parse().ok()?;
    // The library reads shorter and longer forms, too.
    (text.len() == WRITTEN && day.to_string() == text).then_some(day)
}

/// Reads a day in a file.
///
/// # Errors
/// When it is not written like [`parse_day`] wants it.
pub fn deserialize_day<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    let text = String::deserialize(from)?;
    parse_day(&text).ok_or_else(|| D::Error::custom("a day is written like 2026-12-25"))
}

/// Reads a day that may be left out.
///
/// # Errors
/// As of [`deserialize_day`].
pub fn deserialize_optional_day<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<Date>, D::Error> {
    deserialize_day(from).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_does_not_exist_or_is_written_otherwise_is_none() {
        let reads = |text| parse_day(text).is_some();

        for text in ["2024-02-29", "1800-01-01", "2026-12-31"] {
            assert!(reads(text), "{text}");
        }
        for text in [
            "2023-02-29",
            "1900-02-29",
            "2024-13-01",
            "2024-4-01",
            "2024-04-01-",
            "20240401",
            "2024-04-01T09:00",
            "+002024-04-01",
            "-000024-04-01",
            "２０２４-04-01",
            "",
        ] {
            assert!(!reads(text), "{text}");
        }
    }
}
