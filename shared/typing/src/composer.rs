//! Composes keystrokes into syllables, and takes them apart again.

use crate::jamo::{combine, is_letter, is_vowel, may_be_final, split, syllable};

/// The one syllable that is not finished yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Composer {
    initial: Option<char>,
    medial: Option<char>,
    last: Option<char>,
}

impl Composer {
    /// Takes a key; answers the text that is now finished.
    ///
    /// Anything but a Hangul letter finishes the syllable and follows it.
    pub fn push(&mut self, key: char) -> String {
        if !is_letter(key) {
            let mut done = self.finish();
            done.push(key);
            return done;
        }
        if is_vowel(key) {
            self.vowel(key)
        } else {
            self.consonant(key)
        }
    }

    /// The unfinished syllable as it looks now.
    pub fn composing(&self) -> String {
        match (self.initial, self.medial) {
            (Some(initial), Some(medial)) => {
                syllable(initial, medial, self.last).into_iter().collect()
            }
            (letter, None) | (None, letter) => letter.into_iter().collect(),
        }
    }

    /// Ends the syllable and answers it.
    pub fn finish(&mut self) -> String {
        let done = self.composing();
        *self = Self::default();
        done
    }

    /// Takes back the last letter; `false` when there is none.
    pub fn backspace(&mut self) -> bool {
        let part = if self.last.is_some() {
            &mut self.last
        } else if self.medial.is_some() {
            &mut self.medial
        } else {
            &mut self.initial
        };
        let had = part.is_some();
        *part = part.and_then(split).map(|(first, _)| first);
        had
    }

    fn consonant(&mut self, key: char) -> String {
        match (self.medial, self.last) {
            (Some(_), None) if self.initial.is_some() && may_be_final(key) => {
                self.last = Some(key);
                String::new()
            }
            (Some(_), Some(last)) if combine(last, key).is_some() => {
                self.last = combine(last, key);
                String::new()
            }
            _ => self.next_syllable(Some(key), None),
        }
    }

    fn vowel(&mut self, key: char) -> String {
        match (self.medial, self.last) {
            (None, _) => {
                self.medial = Some(key);
                String::new()
            }
            (Some(medial), None) if combine(medial, key).is_some() => {
                self.medial = combine(medial, key);
                String::new()
            }
            (Some(_), None) => self.next_syllable(None, Some(key)),
            // The final was the next syllable's initial all along.
            (Some(_), Some(last)) => {
                let (stays, goes) =
                    split(last).map_or((None, last), |(first, second)| (Some(first), second));
                self.last = stays;
                self.next_syllable(Some(goes), Some(key))
            }
        }
    }

    fn next_syllable(&mut self, initial: Option<char>, medial: Option<char>) -> String {
        let done = self.finish();
        (self.initial, self.medial) = (initial, medial);
        done
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::jamo::decompose;

    fn typed(keys: &str) -> String {
        let mut composer = Composer::default();
        let done: String = keys.chars().map(|key| composer.push(key)).collect();
        done + &composer.finish()
    }

    #[test]
    fn words_are_typed_the_way_everybody_types_them() {
        assert_eq!(typed("ㅎㅗㅇㄱㅣㄹㄷㅗㅇ"), "홍길동");
        assert_eq!(typed("ㄱㅏㅂㅅㅣ"), "갑시");
        assert_eq!(typed("ㄱㅏㅂㅅㄷㅗ"), "값도");
        assert_eq!(typed("ㅇㅡㅣㅈㅏ"), "의자");
        assert_eq!(typed("ㅅㅐㅂㅣㅊ 3ㄷㅗㅇ"), "새빛 3동");
        assert_eq!(typed("ㅋㅋㅏㅏ"), "ㅋ카ㅏ");
    }

    #[test]
    fn all_syllables_can_be_typed_key_by_key() {
        for syllable in '가'..='힣' {
            let (initial, medial, last) = decompose(syllable).unwrap();
            let mut keys = vec![initial];
            for letter in [Some(medial), last].into_iter().flatten() {
                match split(letter) {
                    Some((first, second)) => keys.extend([first, second]),
                    None => keys.push(letter),
                }
            }
            assert_eq!(
                typed(&keys.iter().collect::<String>()),
                syllable.to_string()
            );
        }
    }

    #[test]
    fn backspace_takes_letter_by_letter() {
        let mut composer = Composer::default();
        for key in "ㄱㅗㅐㅂㅅ".chars() {
            composer.push(key);
        }

        let mut seen = vec![composer.composing()];
        while composer.backspace() {
            seen.push(composer.composing());
        }

        assert_eq!(seen, ["괪", "괩", "괘", "고", "ㄱ", ""]);
    }
}
