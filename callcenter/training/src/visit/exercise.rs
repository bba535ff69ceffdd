//! The citizen's side of one visit, from asking for an agent to the end of the help.

mod acting;
mod listening;
mod step;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

use std::{
    collections::{BTreeSet, VecDeque},
    time::{Duration, Instant},
};

use handover::{HostEvent, HostReport, Opening, Proposal, Shareable};
use request::FormField;

use super::{Citizen, VisitObserved, VisitPatience, form::KioskForm};
use crate::{Mood, Topic};
use step::Step;

/// How often he bears silence in a row before he gives up.
const SILENCES_MAX: u32 = 3;
/// How often he asks again what was not answered.
const REPEATS_MAX: u32 = 2;
/// Between his thanks and ending by himself.
const GOODBYE: Duration = Duration::from_secs(25);
/// Between saying that he gives up, and going.
const LAST_WORDS: Duration = Duration::from_secs(3);
/// For an answer to what he asks before he has to go.
const GOING: Duration = Duration::from_secs(25);
/// Nobody stands at a kiosk for longer.
const HELP_LONGEST: Duration = Duration::from_secs(1_200);

/// What the citizen does.
#[derive(Clone, Debug)]
pub enum VisitCommand {
    /// At the kiosk's end of the room.
    AtKiosk(HostEvent),
    /// The exercise is over: [`VisitExercise::observed`] is complete.
    Finish,
    /// No room was to be had, or it was lost: there is nothing to judge.
    Fail,
}

/// What he does when he has read and thought.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Reaction {
    Say(Topic),
    /// One of his questions.
    Ask(usize),
    Answer(Proposal),
    /// Fills in by himself where he was shown.
    FillIn(FormField),
}

/// A question he waits for an answer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Open {
    question: usize,
    repeated: u32,
}

/// A visit as the citizen has it. What does not fit where it stands changes nothing.
#[derive(Debug)]
pub struct VisitExercise {
    citizen: Citizen,
    form: KioskForm,
    patience: VisitPatience,
    step: Step,
    observed: VisitObserved,
    asked_at: Instant,
    reactions: VecDeque<(Instant, Reaction)>,
    silent_at: Option<Instant>,
    leaves_at: Option<Instant>,
    silences: u32,
    pointed: Option<FormField>,
    told: BTreeSet<Topic>,
    /// A reserved citizen has been asked for it once.
    wanted_once: BTreeSet<Topic>,
    refused: Vec<(FormField, Shareable)>,
    proposal: Option<Proposal>,
    asked: BTreeSet<usize>,
    open: Option<Open>,
    /// Since when he waits for a word.
    waits_since: Option<Instant>,
    /// What he has written, for whoever watches.
    said: Vec<Shareable>,
    commands: VecDeque<VisitCommand>,
}

impl VisitExercise {
    /// Asks for an agent at once.
    pub fn new(citizen: Citizen, patience: VisitPatience, now: Instant) -> Self {
        let form = citizen.form.clone();
        let opening = Opening {
            service: Some(form.service().clone()),
            language: citizen.language.clone(),
        };
        let asked = HostEvent::Asked {
            opening,
            form: form.shown(),
        };
        let mut exercise = Self {
            citizen,
            form,
            patience,
            step: Step::Waiting,
            observed: VisitObserved::default(),
            asked_at: now,
            reactions: VecDeque::new(),
            silent_at: None,
            leaves_at: None,
            silences: 0,
            pointed: None,
            told: BTreeSet::new(),
            wanted_once: BTreeSet::new(),
            refused: Vec::new(),
            proposal: None,
            asked: BTreeSet::new(),
            open: None,
            waits_since: None,
            said: Vec::new(),
            commands: VecDeque::from([VisitCommand::AtKiosk(asked)]),
        };
        let waits = exercise.bears(exercise.patience.wait_seconds);
        exercise.silent_at = Some(now + waits);
        exercise
    }

    /// What the kiosk's end of the room reports.
    pub fn handle(&mut self, report: HostReport, now: Instant) {
        self.step = self.next(self.step, report, now);
        self.follow(now);
    }

    pub fn handle_timeout(&mut self, now: Instant) {
        while self.reactions.front().is_some_and(|(due, _)| *due <= now) {
            if let Some((_, reaction)) = self.reactions.pop_front() {
                self.act(reaction, now);
            }
        }
        self.follow(now);
    }

    pub fn poll_command(&mut self) -> Option<VisitCommand> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        let reaction = self.reactions.front().map(|(due, _)| *due);
        let due = [
            reaction,
            self.step.ends_at(),
            self.silent_at,
            self.leaves_at,
        ];
        due.into_iter().flatten().min()
    }

    /// What has been seen until now.
    pub fn observed(&self) -> &VisitObserved {
        &self.observed
    }

    pub fn citizen(&self) -> &Citizen {
        &self.citizen
    }

    /// What the citizen has written.
    pub fn said(&self) -> &[Shareable] {
        &self.said
    }

    /// Whether an agent has come.
    pub fn is_helped(&self) -> bool {
        self.observed.came_after.is_some()
    }

    pub fn is_finished(&self) -> bool {
        self.step == Step::Finished
    }

    /// What follows from where everything stands.
    fn follow(&mut self, now: Instant) {
        self.decide_consent(now);
        self.step = self.elapsed(self.step, now);
    }

    fn bears(&self, seconds: u64) -> Duration {
        let whole = Duration::from_secs(seconds);
        match self.citizen.mood {
            Mood::Hurried => whole / 2,
            Mood::Calm | Mood::Reserved => whole,
        }
    }

    fn at_kiosk(&mut self, event: HostEvent) {
        self.commands.push_back(VisitCommand::AtKiosk(event));
    }
}
