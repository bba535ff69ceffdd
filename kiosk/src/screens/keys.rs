//! The keys of the on-screen keyboard: what they show and what they send.

use kiosk_ui::{KeyCap, KeyboardLayout as Shown, KeyboardPort, KioskWindow, SpecialKey};
use slint::ComponentHandle;

use super::rows;
use crate::visit::{
    Key, Touch,
    view::{Keyboard, KeyboardLayout},
};

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<KeyboardPort>();
    let typed = touch.clone();
    port.on_key(move |text| character(&text).into_iter().for_each(&typed));
    port.on_special(move |key| touch(special(key)));
}

/// Brings up the keyboard of the screen that is shown.
pub(super) fn show(window: &KioskWindow, keyboard: Keyboard) {
    let port = window.global::<KeyboardPort>();
    port.set_layout(match keyboard.layout {
        KeyboardLayout::None => Shown::None,
        KeyboardLayout::Hangul => Shown::Hangul,
        KeyboardLayout::Latin => Shown::Latin,
        KeyboardLayout::Capitals => Shown::Capitals,
        KeyboardLayout::Digits => Shown::Digits,
        KeyboardLayout::Number => Shown::Number,
    });
    port.set_shifted(keyboard.shifted);
    if let Some(model) = rows::update(&port.get_digit_row(), digit_row(keyboard)) {
        port.set_digit_row(model);
    }
    let [top, middle, bottom] = letter_rows(keyboard);
    if let Some(model) = rows::update(&port.get_top_row(), top) {
        port.set_top_row(model);
    }
    if let Some(model) = rows::update(&port.get_middle_row(), middle) {
        port.set_middle_row(model);
    }
    if let Some(model) = rows::update(&port.get_bottom_row(), bottom) {
        port.set_bottom_row(model);
    }
}

/// The three rows of letters, empty where no letters are up.
pub(super) fn letter_rows(keyboard: Keyboard) -> [Vec<KeyCap>; 3] {
    let rows = match keyboard.layout {
        KeyboardLayout::Hangul => typing::HANGUL,
        KeyboardLayout::Latin => typing::LATIN,
        KeyboardLayout::Capitals => typing::CAPITALS,
        KeyboardLayout::None | KeyboardLayout::Digits | KeyboardLayout::Number => [""; 3],
    };
    rows.map(|row| caps(row, keyboard.shifted))
}

fn digit_row(keyboard: Keyboard) -> Vec<KeyCap> {
    let row = if keyboard.row_of_digits {
        typing::DIGITS
    } else {
        ""
    };
    caps(row, false)
}

fn caps(row: &str, held: bool) -> Vec<KeyCap> {
    let cap = |key: char| KeyCap {
        shows: shown(key, held).to_string().into(),
        sends: key.to_string().into(),
    };
    row.chars().map(cap).collect()
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
