//! A code read aloud, and taken down by whoever hears it: each digit has a tone of its own.

use std::time::Duration;

use baresip::{PEAK, RATE, tone};
use media::mixing::{Level, tone_share};

/// Says that a code begins.
const BEGINS: f64 = 2_400.0;
const LASTS: Duration = Duration::from_millis(120);
const PAUSE: Duration = Duration::from_millis(80);
/// What is listened to at once, a third of a tone.
const WINDOW: usize = RATE as usize / 25;
/// A tone that fills less of a window has just begun or ends.
const CLEAR: f64 = 0.8;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Begins,
    Digit(u8),
}

impl Sign {
    fn all() -> impl Iterator<Item = Self> {
        (0..10).map(Self::Digit).chain([Self::Begins])
    }

    fn hertz(self) -> f64 {
        match self {
            Self::Begins => BEGINS,
            Self::Digit(digit) => 500.0 + 150.0 * f64::from(digit),
        }
    }
}

/// What an agent says who reads this code.
pub(crate) fn said(code: &str) -> Vec<i16> {
    let digits = code.chars().filter_map(|it| it.to_digit(10));
    let digits = digits.map(|it| Sign::Digit(u8::try_from(it).unwrap()));
    let signs = [Sign::Begins].into_iter().chain(digits);
    let said = signs.flat_map(|sign| {
        let pause = vec![0; PAUSE.as_millis() as usize * RATE as usize / 1_000];
        [tone(sign.hertz(), PEAK, LASTS, RATE), pause].concat()
    });
    said.collect()
}

/// The first whole code in what was heard: all between two beginnings.
pub(crate) fn taken_down(heard: &[i16]) -> String {
    let mut signs = Vec::new();
    let mut before = None;
    for window in heard.chunks_exact(WINDOW) {
        let sign = Sign::all().find(|it| tone_share(window, it.hertz()) > CLEAR);
        if sign.is_some() && sign != before {
            signs.extend(sign);
        }
        // A packet that is lost in the middle of a tone does not make it two.
        if sign.is_some() || Level::of(window).is_silent() {
            before = sign;
        }
    }
    let from = signs.iter().position(|it| *it == Sign::Begins);
    let rest = signs.iter().skip(from.expect("nobody began to read") + 1);
    let digits = rest.map_while(|it| match it {
        Sign::Begins => None,
        Sign::Digit(digit) => Some(char::from(b'0' + digit)),
    });
    digits.collect()
}
