//! The keypad of an appliance: what the kernel's key codes type, as a desktop would say it.
//!
//! Keys that are not here type nothing: a keyboard that somebody plugs in opens nothing.

use slint::{SharedString, platform::Key};

/// `linux/input-event-codes.h`; the digits of the upper row and of a number pad.
const DIGITS: [(u16, u16); 10] = [
    (11, 82),
    (2, 79),
    (3, 80),
    (4, 81),
    (5, 75),
    (6, 76),
    (7, 77),
    (8, 71),
    (9, 72),
    (10, 73),
];
const SHIFTS: [u16; 2] = [42, 54];
const TAB: u16 = 15;

/// What is held on a keypad.
#[derive(Clone, Debug, Default)]
pub struct Keypad {
    shifted: bool,
}

impl Keypad {
    /// The text of a key that went down; `value` is 1 then, 0 when it comes up and 2 while
    /// it repeats by itself, which types nothing.
    pub fn handle(&mut self, code: u16, value: i32) -> Option<SharedString> {
        if SHIFTS.contains(&code) {
            self.shifted = value != 0;
            return None;
        }
        (value == 1).then(|| self.text(code)).flatten()
    }

    fn text(&self, code: u16) -> Option<SharedString> {
        if let Some(digit) = DIGITS
            .iter()
            .position(|(row, pad)| [*row, *pad].contains(&code))
        {
            return Some(digit.to_string().into());
        }
        let character = match code {
            57 => Some(" "),
            78 => Some("+"),
            12 | 74 => Some("-"),
            55 => Some("*"),
            _ => None,
        };
        character.map(SharedString::from).or_else(|| {
            let key = match code {
                TAB if self.shifted => Key::Backtab,
                TAB => Key::Tab,
                1 => Key::Escape,
                14 => Key::Backspace,
                28 | 96 => Key::Return,
                59 => Key::F1,
                60 => Key::F2,
                61 => Key::F3,
                62 => Key::F4,
                63 => Key::F5,
                64 => Key::F6,
                103 => Key::UpArrow,
                105 => Key::LeftArrow,
                106 => Key::RightArrow,
                108 => Key::DownArrow,
                185 => Key::F15,
                186 => Key::F16,
                _ => return None,
            };
            Some(key.into())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_rows_of_digits_type_the_same() {
        let mut keypad = Keypad::default();

        for (digit, (row, pad)) in DIGITS.into_iter().enumerate() {
            let wanted = Some(SharedString::from(digit.to_string()));
            assert_eq!(keypad.handle(row, 1), wanted);
            assert_eq!(keypad.handle(pad, 1), wanted);
        }
    }

    #[test]
    fn a_key_types_once_however_long_it_is_held() {
        let mut keypad = Keypad::default();

        assert_eq!(keypad.handle(28, 1), Some(Key::Return.into()));
        assert_eq!(keypad.handle(28, 2), None);
        assert_eq!(keypad.handle(28, 0), None);
    }

    #[test]
    fn shift_turns_the_way_of_the_stop_round() {
        let mut keypad = Keypad::default();
        keypad.handle(42, 1);

        assert_eq!(keypad.handle(TAB, 1), Some(Key::Backtab.into()));

        keypad.handle(42, 0);
        assert_eq!(keypad.handle(TAB, 1), Some(Key::Tab.into()));
    }

    #[test]
    fn control_alt_and_letters_type_nothing() {
        let mut keypad = Keypad::default();

        for code in [29, 56, 30, 46, 111, 116, 125] {
            assert_eq!(keypad.handle(code, 1), None, "{code}");
        }
    }
}
