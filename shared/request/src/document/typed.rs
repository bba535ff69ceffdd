//! A document number as somebody types it from a paper.

use super::DocumentNumber;
use crate::LocalTime;

const GROUP: usize = 4;

/// Why it cannot be a number; no store needs to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotANumber {
    Empty,
    /// So many letters and digits.
    Length(usize),
    /// A letter no number has.
    Letter(char),
    /// The first four are a year and a month.
    Month,
    /// That month has not come yet.
    NotYet,
}

impl DocumentNumber {
    /// Letters and digits of a number: year, month and what was drawn for it.
    pub const LETTERS: usize = 16;

    /// Reads a number: gaps, hyphens and small letters do not matter, and letters that
    /// look like digits are those.
    ///
    /// # Errors
    /// Why no paper has such a number.
    pub fn read(typed: &str, today: LocalTime) -> Result<Self, NotANumber> {
        let mut letters = Vec::with_capacity(Self::LETTERS);
        for letter in typed.chars().map(narrow) {
            if letter.is_whitespace() || is_dash(letter) {
                continue;
            }
            letters.push(meant(letter).ok_or(NotANumber::Letter(letter))?);
        }
        match letters.len() {
            0 => return Err(NotANumber::Empty),
            Self::LETTERS => {}
            other => return Err(NotANumber::Length(other)),
        }
        let digits = |from: usize| -> Option<u32> {
            let (tens, ones) = (letters[from].to_digit(10)?, letters[from + 1].to_digit(10)?);
            Some(10 * tens + ones)
        };
        let (year, month) = digits(0).zip(digits(2)).ok_or(NotANumber::Month)?;
        if !(1..=12).contains(&month) {
            return Err(NotANumber::Month);
        }
        if (i64::from(year), month) > (today.year % 100, today.month) {
            return Err(NotANumber::NotYet);
        }
        let groups: Vec<String> = letters
            .chunks(GROUP)
            .map(|it| it.iter().collect())
            .collect();
        Ok(Self::new(groups.join("-")))
    }
}

/// The usual form of a letter from a Korean or Japanese keyboard's wide ones.
fn narrow(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        other => other,
    }
}

fn is_dash(letter: char) -> bool {
    matches!(
        letter,
        '-' | '_' | '.' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}'
    )
}

/// The letter of the alphabet that was meant (Crockford's base 32).
fn meant(letter: char) -> Option<char> {
    match letter.to_ascii_uppercase() {
        'O' => Some('0'),
        'I' | 'L' => Some('1'),
        'U' => None,
        other => other.is_ascii_alphanumeric().then_some(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;

    /// 24 November 2026.
    fn today() -> LocalTime {
        Timestamp::from_millis(1_795_482_000_000).local()
    }

    fn number(typed: &str) -> Result<String, NotANumber> {
        DocumentNumber::read(typed, today()).map(|it| it.to_string())
    }

    #[test]
    fn gaps_hyphens_and_small_or_wide_letters_do_not_matter() {
        let meant = Ok("2611-7KQM-X4TD-09RW".to_owned());
        for typed in [
            "2611-7KQM-X4TD-09RW",
            "26117kqmx4td09rw",
            " 2611 7KQM  X4TD 09RW ",
            "２６１１－７ＫＱＭ－Ｘ４ＴＤ－０９ＲＷ",
            "2611–7KQM—X4TD−09RW",
            "26l1-7KQM-X4TD-O9RW",
        ] {
            assert_eq!(number(typed), meant, "{typed}");
        }
    }

    #[test]
    fn a_typing_error_is_told_from_a_number_nobody_has() {
        assert_eq!(number(" - "), Err(NotANumber::Empty));
        assert_eq!(number("2611-7KQM-X4TD-09R"), Err(NotANumber::Length(15)));
        assert_eq!(number("2611-7KQM-X4TD-09RWA"), Err(NotANumber::Length(17)));
        assert_eq!(number("2611-7UQM-X4TD-09RW"), Err(NotANumber::Letter('U')));
        assert_eq!(number("2611-7강QM-X4TD-09R"), Err(NotANumber::Letter('강')));
        assert_eq!(number("<b>1"), Err(NotANumber::Letter('<')));
        assert_eq!(number("2613-7KQM-X4TD-09RW"), Err(NotANumber::Month));
        assert_eq!(number("26A1-7KQM-X4TD-09RW"), Err(NotANumber::Month));
        assert_eq!(number("2612-7KQM-X4TD-09RW"), Err(NotANumber::NotYet));
    }
}
