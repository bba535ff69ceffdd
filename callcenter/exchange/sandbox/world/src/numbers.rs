//! Numbers of persons and companies with their check digits.

use crate::{Date, Draw, Sex};

/// What the twelve digits before it make the thirteenth of a resident number; of an
/// alien registration number it is two more.
pub fn resident_check_digit(twelve: &str, alien: bool) -> u32 {
    let sum = weighed(twelve, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]);
    let base = if alien { 13 } else { 11 };
    (base - sum % 11) % 10
}

/// The thirteenth digit of a company's registration number (법인등록번호).
pub fn company_check_digit(twelve: &str) -> u32 {
    let sum = weighed(twelve, [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2]);
    (10 - sum % 10) % 10
}

/// The tenth digit of a business number (사업자등록번호).
pub fn business_check_digit(nine: &str) -> u32 {
    let sum = weighed(nine, [1, 3, 7, 1, 3, 7, 1, 3, 5]);
    let ninth = digits(nine).nth(8).unwrap_or(0);
    (10 - (sum + ninth * 5 / 10) % 10) % 10
}

fn digits(text: &str) -> impl Iterator<Item = u32> + '_ {
    text.chars().filter_map(|it| it.to_digit(10))
}

fn weighed<const N: usize>(text: &str, weights: [u32; N]) -> u32 {
    digits(text).zip(weights).map(|(it, by)| it * by).sum()
}

/// A resident number, or an alien registration number.
pub(crate) fn resident_number(draw: &mut Draw, born: Date, sex: Sex, alien: bool) -> String {
    let first = match (born.year() < 2000, alien) {
        (true, false) => 1,
        (false, false) => 3,
        (true, true) => 5,
        (false, true) => 7,
    };
    let of_sex = first + i32::from(sex == Sex::Female);
    let twelve = format!(
        "{:02}{:02}{:02}{of_sex}{}",
        born.year() % 100,
        born.month(),
        born.day(),
        draw.between(20_000, 89_999)
    );
    let check = resident_check_digit(&twelve, alien);
    format!("{twelve}{check}")
}

/// The day and sex a resident number tells.
pub(crate) fn born_and_sex(number: &str) -> Option<(Date, Sex)> {
    let digit: u32 = number.get(6..7)?.parse().ok()?;
    let century = match digit {
        9 | 0 => 18,
        1 | 2 | 5 | 6 => 19,
        _ => 20,
    };
    let born = format!(
        "{century}{}-{}-{}",
        number.get(..2)?,
        number.get(2..4)?,
        number.get(4..6)?
    );
    let sex = if digit % 2 == 1 {
        Sex::Male
    } else {
        Sex::Female
    };
    Some((Date::parse(&born)?, sex))
}

/// Registry office, kind of company, serial number and check digit.
pub(crate) fn company_number(office: u32, kind: u32, serial: usize) -> String {
    let twelve = format!("{office:04}{kind:02}{serial:06}");
    let check = company_check_digit(&twelve);
    format!("{twelve}{check}")
}

/// Tax office, kind of business, serial number and check digit.
pub(crate) fn business_number(office: u32, kind: u32, serial: usize) -> String {
    let nine = format!("{office:03}{kind:02}{:04}", serial % 10_000);
    let check = business_check_digit(&nine);
    format!("{nine}{check}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_those_of_the_published_rules() {
        // 124-81-00998 and 130111-0006246 stand in the printed notices of a large
        // company; the resident number is of the known inhabitants.
        assert_eq!(business_check_digit("124810099"), 8);
        assert_eq!(company_check_digit("130111000624"), 6);
        assert_eq!(resident_check_digit("900101299001", false), 4);
        assert_eq!(resident_check_digit("900101299001", true), 6);
    }

    #[test]
    fn a_number_tells_the_day_and_the_sex_it_was_made_of() {
        let mut draw = Draw::new(1, "numbers", 0);
        for (born, sex) in [
            (Date::of(1931, 2, 28), Sex::Male),
            (Date::of(2000, 2, 29), Sex::Female),
        ] {
            let number = resident_number(&mut draw, born, sex, false);
            assert_eq!(born_and_sex(&number), Some((born, sex)));
        }
    }
}
