//! Finding a name while it is being typed, also by its initial consonants.

use crate::jamo::{INITIALS, decompose, split, syllable};

/// Whether `typed` occurs in `text`.
///
/// `ㅅㅂ` finds 새빛, 새비 finds 새빛 (the syllable is not finished), case and
/// spaces do not count.
pub fn matches(text: &str, typed: &str) -> bool {
    let squeeze = |it: &str| -> Vec<char> {
        it.chars()
            .filter(|it| !it.is_whitespace())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let (text, typed) = (squeeze(text), squeeze(typed));
    if typed.is_empty() {
        return false;
    }
    occurs(&text, &typed) || reopened(&typed).is_some_and(|typed| occurs(&text, &typed))
}

/// Whether nothing but first consonants is typed.
pub fn is_initials(typed: &str) -> bool {
    !typed.is_empty() && typed.chars().all(|it| INITIALS.contains(&it))
}

/// What is typed, with the last syllable's final as the beginning of the next:
/// 샙 is what 새빛 looks like one key before its second syllable.
fn reopened(typed: &[char]) -> Option<Vec<char>> {
    let (last, before) = typed.split_last()?;
    let (initial, medial, last) = decompose(*last)?;
    let (kept, next) = split(last?).map_or((None, last?), |(kept, next)| (Some(kept), next));
    let mut typed = before.to_vec();
    typed.extend([syllable(initial, medial, kept)?, next]);
    Some(typed)
}

fn occurs(text: &[char], typed: &[char]) -> bool {
    text.windows(typed.len()).any(|window| {
        window
            .iter()
            .zip(typed)
            .enumerate()
            .all(|(index, (letter, wanted))| fits(*letter, *wanted, index + 1 == typed.len()))
    })
}

fn fits(letter: char, wanted: char, unfinished: bool) -> bool {
    if letter == wanted {
        return true;
    }
    let Some((initial, medial, last)) = decompose(letter) else {
        return false;
    };
    if INITIALS.contains(&wanted) {
        return initial == wanted;
    }
    match decompose(wanted) {
        Some((wanted_initial, wanted_medial, wanted_last)) if unfinished => {
            initial == wanted_initial
                && medial == wanted_medial
                && (wanted_last.is_none() || wanted_last == last)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_and_beginnings_find_a_place() {
        let place = "한빛시 가온구 새빛동";
        for typed in [
            "새빛동",
            "ㅅㅂㄷ",
            "새비",
            "샙",
            "빛동",
            "가온구새",
            "ㄱㅇㄱ",
        ] {
            assert!(matches(place, typed), "{typed}");
        }
        for typed in ["", "나래", "ㄴㄹ", "새벽", "동동", "샌", "샛"] {
            assert!(!matches(place, typed), "{typed}");
        }
    }

    #[test]
    fn first_consonants_are_told_from_syllables() {
        assert!(is_initials("ㄷㅂ"));
        for typed in ["", "ㄷㅏ", "등ㅂ", "ㄷ b"] {
            assert!(!is_initials(typed), "{typed}");
        }
    }

    #[test]
    fn latin_letters_are_found_in_any_case() {
        assert!(matches("Saebit-dong, Gaon-gu", "GAON"));
    }
}
