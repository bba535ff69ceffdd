//! The page of what a technician sets: how the kiosk greets, sounds and shines.

use serde::{Deserialize, Serialize};

use super::{
    Command, Maintenance, Moment, Step,
    book::{Book, What},
    task::Task,
    view::{Mark, Prompt, Row},
};
use crate::visit::{Language, Preferences};

/// Percent by which volume and brightness go up and down.
const STEP: u8 = 10;
/// Nobody finds a way back on a screen that is dark, or hears a voice that is off.
const LEAST: u8 = 10;
const MOST: u8 = 100;

/// What can be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    Language,
    Volume,
    Brightness,
}

/// What was set, as the book has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "setting", content = "to", rename_all = "snake_case")]
pub enum Set {
    Language(Language),
    /// Percent.
    Volume(u8),
    /// Percent.
    Brightness(u8),
}

impl Setting {
    pub const ALL: [Self; 3] = [Self::Language, Self::Volume, Self::Brightness];

    pub fn id(self) -> &'static str {
        match self {
            Setting::Language => "language",
            Setting::Volume => "volume",
            Setting::Brightness => "brightness",
        }
    }
}

impl Set {
    pub fn setting(self) -> Setting {
        match self {
            Set::Language(_) => Setting::Language,
            Set::Volume(_) => Setting::Volume,
            Set::Brightness(_) => Setting::Brightness,
        }
    }
}

impl Book {
    /// How the kiosk greets whoever comes.
    pub fn preferences(&self) -> Preferences {
        let mut preferences = Preferences::default();
        for entry in self.entries() {
            match entry.what {
                What::Set(Set::Language(language)) => preferences.language = language,
                What::Set(Set::Volume(volume)) => preferences.volume = volume.clamp(LEAST, MOST),
                _ => {}
            }
        }
        preferences
    }

    /// Percent of what the screen can; none where nobody has set it.
    pub fn brightness(&self) -> Option<u8> {
        self.entries().iter().rev().find_map(|it| match it.what {
            What::Set(Set::Brightness(percent)) => Some(percent.clamp(LEAST, MOST)),
            _ => None,
        })
    }
}

impl Maintenance {
    /// Without a screen whose light can be set there is nothing to set.
    fn settings(&self) -> impl Iterator<Item = Setting> {
        let backlight = self.fitted.backlight;
        Setting::ALL
            .into_iter()
            .filter(move |it| backlight || *it != Setting::Brightness)
    }

    pub(super) fn setting_rows(&self) -> Vec<Row> {
        let mut rows = vec![Row::heading(self.say("설정", "Settings"))];
        rows.extend(self.settings().map(|setting| {
            let note = match setting {
                Setting::Language => self.say(
                    "아무도 없을 때 화면에 나오는 언어예요.",
                    "What the screen speaks while nobody is here.",
                ),
                Setting::Volume => self.say(
                    "음성 안내를 켰을 때 처음 크기예요.",
                    "How loud spoken guidance begins.",
                ),
                Setting::Brightness => String::new(),
            };
            Row::fact(self.setting_name(setting), self.set_to(setting))
                .noted(note)
                .doing(Task::Adjust(setting).id(), self.say("바꾸기", "Change"))
        }));
        rows
    }

    fn setting_name(&self, setting: Setting) -> String {
        match setting {
            Setting::Language => self.say("처음 언어", "First language"),
            Setting::Volume => self.say("안내 음성 크기", "Volume of guidance"),
            Setting::Brightness => self.say("화면 밝기", "Brightness of the screen"),
        }
    }

    /// How it is set.
    fn set_to(&self, setting: Setting) -> String {
        match setting {
            Setting::Language => self.book.preferences().language.own_name().to_owned(),
            Setting::Volume => format!("{}%", self.book.preferences().volume),
            Setting::Brightness => format!("{}%", self.book.brightness().unwrap_or(MOST)),
        }
    }

    pub(super) fn set_in_words(&self, set: Set) -> String {
        let name = self.setting_name(set.setting());
        match set {
            Set::Language(language) => format!("{name}: {}", language.own_name()),
            Set::Volume(percent) | Set::Brightness(percent) => format!("{name}: {percent}%"),
        }
    }

    pub(super) fn adjust(&mut self, setting: Option<Setting>) {
        if let Step::Inside(inside) = &mut self.step {
            inside.adjusting = setting;
        }
    }

    /// One step up or down of what is being set; the languages go round.
    pub(super) fn adjusted_by(&mut self, up: bool, now: Moment) {
        let Step::Inside(inside) = &self.step else {
            return;
        };
        let Some(setting) = inside.adjusting else {
            return;
        };
        let preferences = self.book.preferences();
        let percent = |it: u8| {
            let stepped = if up {
                it.saturating_add(STEP)
            } else {
                it.saturating_sub(STEP)
            };
            stepped.clamp(LEAST, MOST)
        };
        let set = match setting {
            Setting::Language => Set::Language(beside(preferences.language, up)),
            Setting::Volume => Set::Volume(percent(preferences.volume)),
            Setting::Brightness => Set::Brightness(percent(self.book.brightness().unwrap_or(MOST))),
        };
        self.note_own(What::Set(set), now);
    }

    /// What is written down is so from now on.
    pub(super) fn set_noted(&mut self, set: Set) {
        self.commands.push_back(match set {
            Set::Language(_) | Set::Volume(_) => Command::Prefer(self.book.preferences()),
            Set::Brightness(percent) => Command::Shine(percent),
        });
    }

    pub(super) fn setting_prompt(&self, setting: Setting) -> Prompt {
        let (less, more) = match setting {
            Setting::Language => (
                self.say("앞 언어", "The one before"),
                self.say("다음 언어", "The next one"),
            ),
            Setting::Volume => (self.say("작게", "Softer"), self.say("크게", "Louder")),
            Setting::Brightness => (self.say("어둡게", "Darker"), self.say("밝게", "Brighter")),
        };
        Prompt {
            mark: Mark::Good,
            words: format!("{}: {}", self.setting_name(setting), self.set_to(setting)),
            more: self.say(
                "누르면 바로 바뀌고, 정비 기록에 남아요.",
                "It changes at once, and stands in the book.",
            ),
            choices: vec![
                Self::choice(Task::Less, less, false),
                Self::choice(Task::More, more, false),
                Self::choice(Task::Cancel, self.say("닫기", "Close"), true),
            ],
        }
    }
}

fn beside(language: Language, up: bool) -> Language {
    let all = Language::ALL;
    let at = all.iter().position(|it| *it == language).unwrap_or(0);
    let step = if up { 1 } else { all.len() - 1 };
    all[(at + step) % all.len()]
}
