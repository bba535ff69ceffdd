//! Takes a text apart into the terms that are indexed.

use unicode_normalization::UnicodeNormalization;

/// Stands between texts that no row of terms may reach across.
pub(crate) const BREAK: &str = "x";

const INITIALS: [char; 19] = [
    'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ',
    'ㅌ', 'ㅍ', 'ㅎ',
];
const SYLLABLES: std::ops::RangeInclusive<char> = '가'..='힣';
/// Syllables that share an initial consonant (Unicode 15, ch. 3.12).
const PER_INITIAL: u32 = 588;
/// A shorter word in Latin letters is not taken for a plural.
const PLURAL_MIN: usize = 4;

/// Letters of one kind without anything between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Run {
    Syllables(Vec<char>),
    /// First consonants alone.
    Initials(Vec<char>),
    /// Letters of other scripts, and digits.
    Word(String),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Syllable,
    Initial,
    Other,
}

/// The runs of a text in lower case; everything that is neither letter nor digit only parts them.
pub(crate) fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut letters = Vec::new();
    let mut before = None;
    for letter in text.nfc().flat_map(char::to_lowercase) {
        let kind = kind(letter);
        if kind != before {
            runs.extend(before.and_then(|kind| run(kind, std::mem::take(&mut letters))));
            before = kind;
        }
        if kind.is_some() {
            letters.push(letter);
        }
    }
    runs.extend(before.and_then(|kind| run(kind, letters)));
    runs
}

fn kind(letter: char) -> Option<Kind> {
    if SYLLABLES.contains(&letter) {
        Some(Kind::Syllable)
    } else if INITIALS.contains(&letter) {
        Some(Kind::Initial)
    } else {
        letter.is_alphanumeric().then_some(Kind::Other)
    }
}

fn run(kind: Kind, letters: Vec<char>) -> Option<Run> {
    if letters.is_empty() {
        return None;
    }
    Some(match kind {
        Kind::Syllable => Run::Syllables(letters),
        Kind::Initial => Run::Initials(letters),
        Kind::Other => Run::Word(singular(letters.into_iter().collect())),
    })
}

/// An English plural without its `s`; nothing else is known of English here.
fn singular(word: String) -> String {
    let plural = word.len() >= PLURAL_MIN && word.ends_with('s') && !word.ends_with("ss");
    match word.strip_suffix('s') {
        Some(stem) if plural => stem.to_owned(),
        Some(_) | None => word,
    }
}

/// Neighbors in pairs; one that stands alone is its own.
pub(crate) fn pairs(letters: &[char]) -> Vec<String> {
    match letters {
        [alone] => vec![alone.to_string()],
        _ => letters.windows(2).map(|it| it.iter().collect()).collect(),
    }
}

/// What of a text is indexed, in its order.
pub(crate) fn terms(text: &str) -> Vec<String> {
    let mut terms = Vec::new();
    // At the end, where they part no row.
    let mut alone = Vec::new();
    let mut last: Option<char> = None;
    for run in runs(text) {
        match run {
            Run::Syllables(syllables) => {
                // Over the space, so that a compound is found written together.
                if let (Some(last), Some(first)) = (last, syllables.first()) {
                    terms.push([last, *first].iter().collect());
                }
                match syllables.as_slice() {
                    [_] => alone.extend(pairs(&syllables)),
                    _ => terms.extend(pairs(&syllables)),
                }
                last = syllables.last().copied();
            }
            Run::Initials(_) => last = None,
            Run::Word(word) => {
                terms.push(word);
                last = None;
            }
        }
    }
    terms.extend(alone);
    terms
}

/// The first consonants of a text in pairs; spaces do not count.
pub(crate) fn initials(text: &str) -> Vec<String> {
    let consonants: Vec<char> = text.nfc().filter_map(initial).collect();
    if consonants.is_empty() {
        Vec::new()
    } else {
        pairs(&consonants)
    }
}

fn initial(letter: char) -> Option<char> {
    if !SYLLABLES.contains(&letter) {
        return None;
    }
    let offset = u32::from(letter) - u32::from(*SYLLABLES.start());
    INITIALS.get((offset / PER_INITIAL) as usize).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compound_has_the_same_terms_together_and_apart() {
        let together = terms("공영주차장");

        assert_eq!(together, ["공영", "영주", "주차", "차장"]);
        assert_eq!(terms("공영 주차장"), together);
        assert_eq!(terms("공영·주차장"), together);
        assert_eq!(
            terms("공영 주 차장"),
            [together.as_slice(), &["주".to_owned()]].concat()
        );
        assert_eq!(terms("땅"), ["땅"]);
    }

    #[test]
    fn other_letters_are_words_in_lower_case_and_singular() {
        assert_eq!(terms("CCTV Cameras"), ["cctv", "camera"]);
        assert_eq!(terms("bus, glass 2026"), ["bus", "glass", "2026"]);
        assert_eq!(terms("119센터 표"), ["119", "센터", "터표", "표"]);
    }

    #[test]
    fn letters_that_were_stored_apart_are_put_together() {
        let apart: String = "도서관".nfd().collect();

        assert_eq!(terms(&apart), terms("도서관"));
        assert_eq!(initials(&apart), ["ㄷㅅ", "ㅅㄱ"]);
    }

    #[test]
    fn what_is_no_letter_leaves_nothing() {
        for text in ["", " \t\n", "\"*:^(){}-+", "😀", "\u{0}"] {
            assert_eq!(terms(text), Vec::<String>::new(), "{text:?}");
        }
    }
}
