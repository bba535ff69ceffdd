//! Keys and stops of the window, and the guide's own sentences in its language.

use kiosk_ui::{Ear, EarWords, KeypadPort, KioskWindow};
use privacy::Personal;
use slint::{ComponentHandle, SharedString, platform::Key};

use crate::guide::{GuideEvent, GuideKey, What};

/// Lets the window tell of what is pressed and where the person stands.
pub(super) fn connect(window: &KioskWindow, tell: impl Fn(GuideEvent) + Clone + 'static) {
    let words = window.as_weak();
    let told = tell.clone();
    let ear = window.global::<Ear>();
    ear.on_stands_on(move |standing| {
        if let Some(window) = words.upgrade() {
            let words = window.global::<EarWords>().invoke_told(standing);
            told(GuideEvent::Stands(Personal::new(words.into())));
        }
    });
    let heard = tell.clone();
    ear.on_heard(move |words| heard(GuideEvent::Heard(Personal::new(words.into()))));
    window.global::<KeypadPort>().on_pressed(move |text| {
        let key = key(&text);
        if let Some(key) = key {
            tell(GuideEvent::Key(key));
        }
        key.is_some()
    });
}

/// The keys of a tactile keypad, as it types them; any keyboard has them, too.
fn key(text: &str) -> Option<GuideKey> {
    let is = |key: Key| text == SharedString::from(key).as_str();
    let named = [
        (Key::Tab, GuideKey::Next),
        (Key::Backtab, GuideKey::Previous),
        (Key::DownArrow, GuideKey::Next),
        (Key::RightArrow, GuideKey::Next),
        (Key::UpArrow, GuideKey::Previous),
        (Key::LeftArrow, GuideKey::Previous),
        (Key::Return, GuideKey::Choose),
        (Key::Escape, GuideKey::Back),
        (Key::F1, GuideKey::Help),
        (Key::F2, GuideKey::Repeat),
        (Key::F3, GuideKey::Pause),
        (Key::F4, GuideKey::Darken),
        (Key::F5, GuideKey::Slower),
        (Key::F6, GuideKey::Faster),
        (Key::F15, GuideKey::HeadphonesIn),
        (Key::F16, GuideKey::HeadphonesOut),
        (Key::Backspace, GuideKey::Delete),
    ];
    if let Some((_, key)) = named.into_iter().find(|(key, _)| is(*key)) {
        return Some(key);
    }
    match text {
        " " => Some(GuideKey::Choose),
        "+" => Some(GuideKey::Louder),
        "-" => Some(GuideKey::Softer),
        "*" => Some(GuideKey::Repeat),
        _ => {
            let digit = text.chars().next().filter(char::is_ascii_digit);
            digit.filter(|_| text.len() == 1).map(GuideKey::Digit)
        }
    }
}

/// What is said, in the window's language.
pub(super) fn words(window: &KioskWindow, what: What) -> Personal<String> {
    let words = window.global::<EarWords>();
    let count = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    let said = match what {
        What::Words(words) => return words,
        What::Begins => words.invoke_begins(),
        What::Keys => words.invoke_keys(),
        What::Volume(percent) => words.invoke_volume(percent.into()),
        What::Rate(percent) => words.invoke_rate(percent.into()),
        What::Dark(dark) => words.invoke_dark(dark),
        What::Digits(digits) => words.invoke_digits(count(digits)),
        What::Deleted => words.invoke_deleted(),
    };
    Personal::new(said.into())
}
