//! The resident registration number (주민등록번호).

use privacy::Personal;
use serde::{Deserialize, Serialize};

/// Thirteen digits: birth date, century and sex, six more.
///
/// The last digit was a checksum until October 2020 and is arbitrary since, so
/// it is no ground to turn a person away; the date and the century digit are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ResidentNumber(Personal<String>);

/// What was typed is not a resident number. Says nothing of what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a resident number")]
pub struct MalformedNumber;

impl ResidentNumber {
    /// # Errors
    /// When there are not thirteen digits or the birth date does not exist.
    pub fn parse(text: &str) -> Result<Self, MalformedNumber> {
        let digits: String = text.chars().filter(|it| *it != '-').collect();
        if digits.len() != 13 || !digits.bytes().all(|it| it.is_ascii_digit()) {
            return Err(MalformedNumber);
        }
        let number = |range: std::ops::Range<usize>| digits[range].parse().unwrap_or(0);
        let century = match digits.as_bytes()[6] {
            b'9' | b'0' => 1800,
            b'1' | b'2' | b'5' | b'6' => 1900,
            _ => 2000,
        };
        let (year, month, day) = (century + number(0..2), number(2..4), number(4..6));
        if day == 0 || day > days_in(year, month) {
            return Err(MalformedNumber);
        }
        Ok(Self(Personal::new(digits)))
    }

    /// The thirteen digits without a hyphen.
    pub fn digits(&self) -> &Personal<String> {
        &self.0
    }
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birthday_that_never_was_is_no_number() {
        for text in [
            "",
            "900101",
            "9013011234567",
            "9002301234567",
            "90010112345ab",
            "9001011234567890",
        ] {
            assert_eq!(ResidentNumber::parse(text), Err(MalformedNumber), "{text}");
        }
    }

    #[test]
    fn numbers_of_all_centuries_are_numbers() {
        for text in [
            "900101-1234567",
            "0402293234567",
            "9912319234567",
            "9002285234567",
        ] {
            assert!(ResidentNumber::parse(text).is_ok(), "{text}");
        }
    }
}
