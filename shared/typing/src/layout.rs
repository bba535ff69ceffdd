//! What stands on the keys.

/// The two-set layout (KS X 5002), row by row.
pub const HANGUL: [&str; 3] = [
    "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ",
    "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ",
    "ㅋㅌㅊㅍㅠㅜㅡ",
];
pub const LATIN: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// Latin capitals and a hyphen, for codes; digits stand above them.
pub const CAPITALS: [&str; 3] = ["QWERTYUIOP", "ASDFGHJKL-", "ZXCVBNM"];
pub const DIGITS: &str = "1234567890";

/// What a key gives while shift is held.
pub fn shifted(key: char) -> char {
    match key {
        'ㅂ' => 'ㅃ',
        'ㅈ' => 'ㅉ',
        'ㄷ' => 'ㄸ',
        'ㄱ' => 'ㄲ',
        'ㅅ' => 'ㅆ',
        'ㅐ' => 'ㅒ',
        'ㅔ' => 'ㅖ',
        other => other.to_ascii_uppercase(),
    }
}

/// The Hangul letter on a Latin key, for a keyboard without an input method.
pub fn latin_as_jamo(key: char) -> Option<char> {
    let lower = key.to_ascii_lowercase();
    let (row, column) = LATIN.iter().enumerate().find_map(|(row, keys)| {
        keys.chars()
            .position(|it| it == lower)
            .map(|column| (row, column))
    })?;
    let jamo = HANGUL[row].chars().nth(column)?;
    Some(if key.is_ascii_uppercase() {
        shifted(jamo)
    } else {
        jamo
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_layouts_have_the_same_shape() {
        for (hangul, latin) in HANGUL.iter().zip(LATIN) {
            assert_eq!(hangul.chars().count(), latin.len());
        }
        assert_eq!(latin_as_jamo('g'), Some('ㅎ'));
        assert_eq!(latin_as_jamo('R'), Some('ㄲ'));
        assert_eq!(latin_as_jamo('1'), None);
    }
}
