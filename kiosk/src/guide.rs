//! Spoken guidance: what is said and when, to somebody who goes through the screens by
//! keys or by two switches and perhaps sees none of them.
//!
//! No I/O and no time: an event goes in, commands are polled. The window says where the
//! person stands and what comes up; the guide says what is spoken, where the stop moves,
//! and what was touched.

mod jamo;
mod place;
#[cfg(test)]
mod tests;
mod typed;

use std::collections::VecDeque;

use privacy::Personal;

use crate::visit::{
    Key, Touch,
    view::{Guidance, GuidanceTouch, View},
};

use place::{Place, TypesInto};
use typed::{Typed, typed};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GuideEvent {
    /// The window shows this.
    Shown(Box<View>),
    /// The person stands on something, of which this is to be told.
    Stands(Personal<String>),
    /// Something came up that nobody went to.
    Heard(Personal<String>),
    Key(GuideKey),
}

/// A key of the tactile keypad, by its meaning. Two switches are `Next` and `Choose`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuideKey {
    Next,
    Previous,
    /// On words, which cannot be chosen: says them again.
    Choose,
    Back,
    /// Begins the guidance; tells of the keys when it is on.
    Help,
    Repeat,
    /// Stops in the middle of a word, and goes on.
    Pause,
    Louder,
    Softer,
    Faster,
    Slower,
    Darken,
    HeadphonesIn,
    HeadphonesOut,
    Digit(char),
    Delete,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GuideCommand {
    Say {
        what: What,
        /// In place of what is being said, or behind it.
        cut: bool,
    },
    Silence,
    Pause(bool),
    /// Moves the stop.
    Next,
    Previous,
    /// To the screen's first stop.
    First,
    /// Before it.
    Start,
    Touch(Touch),
}

/// What is said. Sentences of the guide's own are the window's, in its language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Words(Personal<String>),
    Begins,
    Keys,
    Volume(u8),
    Rate(u16),
    Dark(bool),
    /// So many digits stand there now: which ones, nobody hears.
    Digits(u32),
    Deleted,
}

#[derive(Debug, Default)]
pub struct Guide {
    guidance: Option<Guidance>,
    place: Option<Place>,
    typed: Option<Typed>,
    last: Option<What>,
    paused: bool,
    /// Something came up since the person did anything: what follows waits for its end.
    news: bool,
    commands: VecDeque<GuideCommand>,
}

impl Guide {
    pub fn handle(&mut self, event: GuideEvent) {
        match event {
            GuideEvent::Shown(view) => self.shown(&view),
            GuideEvent::Stands(words) => self.say(What::Words(words)),
            GuideEvent::Heard(words) => {
                self.say(What::Words(words));
                self.news = true;
            }
            GuideEvent::Key(key) => self.pressed(key),
        }
    }

    pub fn poll_command(&mut self) -> Option<GuideCommand> {
        self.commands.pop_front()
    }

    fn shown(&mut self, view: &View) {
        let before = self.guidance;
        self.guidance = view.accessibility.guidance;
        let (place, entered) = (Place::of(view), typed(&view.screen));
        let moved = self.place.as_ref() != Some(&place);
        let was = std::mem::replace(&mut self.typed, entered);
        self.place = Some(place);
        match (before, self.guidance) {
            // The stop may have gone with what it stood on.
            (None, None) if moved => self.commands.push_back(GuideCommand::Start),
            (None, None) => {}
            (Some(_), None) => self.fall_silent(),
            (None, Some(_)) => {
                self.say(What::Begins);
                self.news = true;
                self.commands.push_back(GuideCommand::First);
            }
            (Some(before), Some(now)) => {
                self.tell_settings(before, now);
                if moved {
                    self.commands.push_back(GuideCommand::First);
                } else if let Some(what) = self.typed.as_ref().and_then(|it| it.since(was.as_ref()))
                {
                    self.say(what);
                }
            }
        }
    }

    fn tell_settings(&mut self, before: Guidance, now: Guidance) {
        if before.volume != now.volume {
            self.say(What::Volume(now.volume));
        }
        if before.rate != now.rate {
            self.say(What::Rate(now.rate));
        }
        if before.dark != now.dark {
            self.say(What::Dark(now.dark));
        }
    }

    fn pressed(&mut self, key: GuideKey) {
        self.news = false;
        let on = self.guidance.is_some();
        match key {
            GuideKey::Next => self.step(GuideCommand::Next),
            GuideKey::Previous => self.step(GuideCommand::Previous),
            GuideKey::Choose | GuideKey::Repeat => {
                if let Some(last) = self.last.clone() {
                    self.say(last);
                }
            }
            GuideKey::Back if self.types_into() == TypesInto::Screen => self.touch(Touch::Back),
            GuideKey::Back => {}
            GuideKey::Help if on => self.say(What::Keys),
            GuideKey::Pause if on => {
                self.paused = !self.paused;
                self.commands.push_back(GuideCommand::Pause(self.paused));
            }
            GuideKey::Pause => {}
            GuideKey::Help | GuideKey::HeadphonesIn => self.turn(GuidanceTouch::Begin),
            GuideKey::HeadphonesOut => self.turn(GuidanceTouch::End),
            GuideKey::Louder => self.turn(GuidanceTouch::Louder),
            GuideKey::Softer => self.turn(GuidanceTouch::Softer),
            GuideKey::Faster => self.turn(GuidanceTouch::Faster),
            GuideKey::Slower => self.turn(GuidanceTouch::Slower),
            GuideKey::Darken => self.turn(GuidanceTouch::Darken),
            GuideKey::Digit(digit) => self.type_key(Key::Character(digit)),
            GuideKey::Delete => self.type_key(Key::Backspace),
        }
    }

    fn types_into(&self) -> TypesInto {
        let place = self.place.as_ref();
        place.map_or(TypesInto::Nothing, Place::types_into)
    }

    /// What lies over a screen keeps keys from it.
    fn type_key(&mut self, key: Key) {
        match self.types_into() {
            TypesInto::Screen => self.touch(Touch::Key(key)),
            TypesInto::Talk => self.touch(Touch::TalkKey(key)),
            TypesInto::Nothing => {}
        }
    }

    /// Moving the stop is a sign of life, and is not seen by the visit otherwise.
    fn step(&mut self, way: GuideCommand) {
        self.commands.push_back(way);
        self.touch(Touch::Moved);
    }

    fn turn(&mut self, what: GuidanceTouch) {
        self.touch(Touch::Guidance(what));
    }

    fn touch(&mut self, touch: Touch) {
        self.commands.push_back(GuideCommand::Touch(touch));
    }

    fn say(&mut self, what: What) {
        if self.guidance.is_none() {
            return;
        }
        self.last = Some(what.clone());
        self.paused = false;
        let cut = !self.news;
        self.commands.push_back(GuideCommand::Say { what, cut });
    }

    /// The next person hears nothing of what was said to this one.
    fn fall_silent(&mut self) {
        self.commands.push_back(GuideCommand::Silence);
        self.last = None;
        self.paused = false;
        self.news = false;
    }
}
