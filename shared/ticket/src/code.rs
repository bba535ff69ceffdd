//! The code on a ticket: sixteen digits in four groups, as on a bank card.
//!
//! Digits alone, because every pad has them, every language reads them out, and
//! no digit looks like another. The first says what the ticket is for, fourteen
//! are random (46 bits), the last is a check digit (H. Michael Damm, "Total
//! anti-symmetrische Quasigruppen", 2004), which finds every wrong digit and
//! every pair of neighbors that changed places.

use std::fmt;

/// Digits of a whole code.
const DIGITS: usize = 16;
/// Digits between the kind and the check digit.
pub(crate) const RANDOM_DIGITS: usize = 14;
const GROUP: usize = 4;

/// Damm's totally anti-symmetric quasigroup of order ten.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// What a ticket entitles its bearer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// To collect what was asked for.
    Claim,
    /// To be paid what is owed.
    Refund,
    /// To be told how a petition stands: its receipt number.
    Receipt,
}

/// A code that passes its own check. Whoever has it may use the ticket, so
/// `Debug` shows its kind alone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code([u8; DIGITS]);

/// What was typed is no code. Does not repeat it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotACode {
    #[error("a ticket's code has sixteen digits")]
    Length,
    #[error("no ticket's code begins with this digit")]
    Kind,
    #[error("a digit of the ticket's code is wrong")]
    Check,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Claim, Self::Refund, Self::Receipt];

    fn digit(self) -> u8 {
        match self {
            Kind::Claim => 3,
            Kind::Refund => 7,
            Kind::Receipt => 5,
        }
    }
}

impl Code {
    /// How many digits a code has.
    pub const DIGITS: usize = DIGITS;

    /// Reads what a person typed; blanks and hyphens do not count.
    ///
    /// # Errors
    /// When it is not a code, and which check it fails.
    pub fn parse(text: &str) -> Result<Self, NotACode> {
        let mut digits = [0; DIGITS];
        let mut count = 0;
        for character in text.chars().filter(|it| !matches!(it, ' ' | '-')) {
            let digit = character.to_digit(10).ok_or(NotACode::Length)?;
            *digits.get_mut(count).ok_or(NotACode::Length)? = digit as u8;
            count += 1;
        }
        if count != DIGITS {
            return Err(NotACode::Length);
        }
        if check_digit(&digits) != 0 {
            return Err(NotACode::Check);
        }
        if Kind::ALL.iter().all(|it| it.digit() != digits[0]) {
            return Err(NotACode::Kind);
        }
        Ok(Self(digits))
    }

    pub(crate) fn new(kind: Kind, random: [u8; RANDOM_DIGITS]) -> Self {
        let mut digits = [0; DIGITS];
        digits[0] = kind.digit();
        digits[1..=RANDOM_DIGITS].copy_from_slice(&random);
        digits[DIGITS - 1] = check_digit(&digits[..DIGITS - 1]);
        Self(digits)
    }

    pub fn kind(&self) -> Kind {
        let named = |it: &Kind| it.digit() == self.0[0];
        Kind::ALL.into_iter().find(named).unwrap_or(Kind::Claim)
    }

    /// The sixteen digits without blanks, as ledgers keep them.
    pub fn digits(&self) -> String {
        self.0
            .iter()
            .map(|digit| char::from(b'0' + digit))
            .collect()
    }
}

/// Digits as paper and screen show a code and people read it aloud, four at a time:
/// `3104 6914 9391 8490`. Whether they are one is not looked at.
pub fn in_groups(digits: &str) -> String {
    let mut shown = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && index % GROUP == 0 {
            shown.push(' ');
        }
        shown.push(digit);
    }
    shown
}

impl fmt::Display for Code {
    /// In groups of four.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&in_groups(&self.digits()))
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({:?})", self.kind())
    }
}

/// Zero over digits that end with their own check digit.
fn check_digit(digits: &[u8]) -> u8 {
    let step = |interim: u8, digit: &u8| DAMM[usize::from(interim)][usize::from(*digit)];
    digits.iter().fold(0, step)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_check_digit_is_the_published_one() {
        // The example of Damm's thesis: 572 has the check digit 4.
        assert_eq!(check_digit(&[5, 7, 2]), 4);
        assert_eq!(check_digit(&[5, 7, 2, 4]), 0);
    }

    #[test]
    fn what_is_no_code_is_refused_for_what_is_wrong_with_it() {
        let code = Code::new(Kind::Claim, [0; RANDOM_DIGITS]).digits();
        let other_kind = Code([4; DIGITS]);
        let mut digits = other_kind.0;
        digits[DIGITS - 1] = check_digit(&digits[..DIGITS - 1]);

        assert_eq!(Code::parse(""), Err(NotACode::Length));
        assert_eq!(Code::parse(&code[1..]), Err(NotACode::Length));
        assert_eq!(Code::parse(&format!("{code}0")), Err(NotACode::Length));
        assert_eq!(Code::parse(&code.replace('0', "O")), Err(NotACode::Length));
        assert_eq!(Code::parse(&Code(digits).digits()), Err(NotACode::Kind));
    }

    #[test]
    fn digits_are_read_aloud_four_at_a_time() {
        for (digits, shown) in [
            ("", ""),
            ("1234", "1234"),
            ("12345", "1234 5"),
            ("1234567890123456", "1234 5678 9012 3456"),
        ] {
            assert_eq!(in_groups(digits), shown);
        }
    }

    #[test]
    fn a_code_in_a_log_is_not_a_code() {
        let code = Code::new(Kind::Refund, [1; RANDOM_DIGITS]);

        assert_eq!(format!("{code:?}"), "Code(Refund)");
    }

    proptest! {
        #[test]
        fn every_code_is_read_as_it_is_written(random: [u8; RANDOM_DIGITS], claim: bool) {
            let kind = if claim { Kind::Claim } else { Kind::Refund };
            let code = Code::new(kind, random.map(|it| it % 10));

            prop_assert_eq!(Code::parse(&code.to_string()).unwrap(), code.clone());
            prop_assert_eq!(Code::parse(&code.digits()).unwrap(), code.clone());
            prop_assert_eq!(code.kind(), kind);
        }

        #[test]
        fn one_wrong_digit_or_two_that_changed_places_are_found(
            random: [u8; RANDOM_DIGITS],
            place in 0..DIGITS - 1,
            by in 1_u8..10,
        ) {
            let code = Code::new(Kind::Claim, random.map(|it| it % 10));
            let mut wrong = code.0;
            wrong[place] = (wrong[place] + by) % 10;
            prop_assert_eq!(Code::parse(&Code(wrong).digits()), Err(NotACode::Check));

            let mut swapped = code.0;
            swapped.swap(place, place + 1);
            if swapped != code.0 {
                prop_assert_eq!(Code::parse(&Code(swapped).digits()), Err(NotACode::Check));
            }
        }
    }
}
