//! The keyboard: a key is named as its button names it, and means what the button does.

use desk_ui::{DeskPort, DeskWindow};
use slint::{ComponentHandle, SharedString, platform::Key};

use crate::workplace::{Touch, touch_of};

const PLAIN: [(Key, &str); 17] = [
    (Key::F1, "F1"),
    (Key::F2, "F2"),
    (Key::F3, "F3"),
    (Key::F4, "F4"),
    (Key::F5, "F5"),
    (Key::F6, "F6"),
    (Key::F7, "F7"),
    (Key::F8, "F8"),
    (Key::F9, "F9"),
    (Key::F10, "F10"),
    (Key::F11, "F11"),
    (Key::F12, "F12"),
    (Key::Return, "Enter"),
    (Key::Escape, "Esc"),
    (Key::UpArrow, "↑"),
    (Key::DownArrow, "↓"),
    (Key::Delete, "Del"),
];

pub(super) fn connect(window: &DeskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<DeskPort>();
    let pressed = touch.clone();
    port.on_key(move |key| {
        if let Some(meant) = touch_of(&key) {
            pressed(meant);
        }
    });
    port.on_pressed(move |text, control, alt| match meant(&text, control, alt) {
        Some(meant) => {
            touch(meant);
            true
        }
        None => false,
    });
}

/// What a key means with what is held; `None` leaves it to whatever has the focus.
fn meant(text: &str, control: bool, alt: bool) -> Option<Touch> {
    touch_of(&name(text, control, alt)?)
}

fn name(text: &str, control: bool, alt: bool) -> Option<String> {
    let special = PLAIN
        .iter()
        .find(|(key, _)| SharedString::from(*key) == text)
        .map(|(_, name)| (*name).to_owned());
    let letter = || {
        let mut letters = text.chars();
        let letter = letters.next().filter(|_| letters.next().is_none())?;
        letter
            .is_ascii_alphanumeric()
            .then(|| letter.to_ascii_uppercase().to_string())
    };
    match (special, control, alt) {
        (Some(name), false, false) => Some(name),
        (Some(name), true, false) => Some(format!("Ctrl+{name}")),
        (None, true, false) => letter().map(|it| format!("Ctrl+{it}")),
        (None, false, true) => letter().map(|it| format!("Alt+{it}")),
        (_, true, true) | (Some(_), false, true) | (None, false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workplace::{KEYS, Pane};

    #[test]
    fn letters_that_are_typed_are_left_to_the_line() {
        assert_eq!(meant("q", false, false), None);
        assert_eq!(meant("홍", false, false), None);
        assert_eq!(meant("q", true, false), Some(Touch::SignOut));
        let third = SharedString::from(Key::F3);
        assert_eq!(
            meant(&third, false, false),
            Some(Touch::Open(Pane::Worklist))
        );
    }

    #[test]
    fn no_key_of_the_desk_takes_one_of_the_input_line_away() {
        for editing in ["a", "c", "v", "x", "z"] {
            assert_eq!(meant(editing, true, false), None, "{editing}");
        }
    }

    #[test]
    fn every_key_can_be_pressed() {
        let plain = PLAIN.map(|(key, _)| SharedString::from(key).to_string());
        let letters = ('a'..='z').chain('0'..='9').map(String::from);
        let texts: Vec<String> = plain.into_iter().chain(letters).collect();
        for (key, touch) in KEYS {
            let pressed = texts.iter().any(|text| {
                [false, true]
                    .iter()
                    .any(|control| meant(text, *control, false).as_ref() == Some(&touch))
            });
            assert!(pressed, "{key}");
        }
    }
}
