//! Which keys of a two-set keyboard (KS X 5002) type a text.

const SYLLABLES: std::ops::RangeInclusive<u32> = 0xAC00..=0xD7A3;
/// Keys of initials, medials and finals in the order of syllables (Unicode 15, ch. 3.12).
const INITIALS: [&str; 19] = [
    "ㄱ", "ㄲ", "ㄴ", "ㄷ", "ㄸ", "ㄹ", "ㅁ", "ㅂ", "ㅃ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅉ", "ㅊ", "ㅋ",
    "ㅌ", "ㅍ", "ㅎ",
];
const MEDIALS: [&str; 21] = [
    "ㅏ", "ㅐ", "ㅑ", "ㅒ", "ㅓ", "ㅔ", "ㅕ", "ㅖ", "ㅗ", "ㅗㅏ", "ㅗㅐ", "ㅗㅣ", "ㅛ", "ㅜ",
    "ㅜㅓ", "ㅜㅔ", "ㅜㅣ", "ㅠ", "ㅡ", "ㅡㅣ", "ㅣ",
];
const FINALS: [&str; 28] = [
    "", "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ",
    "ㄹㅌ", "ㄹㅍ", "ㄹㅎ", "ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ",
    "ㅎ",
];
/// What a key shows while shift is held.
const SHIFTED: &str = "ㅃㅉㄸㄲㅆㅒㅖ";

/// The words on the keys, in the order of touching.
pub(crate) fn keys(text: &str) -> Vec<String> {
    let mut keys = Vec::new();
    for letter in text.chars() {
        for key in strokes(letter).chars() {
            match key {
                ' ' => keys.push("띄어쓰기".to_owned()),
                ',' => keys.push("쉼표".to_owned()),
                '.' => keys.push("마침표".to_owned()),
                '?' => keys.push("물음표".to_owned()),
                key => {
                    if SHIFTED.contains(key) {
                        keys.push("쌍자음".to_owned());
                    }
                    keys.push(key.to_string());
                }
            }
        }
    }
    keys
}

fn strokes(letter: char) -> String {
    let code = u32::from(letter);
    if !SYLLABLES.contains(&code) {
        return letter.to_string();
    }
    let place = (code - SYLLABLES.start()) as usize;
    let (initial, medial, last) = (place / 588, place / 28 % 21, place % 28);
    [INITIALS[initial], MEDIALS[medial], FINALS[last]].concat()
}
