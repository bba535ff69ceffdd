//! People who do not exist.

use request::ResidentNumber;

use dice::Dice;

const FAMILY_NAMES: [&str; 6] = ["가온", "누리", "다솜", "마루", "새별", "한별"];
const GIVEN_NAMES: [&str; 8] = [
    "연습이",
    "하나미",
    "두리안",
    "세모아",
    "네모린",
    "다섯별",
    "여섯솔",
    "일곱빛",
];
const LATIN_NAMES: [&str; 6] = [
    "Practice Avery",
    "Practice Blake",
    "Practice Casey",
    "Practice Drew",
    "Practice Ellis",
    "Practice Finley",
];
/// Weights of the checksum that numbers had until October 2020.
const WEIGHTS: [u32; 12] = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];

/// A name that nobody has, in a language by its ISO 639-1 code.
pub(crate) fn name(dice: &mut Dice, language: &str) -> String {
    let mut drawn = |names: &[&'static str]| dice.one_of(names).copied().unwrap_or_default();
    match language {
        "en" => drawn(&LATIN_NAMES).to_owned(),
        _ => {
            let family = drawn(&FAMILY_NAMES);
            format!("{family} {}", drawn(&GIVEN_NAMES))
        }
    }
}

/// A number of the right form that was given to nobody: born before 2000, when the
/// last digit was still a checksum, and with a wrong one.
pub(crate) fn resident_number(dice: &mut Dice) -> String {
    let (year, month, day) = (50 + dice.below(50), 1 + dice.below(12), 1 + dice.below(28));
    let sex = 1 + dice.below(2);
    let mut digits = format!("{year:02}{month:02}{day:02}{sex}{:05}", dice.below(100_000));
    let sum: u32 = digits
        .bytes()
        .zip(WEIGHTS)
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    let right = (11 - sum % 11) % 10;
    digits.push_str(&((right + 1) % 10).to_string());
    digits
}

/// As the desk reads it.
pub(crate) fn parsed(digits: &str) -> Option<ResidentNumber> {
    ResidentNumber::parse(digits).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_desk_takes_invented_numbers_and_none_was_ever_given_to_anybody() {
        let mut dice = Dice::new(7);

        for _ in 0..2_000 {
            let number = resident_number(&mut dice);

            assert!(parsed(&number).is_some(), "{number}");
            let digits: Vec<u32> = number.bytes().map(|it| u32::from(it - b'0')).collect();
            let sum: u32 = digits.iter().zip(WEIGHTS).map(|(it, by)| it * by).sum();
            assert_ne!((11 - sum % 11) % 10, digits[12], "{number}");
        }
    }
}
