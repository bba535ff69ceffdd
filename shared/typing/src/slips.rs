//! Finding what somebody meant who has hit a wrong key.

use crate::jamo::{decompose, split};

/// Who has typed less has said too little to be guessed at.
const STROKES_MIN: usize = 5;
/// From so many keystrokes on two slips are forgiven, before that one.
const STROKES_OF_TWO: usize = 10;

/// How many slips of the finger lie between `typed` and something in `text`: a wrong key, one
/// too many, one too few, or two the wrong way round. None when there are too many for what
/// is typed.
///
/// Counted are keystrokes of the two-set keyboard, of which a syllable has two to five:
/// 등븐 is one slip from 등본.
pub fn slips(text: &str, typed: &str) -> Option<usize> {
    let (text, typed) = (strokes(text), strokes(typed));
    if typed.len() < STROKES_MIN {
        return None;
    }
    let forgiven = if typed.len() < STROKES_OF_TWO { 1 } else { 2 };
    Some(nearest(&text, &typed)).filter(|slips| *slips <= forgiven)
}

fn strokes(text: &str) -> Vec<char> {
    let mut strokes = Vec::new();
    let mut press = |letter: char| match split(letter) {
        Some((first, second)) => strokes.extend([first, second]),
        None => strokes.push(letter),
    };
    let letters = text.chars().filter(|it| !it.is_whitespace());
    for letter in letters.flat_map(char::to_lowercase) {
        match decompose(letter) {
            Some((initial, medial, last)) => {
                press(initial);
                press(medial);
                last.into_iter().for_each(&mut press);
            }
            None => press(letter),
        }
    }
    strokes
}

/// The fewest slips to anything in the text (optimal string alignment, begun and ended
/// anywhere in the text as in Sellers' algorithm).
fn nearest(text: &[char], typed: &[char]) -> usize {
    // Rows are letters of what is typed; nothing typed is nowhere wrong.
    let mut before = vec![0; text.len() + 1];
    let mut last = before.clone();
    for (row, wanted) in typed.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, letter) in text.iter().enumerate() {
            let wrong = last[column] + usize::from(letter != wanted);
            let mut slips = wrong.min(last[column + 1] + 1).min(next[column] + 1);
            let crossed =
                row > 0 && column > 0 && typed[row - 1] == *letter && text[column - 1] == *wanted;
            if crossed {
                slips = slips.min(before[column - 1] + 1);
            }
            next.push(slips);
        }
        before = std::mem::replace(&mut last, next);
    }
    last.into_iter().min().unwrap_or(typed.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: &str = "주민등록표 등본";

    #[test]
    fn a_wrong_key_one_too_many_one_too_few_and_two_swapped_are_a_slip_each() {
        for typed in [
            "등븐",
            "등봄",
            "등보",
            "드본",
            "등볻ㄴ",
            "듣본",
            "주민든록",
            "주민드ㅇ록",
        ] {
            let found = slips(PAPER, typed);
            assert!(matches!(found, Some(0 | 1)), "{typed}: {found:?}");
        }
        assert_eq!(slips("Passport", "passprot"), Some(1));
    }

    #[test]
    fn a_longer_word_may_have_two() {
        assert_eq!(slips(PAPER, "주믄등룩표"), Some(2));
        assert_eq!(slips(PAPER, "조믄등룩표"), None);
    }

    #[test]
    fn what_is_short_or_another_word_is_not_guessed_at() {
        for typed in ["", "등", "표두", "여권", "건축물", "ㄷㅂ", "abcdef"] {
            assert_eq!(slips(PAPER, typed), None, "{typed}");
        }
    }
}
