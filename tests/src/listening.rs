//! What a visit sounds like to somebody who sees nothing: every sentence in the order in
//! which it was said, as text and as sound.

use std::{fmt, path::Path, time::Duration};

use kiosk::visit::{View, view::Screen};
use slint::{SharedString, platform::Key};
use speech::{Saying, Sound, Voice};

use crate::{
    keypad::Hands,
    stand::Stand,
    walk::{End, Stop},
};

/// Between two sentences.
const BREATH: Duration = Duration::from_millis(350);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Heard {
    /// A screen by its name; nothing is heard of that by itself.
    Screen(&'static str),
    Key(String),
    Said(Saying),
}

#[derive(Clone, Debug, Default)]
pub struct Transcript(Vec<Heard>);

impl Transcript {
    pub(crate) fn shown(&mut self, screen: &'static str) {
        let up = self.0.iter().rev().find_map(|it| match it {
            Heard::Screen(name) => Some(*name),
            Heard::Key(_) | Heard::Said(_) => None,
        });
        if up != Some(screen) {
            self.0.push(Heard::Screen(screen));
        }
    }

    pub(crate) fn pressed(&mut self, text: &SharedString) {
        self.0.push(Heard::Key(name(text)));
    }

    pub(crate) fn said(&mut self, saying: Saying) {
        self.0.push(Heard::Said(saying));
    }

    pub fn sayings(&self) -> impl Iterator<Item = &Saying> {
        self.0.iter().filter_map(|it| match it {
            Heard::Said(saying) => Some(saying),
            Heard::Screen(_) | Heard::Key(_) => None,
        })
    }

    /// Speaks all that was said, each sentence to its end, into a WAV file; answers how
    /// long one listens.
    ///
    /// # Errors
    /// When something cannot be said or written.
    pub fn speak(&self, voice: &impl Voice, file: &Path) -> anyhow::Result<Duration> {
        let mut whole: Option<Sound> = None;
        for saying in self.sayings() {
            let sound = voice.speak(&saying.words, saying.language, saying.rate)?;
            let breath = Sound::silence(sound.rate, BREATH);
            match &mut whole {
                Some(whole) => whole.samples.extend(sound.samples),
                None => whole = Some(sound),
            }
            whole
                .iter_mut()
                .for_each(|it| it.samples.extend(&breath.samples));
        }
        let whole = whole.unwrap_or_else(|| Sound::silence(1, Duration::ZERO));
        whole.write(file)?;
        Ok(whole.length())
    }
}

/// As a play is printed: the screens as its scenes, keys and sentences line by line.
impl fmt::Display for Transcript {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, heard) in self.0.iter().enumerate() {
            match heard {
                Heard::Screen(name) if at == 0 => writeln!(text, "# {name}")?,
                Heard::Screen(name) => writeln!(text, "\n# {name}")?,
                Heard::Key(name) => writeln!(text, "[{name}]")?,
                Heard::Said(saying) => writeln!(text, "{}", saying.words.reveal())?,
            }
        }
        Ok(())
    }
}

/// What stands on a key of the keypad; of digits nobody is told which.
fn name(text: &SharedString) -> String {
    let is = |key: Key| *text == SharedString::from(key);
    let named = [
        (Key::Tab, "next"),
        (Key::Return, "choose"),
        (Key::F15, "headphones in"),
        (Key::F16, "headphones out"),
    ];
    let named = named.into_iter().find(|(key, _)| is(*key));
    match named {
        Some((_, name)) => name.to_owned(),
        None if text.chars().all(|it| it.is_ascii_digit()) => "a digit".to_owned(),
        None => text.to_string(),
    }
}

impl Stand {
    /// Somebody who sees nothing plugs headphones in and goes the whole way to the paper.
    pub fn visit_by_ear(&mut self) -> End {
        self.is_used_by(Hands::Headphones);
        self.wait_until("everything works", |view| match &view.screen {
            Screen::Welcome(welcome) => welcome.troubles.is_empty(),
            _ => false,
        });
        self.press(Key::F15);
        let listens = |view: &View| view.accessibility.guidance.is_some();
        self.wait_until("somebody listens", listens);
        self.walk_to(Stop::Service);
        let end = self.go_on();
        self.wait_until("nobody listens any more", |view| !listens(view));
        end
    }
}
