//! The letters of Hangul and how they stack into syllables (Unicode 15, ch. 3.12).

pub(crate) const INITIALS: [char; 19] = [
    'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ',
    'ㅌ', 'ㅍ', 'ㅎ',
];
pub(crate) const MEDIALS: [char; 21] = [
    'ㅏ', 'ㅐ', 'ㅑ', 'ㅒ', 'ㅓ', 'ㅔ', 'ㅕ', 'ㅖ', 'ㅗ', 'ㅘ', 'ㅙ', 'ㅚ', 'ㅛ', 'ㅜ', 'ㅝ', 'ㅞ',
    'ㅟ', 'ㅠ', 'ㅡ', 'ㅢ', 'ㅣ',
];
/// The first is "no final".
pub(crate) const FINALS: [char; 28] = [
    '\0', 'ㄱ', 'ㄲ', 'ㄳ', 'ㄴ', 'ㄵ', 'ㄶ', 'ㄷ', 'ㄹ', 'ㄺ', 'ㄻ', 'ㄼ', 'ㄽ', 'ㄾ', 'ㄿ', 'ㅀ',
    'ㅁ', 'ㅂ', 'ㅄ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ',
];

/// Letters that two keystrokes make.
const COMPOUNDS: [(char, char, char); 18] = [
    ('ㅗ', 'ㅏ', 'ㅘ'),
    ('ㅗ', 'ㅐ', 'ㅙ'),
    ('ㅗ', 'ㅣ', 'ㅚ'),
    ('ㅜ', 'ㅓ', 'ㅝ'),
    ('ㅜ', 'ㅔ', 'ㅞ'),
    ('ㅜ', 'ㅣ', 'ㅟ'),
    ('ㅡ', 'ㅣ', 'ㅢ'),
    ('ㄱ', 'ㅅ', 'ㄳ'),
    ('ㄴ', 'ㅈ', 'ㄵ'),
    ('ㄴ', 'ㅎ', 'ㄶ'),
    ('ㄹ', 'ㄱ', 'ㄺ'),
    ('ㄹ', 'ㅁ', 'ㄻ'),
    ('ㄹ', 'ㅂ', 'ㄼ'),
    ('ㄹ', 'ㅅ', 'ㄽ'),
    ('ㄹ', 'ㅌ', 'ㄾ'),
    ('ㄹ', 'ㅍ', 'ㄿ'),
    ('ㄹ', 'ㅎ', 'ㅀ'),
    ('ㅂ', 'ㅅ', 'ㅄ'),
];

const FIRST_SYLLABLE: u32 = 0xAC00;
const LAST_SYLLABLE: u32 = 0xD7A3;

pub(crate) fn is_vowel(letter: char) -> bool {
    MEDIALS.contains(&letter)
}

pub(crate) fn is_letter(letter: char) -> bool {
    INITIALS.contains(&letter) || is_vowel(letter)
}

pub(crate) fn may_be_final(letter: char) -> bool {
    letter != '\0' && FINALS.contains(&letter)
}

pub(crate) fn combine(first: char, second: char) -> Option<char> {
    COMPOUNDS
        .iter()
        .find(|it| (it.0, it.1) == (first, second))
        .map(|it| it.2)
}

pub(crate) fn split(compound: char) -> Option<(char, char)> {
    COMPOUNDS
        .iter()
        .find(|it| it.2 == compound)
        .map(|it| (it.0, it.1))
}

fn index(letters: &[char], letter: char) -> Option<u32> {
    letters
        .iter()
        .position(|it| *it == letter)
        .and_then(|it| u32::try_from(it).ok())
}

pub(crate) fn syllable(initial: char, medial: char, last: Option<char>) -> Option<char> {
    let initial = index(&INITIALS, initial)?;
    let medial = index(&MEDIALS, medial)?;
    let last = index(&FINALS, last.unwrap_or('\0'))?;
    char::from_u32(FIRST_SYLLABLE + (initial * 21 + medial) * 28 + last)
}

/// Initial, medial and final of a syllable; `None` for anything else.
pub(crate) fn decompose(letter: char) -> Option<(char, char, Option<char>)> {
    let code = u32::from(letter);
    if !(FIRST_SYLLABLE..=LAST_SYLLABLE).contains(&code) {
        return None;
    }
    let offset = (code - FIRST_SYLLABLE) as usize;
    let last = FINALS[offset % 28];
    Some((
        INITIALS[offset / 588],
        MEDIALS[offset / 28 % 21],
        (last != '\0').then_some(last),
    ))
}
