//! How much of a person may stand on a receipt or a screen.

/// Shows a resident number as its birth date and sex digit: `900101-1******`.
///
/// Digits not yet typed are left out, so a growing entry can be shown too.
pub fn mask_resident_number(digits: &str) -> String {
    let mut shown = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index == 6 {
            shown.push('-');
        }
        shown.push(if index < 7 { digit } else { '●' });
    }
    shown
}

/// Shows the first and the last letter of a name: `홍*동`, `김*`.
pub fn mask_name(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    letters
        .iter()
        .enumerate()
        .map(|(index, letter)| {
            let outer = index == 0 || (index + 1 == letters.len() && letters.len() > 2);
            if outer || *letter == ' ' {
                *letter
            } else {
                '*'
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_shows_no_more_than_birth_date_and_sex() {
        assert_eq!(mask_resident_number("9001011234567"), "900101-1●●●●●●");
        assert_eq!(mask_resident_number("900101"), "900101");
        assert_eq!(mask_resident_number("90010112"), "900101-1●");
    }

    #[test]
    fn a_name_keeps_its_ends() {
        assert_eq!(mask_name("홍길동"), "홍*동");
        assert_eq!(mask_name("김수"), "김*");
        assert_eq!(mask_name(""), "");
    }
}
