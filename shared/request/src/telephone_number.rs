//! A telephone that text messages reach.

use privacy::Personal;
use serde::{Deserialize, Serialize};

/// Dialled from abroad to reach Korea (ITU-T E.164).
const KOREA: &str = "82";
/// Digits of a number with its country's code, at most (ITU-T E.164, 6.2).
const DIGITS_MAX: usize = 15;
/// No country has shorter numbers of mobile telephones.
const DIGITS_MIN: usize = 8;

/// The number of a mobile telephone: its country's code and the number there,
/// digits alone (ITU-T E.164).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TelephoneNumber(Personal<String>);

/// What was typed is not the number of a mobile telephone. Says nothing of what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the number of a mobile telephone")]
pub struct NotAMobile;

impl TelephoneNumber {
    /// Reads a number as people write it: a Korean mobile telephone's as it is
    /// dialled in Korea (`010-1234-5678`), any other with `+` and its country's code.
    ///
    /// # Errors
    /// When it is neither; fixed telephones in Korea take no messages.
    pub fn parse(text: &str) -> Result<Self, NotAMobile> {
        let kept = text
            .trim()
            .chars()
            .filter(|it| !matches!(it, ' ' | '-' | '.' | '(' | ')'));
        let dialled: String = kept.collect();
        let (abroad, digits) = match dialled.strip_prefix('+') {
            Some(digits) => (true, digits),
            None => (false, dialled.as_str()),
        };
        if digits.is_empty() || !digits.bytes().all(|it| it.is_ascii_digit()) {
            return Err(NotAMobile);
        }
        let at_home = match (abroad, digits.strip_prefix(KOREA)) {
            (true, Some(rest)) => Some(rest.trim_start_matches('0')),
            (true, None) => None,
            (false, _) => Some(digits.strip_prefix('0').ok_or(NotAMobile)?),
        };
        let number = match at_home {
            Some(rest) if is_korean_mobile(rest) => format!("{KOREA}{rest}"),
            Some(_) => return Err(NotAMobile),
            None if digits.starts_with('0') => return Err(NotAMobile),
            None => digits.to_owned(),
        };
        if !(DIGITS_MIN..=DIGITS_MAX).contains(&number.len()) {
            return Err(NotAMobile);
        }
        Ok(Self(Personal::new(number)))
    }

    /// The digits with the country's code, without `+`.
    pub fn digits(&self) -> &Personal<String> {
        &self.0
    }
}

/// Whether a number without its leading nought is a Korean mobile telephone's: 10
/// and eight digits, or 11, 16 to 19 and seven or eight.
fn is_korean_mobile(rest: &str) -> bool {
    match rest.get(..2) {
        Some("10") => rest.len() == 10,
        Some("11" | "16" | "17" | "18" | "19") => (9..=10).contains(&rest.len()),
        Some(_) | None => false,
    }
}

#[cfg(test)]
mod tests;
