//! What the citizen is typing.

use typing::{Composer, shifted};
use zeroize::Zeroize;

use super::{
    Key,
    view::{AnswerRefusal, Keyboard, KeyboardLayout},
};

/// A line of text that grows at its end. It may be about a person: `Debug`
/// says nothing of it, and it is overwritten when dropped.
pub(super) struct Entry {
    finished: String,
    composer: Composer,
    keyboard: Keyboard,
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
            },
            limit,
        }
    }

    pub(super) fn press(&mut self, key: Key) -> Result<(), AnswerRefusal> {
        match key {
            Key::Character(character) => return self.character(character),
            Key::Backspace => {
                if !self.composer.backspace() {
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
                };
            }
            Key::Digits => self.keyboard.layout = KeyboardLayout::Digits,
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
        let character = if self.keyboard.shifted {
            shifted(character)
        } else {
            character
        };
        self.keyboard.shifted = false;
        let mut composer = self.composer.clone();
        let mut finished = self.finished.clone() + &composer.push(character);
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
