//! The caller's side of one exercise, from the first ring to the end of the wrap-up.

mod step;

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use crate::{
    Caller, Certainty, Disclosure, Goal, Mood, Observed, Patience, PreparedRequest, Topic,
};
use step::Step;

/// What happened at the trainee's end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Answered,
    /// The agent asked for something in particular.
    Asked(Topic),
    /// The agent has spoken and waits for the caller.
    TurnGiven,
    /// Somebody speaks, or has just ended: silence is what comes after.
    Speech,
    /// The agent is so sure of the caller now.
    Identified(Certainty),
    Prepared(PreparedRequest),
    /// Something was said that not everybody may hear.
    Disclosed(Disclosure),
    Held,
    Retrieved,
    /// To an office, by its id.
    Transferred(String),
    /// What was asked in words is answered.
    Explained,
    /// The agent hung up.
    HungUp,
    WrappedUp,
}

/// What the caller does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    Call,
    Say(String),
    HangUp,
    /// The exercise is over: [`Exercise::observed`] is complete.
    Finish,
}

/// How often he bears silence in a row before he gives up.
const SILENCES_MAX: u32 = 3;
/// After it nobody waits for the wrap-up.
const WRAP_UP_LONGEST: Duration = Duration::from_secs(300);
/// Between what ends the call for him and hanging up: both say goodbye.
const GOODBYE: Duration = Duration::from_secs(6);

/// A talk as the caller has it. What does not fit where it stands changes nothing:
/// both ends act at the same time.
#[derive(Debug)]
pub struct Exercise {
    caller: Caller,
    patience: Patience,
    step: Step,
    observed: Observed,
    called_at: Instant,
    due: Option<Instant>,
    silences: u32,
    /// A reserved caller has been asked for it once.
    asked: Vec<Topic>,
    commands: VecDeque<Command>,
}

impl Exercise {
    /// Calls at once.
    pub fn new(caller: Caller, patience: Patience, now: Instant) -> Self {
        let mut exercise = Self {
            caller,
            patience,
            step: Step::Ringing,
            observed: Observed::default(),
            called_at: now,
            due: None,
            silences: 0,
            asked: Vec::new(),
            commands: VecDeque::from([Command::Call]),
        };
        exercise.due = Some(now + exercise.waits(patience.ring_seconds));
        exercise
    }

    pub fn handle(&mut self, event: Event, now: Instant) {
        self.step = self.next(self.step, event, now);
    }

    pub fn handle_timeout(&mut self, now: Instant) {
        if self.due.is_some_and(|due| due <= now) {
            self.due = None;
            self.step = self.elapsed(self.step, now);
        }
    }

    pub fn poll_command(&mut self) -> Option<Command> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        self.due
    }

    /// What has been seen until now.
    pub fn observed(&self) -> &Observed {
        &self.observed
    }

    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    pub fn is_finished(&self) -> bool {
        self.step == Step::Finished
    }

    fn waits(&self, seconds: u64) -> Duration {
        let whole = Duration::from_secs(seconds);
        match self.caller.mood {
            Mood::Hurried => whole / 2,
            Mood::Calm | Mood::Reserved => whole,
        }
    }

    fn say(&mut self, topic: &Topic) {
        let line = self.caller.speak(topic);
        self.commands.extend(line.map(Command::Say));
    }

    /// What was asked; a reserved caller wants to be asked twice for what is his.
    fn reply(&mut self, topic: &Topic) {
        let reserved = self.caller.mood == Mood::Reserved && topic.is_needed();
        if reserved && !self.asked.contains(topic) {
            self.asked.push(topic.clone());
            return self.say(&Topic::Puzzled);
        }
        let (before, mistaken) = (self.commands.len(), self.caller.is_mistaken(topic));
        self.say(topic);
        if self.commands.len() == before {
            return self.say(&Topic::Puzzled);
        }
        if !mistaken {
            self.caller.volunteered.retain(|it| it != topic);
        }
    }

    /// Says by himself what he was not asked for yet, or that nobody speaks.
    fn volunteer(&mut self) {
        match self.caller.volunteered.first().cloned() {
            Some(topic) => {
                // A mistake is put right in the next turn.
                if !self.caller.is_mistaken(&topic) {
                    self.caller.volunteered.remove(0);
                }
                self.say(&topic);
            }
            None => self.say(&Topic::Silence),
        }
    }

    /// Whether he has what he called for.
    fn is_content(&self) -> bool {
        match &self.caller.goal {
            Goal::Request(_) => {
                let mut prepared = self.observed.prepared.iter();
                prepared.any(|(request, _)| self.caller.wants(request))
            }
            Goal::Office(office) => self.observed.transferred_to.as_ref() == Some(office),
            Goal::Word => false,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
