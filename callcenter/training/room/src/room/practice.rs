//! One exercise under way: the caller, his telephone, and what is seen of the trainee.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use desk::workplace::view::View as DeskView;
use training::{Caller, Ending, Event, Exercise, Goal, Scenario};

use super::{Command, Lessons};
use crate::{
    listening::{Heard, Listening},
    watching::{Sight, Watching},
};

/// A line that is hung up says so within this; one that does not was given over.
const HUNG_UP_WITHIN: Duration = Duration::from_millis(1_500);
/// Whoever speaks so long has explained something.
const EXPLANATION: Duration = Duration::from_secs(4);
/// More than a window shows of what was said.
const LINES_MAX: usize = 30;

pub(super) struct Practice {
    seed: u64,
    language: String,
    exercise: Exercise,
    watching: Watching,
    listening: Listening,
    /// The caller's words that are not said yet.
    to_say: VecDeque<String>,
    speech: Speech,
    /// What he has said.
    said: Vec<String>,
    /// The agent has left the talk, to this office if he gave the caller over.
    left: Option<(Instant, Option<String>)>,
    on_line: bool,
    failed: bool,
    finished: bool,
    commands: VecDeque<Command>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Speech {
    Silent,
    /// It is being made.
    Begins,
    Until(Instant),
}

impl Practice {
    pub(super) fn begin(scenario: &Scenario, lessons: &Lessons, seed: u64, now: Instant) -> Self {
        let caller = Caller::draw(scenario, &lessons.catalog, seed);
        let mut practice = Self {
            seed,
            language: scenario.language.clone(),
            exercise: Exercise::new(caller, scenario.patience, now),
            watching: Watching::new(lessons.catalog.clone(), lessons.offices.clone()),
            listening: Listening::default(),
            to_say: VecDeque::new(),
            speech: Speech::Silent,
            said: Vec::new(),
            left: None,
            on_line: false,
            failed: false,
            finished: false,
            commands: VecDeque::new(),
        };
        practice.follow();
        practice
    }

    pub(super) fn see(&mut self, view: &DeskView, now: Instant) {
        for sight in self.watching.see(view) {
            match sight {
                Sight::Exercise(event) => self.exercise.handle(event, now),
                Sight::TalkEnded { office } => self.left = Some((now, office)),
            }
        }
        self.follow();
    }

    pub(super) fn hear(&mut self, event: &softphone::Event, now: Instant) {
        match event {
            softphone::Event::Levels { loudspeaker, .. } => self.listen(*loudspeaker, now),
            softphone::Event::Ended(_) => self.line_ended(now),
            softphone::Event::Answered
            | softphone::Event::Registered
            | softphone::Event::Unregistered(_)
            | softphone::Event::Ringing { .. }
            | softphone::Event::Progress { .. }
            | softphone::Event::Digit(_)
            | softphone::Event::DeviceGone(_)
            | softphone::Event::DeviceBack(_)
            | softphone::Event::TestEnded => {}
        }
        self.follow();
    }

    pub(super) fn speaks(&mut self, lasts: Duration, now: Instant) {
        if self.speech == Speech::Begins {
            self.speech = Speech::Until(now + lasts);
        }
    }

    pub(super) fn handle_timeout(&mut self, now: Instant) {
        if let Speech::Until(until) = self.speech
            && until <= now
        {
            self.speech = Speech::Silent;
            self.commands.push_back(Command::Hush);
            self.listening.forget();
            self.exercise.handle(Event::Speech, now);
        }
        if let Some((at, office)) = &self.left
            && *at + HUNG_UP_WITHIN <= now
        {
            let office = office.clone().unwrap_or_default();
            self.left = None;
            self.exercise.handle(Event::Transferred(office), now);
            // Who takes him there is not of this room.
            self.hang_up();
        }
        self.exercise.handle_timeout(now);
        self.follow();
    }

    pub(super) fn poll_timeout(&self) -> Option<Instant> {
        let speech = match self.speech {
            Speech::Until(until) => Some(until),
            Speech::Silent | Speech::Begins => None,
        };
        let left = self.left.as_ref().map(|(at, _)| *at + HUNG_UP_WITHIN);
        let due = [self.exercise.poll_timeout(), speech, left];
        due.into_iter().flatten().min()
    }

    pub(super) fn poll_commands(&mut self) -> impl Iterator<Item = Command> {
        std::mem::take(&mut self.commands).into_iter()
    }

    pub(super) fn break_off(&mut self) {
        self.to_say.clear();
        self.hang_up();
    }

    pub(super) fn exercise(&self) -> &Exercise {
        &self.exercise
    }

    pub(super) fn seed(&self) -> u64 {
        self.seed
    }

    /// The center took no call at all.
    pub(super) fn failed(&self) -> bool {
        self.failed
    }

    pub(super) fn is_finished(&self) -> bool {
        self.finished
    }

    pub(super) fn said(&self) -> &[String] {
        &self.said
    }

    /// Whether the trainee has answered.
    pub(super) fn is_answered(&self) -> bool {
        self.exercise.observed().answered_after.is_some()
    }

    /// Whether the caller has gone, and the wrap-up is what is left.
    pub(super) fn is_over(&self) -> bool {
        self.exercise.observed().ending.is_some()
    }

    fn listen(&mut self, level: f64, now: Instant) {
        // Nobody hears while he speaks.
        if self.speech != Speech::Silent || !self.to_say.is_empty() || !self.is_answered() {
            return;
        }
        match self.listening.handle(level, now) {
            Some(Heard::Speaks) => self.exercise.handle(Event::Speech, now),
            Some(Heard::Turn(spoken)) => self.take_turn(spoken, now),
            None => {}
        }
    }

    fn take_turn(&mut self, spoken: Duration, now: Instant) {
        let word = self.exercise.caller().goal == Goal::Word;
        let event = match self.watching.asks_for() {
            Some(topic) => Event::Asked(topic),
            None if word && spoken >= EXPLANATION => Event::Explained,
            None => Event::TurnGiven,
        };
        self.exercise.handle(event, now);
    }

    fn line_ended(&mut self, now: Instant) {
        if !std::mem::take(&mut self.on_line) {
            return;
        }
        self.to_say.clear();
        self.left = None;
        if self.is_answered() {
            self.exercise.handle(Event::HungUp, now);
        } else if self.exercise.observed().ending != Some(Ending::GaveUp) {
            self.failed = true;
        }
    }

    fn hang_up(&mut self) {
        if std::mem::take(&mut self.on_line) {
            self.commands.push_back(Command::HangUp);
        }
    }

    fn follow(&mut self) {
        while let Some(command) = self.exercise.poll_command() {
            match command {
                training::Command::Call => {
                    self.on_line = true;
                    self.commands.push_back(Command::Call);
                }
                training::Command::Say(text) => self.to_say.push_back(text),
                training::Command::HangUp => self.hang_up(),
                training::Command::Finish => self.finished = true,
            }
        }
        if self.speech == Speech::Silent
            && let Some(text) = self.to_say.pop_front()
        {
            self.speech = Speech::Begins;
            self.said.push(text.clone());
            if self.said.len() > LINES_MAX {
                self.said.remove(0);
            }
            let language = self.language.clone();
            self.commands.push_back(Command::Say { text, language });
        }
    }
}
