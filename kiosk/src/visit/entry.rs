//! What the citizen is typing.

use typing::{Composer, shifted};
use zeroize::Zeroize;

use super::{
    Key,
    view::{AnswerRefusal, Keyboard, KeyboardLayout},
};

/// What a line may have in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writing {
    Words,
    /// `YYYY-MM-DD`; the hyphens come by themselves.
    Day,
    Digits,
    /// Latin capitals, digits and hyphens.
    Code,
}

const DAY_LENGTH: u32 = 10;

/// A line of text that grows at its end. It may be about a person: `Debug`
/// says nothing of it, and it is overwritten when dropped.
pub(super) struct Entry {
    finished: String,
    composer: Composer,
    keyboard: Keyboard,
    writing: Writing,
    limit: u32,
}

impl Default for Entry {
    fn default() -> Self {
        Self::new(KeyboardLayout::None, 0)
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.finished.zeroize();
        self.composer = Composer::default();
    }
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entry")
            .field("keyboard", &self.keyboard)
            .finish_non_exhaustive()
    }
}

impl Entry {
    pub(super) fn new(layout: KeyboardLayout, limit: u32) -> Self {
        Self {
            finished: String::new(),
            composer: Composer::default(),
            keyboard: Keyboard {
                layout,
                shifted: false,
                row_of_digits: false,
            },
            writing: Writing::Words,
            limit,
        }
    }

    /// Words that are likely to have digits among them, such as a number plate.
    pub(super) fn with_digits(layout: KeyboardLayout, limit: u32) -> Self {
        let mut entry = Self::new(layout, limit);
        entry.keyboard.row_of_digits = true;
        entry
    }

    pub(super) fn day() -> Self {
        Self::new(KeyboardLayout::Number, DAY_LENGTH).writing(Writing::Day)
    }

    pub(super) fn digits(limit: u32) -> Self {
        Self::new(KeyboardLayout::Number, limit).writing(Writing::Digits)
    }

    pub(super) fn code(limit: u32) -> Self {
        Self::with_digits(KeyboardLayout::Capitals, limit).writing(Writing::Code)
    }

    /// With a text in it to go on from.
    pub(super) fn holding(mut self, text: &str) -> Self {
        text.clone_into(&mut self.finished);
        self
    }

    fn writing(mut self, writing: Writing) -> Self {
        self.writing = writing;
        self
    }

    pub(super) fn press(&mut self, key: Key) -> Result<(), AnswerRefusal> {
        match key {
            Key::Character(character) => return self.character(character),
            Key::Backspace => {
                if !self.composer.backspace() {
                    self.finished.pop();
                }
                if self.writing == Writing::Day && self.finished.ends_with('-') {
                    self.finished.pop();
                }
            }
            Key::Shift => self.keyboard.shifted = !self.keyboard.shifted,
            Key::Layout => {
                self.keyboard.layout = match self.keyboard.layout {
                    KeyboardLayout::Hangul => KeyboardLayout::Latin,
                    KeyboardLayout::None | KeyboardLayout::Latin | KeyboardLayout::Digits => {
                        KeyboardLayout::Hangul
                    }
                    KeyboardLayout::Capitals => KeyboardLayout::Capitals,
                    KeyboardLayout::Number => KeyboardLayout::Number,
                };
            }
            Key::Digits if self.writing == Writing::Words => {
                self.keyboard.layout = KeyboardLayout::Digits;
            }
            Key::Digits => {}
            Key::Clear => {
                self.finished.zeroize();
                self.composer = Composer::default();
            }
        }
        Ok(())
    }

    fn character(&mut self, character: char) -> Result<(), AnswerRefusal> {
        if character.is_control() {
            return Err(AnswerRefusal::NotAllowed);
        }
        let character = match (self.writing, self.keyboard.shifted) {
            (Writing::Words, true) => shifted(character),
            (Writing::Words | Writing::Day | Writing::Digits, _) => character,
            (Writing::Code, _) => character.to_ascii_uppercase(),
        };
        self.keyboard.shifted = false;
        if !self.writing.allows(character) {
            return Err(AnswerRefusal::NotAllowed);
        }
        let mut composer = self.composer.clone();
        let mut finished = self.finished.clone();
        if self.writing == Writing::Day && matches!(finished.len(), 4 | 7) {
            finished.push('-');
        }
        finished += &composer.push(character);
        let length = finished.chars().count() + composer.composing().chars().count();
        if length > self.limit as usize {
            finished.zeroize();
            return Err(AnswerRefusal::TooLong);
        }
        self.finished = finished;
        self.composer = composer;
        Ok(())
    }

    pub(super) fn keyboard(&self) -> Keyboard {
        self.keyboard
    }

    pub(super) fn finished(&self) -> &str {
        &self.finished
    }

    pub(super) fn composing(&self) -> String {
        self.composer.composing()
    }

    /// The whole line, the unfinished syllable included.
    pub(super) fn text(&self) -> String {
        self.finished.clone() + &self.composer.composing()
    }
}

impl Writing {
    fn allows(self, character: char) -> bool {
        match self {
            Writing::Words => true,
            Writing::Day | Writing::Digits => character.is_ascii_digit(),
            Writing::Code => {
                character.is_ascii_uppercase() || character.is_ascii_digit() || character == '-'
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(mut entry: Entry, keys: &str) -> (String, Option<AnswerRefusal>) {
        let refusals = keys.chars().map(|key| match key {
            '<' => entry.press(Key::Backspace).err(),
            key => entry.press(Key::Character(key)).err(),
        });
        let last = refusals.last().flatten();
        (entry.text(), last)
    }

    #[test]
    fn a_day_has_its_hyphens_without_anybody_typing_them() {
        let refused = Some(AnswerRefusal::NotAllowed);
        for (keys, text, refusal) in [
            ("2026", "2026", None),
            ("20261", "2026-1", None),
            ("20261130", "2026-11-30", None),
            ("202611301", "2026-11-30", Some(AnswerRefusal::TooLong)),
            // What is taken back goes with the hyphen before it.
            ("20261<", "2026", None),
            ("20261<<", "202", None),
            ("2026113<1", "2026-11-1", None),
            ("2026-", "2026", refused),
            ("2026년", "2026", refused),
        ] {
            assert_eq!(
                typed(Entry::day(), keys),
                (text.to_owned(), refusal),
                "{keys}"
            );
        }
    }

    #[test]
    fn a_code_is_written_in_capitals_and_a_number_in_digits() {
        let refused = Some(AnswerRefusal::NotAllowed);

        assert_eq!(
            typed(Entry::code(12), "41-26x7"),
            ("41-26X7".to_owned(), None)
        );
        assert_eq!(typed(Entry::code(12), "A가"), ("A".to_owned(), refused));
        assert_eq!(typed(Entry::digits(3), "12-"), ("12".to_owned(), refused));
        let too_long = Some(AnswerRefusal::TooLong);
        assert_eq!(
            typed(Entry::digits(3), "1234"),
            ("123".to_owned(), too_long)
        );
    }
}
