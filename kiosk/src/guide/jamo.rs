//! The names of letters that no voice says by themselves.

/// Consonants and their names, as the Korean orthography has them (한글 맞춤법 제4항).
const CONSONANTS: [(char, &str); 19] = [
    ('ㄱ', "기역"),
    ('ㄲ', "쌍기역"),
    ('ㄴ', "니은"),
    ('ㄷ', "디귿"),
    ('ㄸ', "쌍디귿"),
    ('ㄹ', "리을"),
    ('ㅁ', "미음"),
    ('ㅂ', "비읍"),
    ('ㅃ', "쌍비읍"),
    ('ㅅ', "시옷"),
    ('ㅆ', "쌍시옷"),
    ('ㅇ', "이응"),
    ('ㅈ', "지읒"),
    ('ㅉ', "쌍지읒"),
    ('ㅊ', "치읓"),
    ('ㅋ', "키읔"),
    ('ㅌ', "티읕"),
    ('ㅍ', "피읖"),
    ('ㅎ', "히읗"),
];
/// The letters ㅏ to ㅣ, and the syllable 아: vowels are in the same order in both.
const FIRST_VOWEL: u32 = 0x314F;
const LAST_VOWEL: u32 = 0x3163;
const FIRST_SYLLABLE: u32 = 0xC544;
/// From a vowel's syllable to the next one's.
const FINALS: u32 = 28;

/// Words with each letter that stands alone said by its name: `ㅎ` as 히읗, `ㅏ` as 아.
pub(super) fn named(words: &str) -> String {
    let mut named = String::new();
    for letter in words.chars() {
        match name(letter) {
            Some(name) => named.push_str(&name),
            None => named.push(letter),
        }
    }
    named
}

fn name(letter: char) -> Option<String> {
    let consonant = CONSONANTS.iter().find(|(it, _)| *it == letter);
    if let Some((_, name)) = consonant {
        return Some((*name).to_owned());
    }
    let code = u32::from(letter);
    let vowel = (FIRST_VOWEL..=LAST_VOWEL).contains(&code);
    let syllable = FIRST_SYLLABLE + code.wrapping_sub(FIRST_VOWEL).wrapping_mul(FINALS);
    vowel.then(|| char::from_u32(syllable))?.map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_stand_alone_are_said_by_their_names() {
        let said = ["ㅎ", "ㅏ", "ㅢ", "ㅣ", "한", "새ㅂ", "A7"].map(named);
        assert_eq!(said, ["히읗", "아", "의", "이", "한", "새비읍", "A7"]);
    }
}
