//! The keys of the on-screen keyboard: what they show and what they send.

use kiosk_ui::{KeyCap, SpecialKey};

use crate::visit::{
    Key, Touch,
    view::{Keyboard, KeyboardLayout},
};

/// The three rows of letters, empty where no letters are up.
pub(super) fn letter_rows(keyboard: Keyboard) -> [Vec<KeyCap>; 3] {
    let rows = match keyboard.layout {
        KeyboardLayout::Hangul => typing::HANGUL,
        KeyboardLayout::Latin => typing::LATIN,
        KeyboardLayout::None | KeyboardLayout::Digits => [""; 3],
    };
    let cap = |key: char| KeyCap {
        shows: shown(key, keyboard.shifted).to_string().into(),
        sends: key.to_string().into(),
    };
    rows.map(|row| row.chars().map(cap).collect())
}

fn shown(key: char, held: bool) -> char {
    if held { typing::shifted(key) } else { key }
}

/// A key with a character on it; nothing for a key without one.
pub(super) fn character(text: &str) -> Option<Touch> {
    let key = text.chars().next()?;
    Some(Touch::Key(Key::Character(key)))
}

pub(super) fn special(key: SpecialKey) -> Touch {
    Touch::Key(match key {
        SpecialKey::Backspace => Key::Backspace,
        SpecialKey::Shift => Key::Shift,
        SpecialKey::Layout => Key::Layout,
        SpecialKey::Digits => Key::Digits,
        SpecialKey::Clear => Key::Clear,
    })
}
