//! One visit under way: a citizen who does not exist, at the kiosk's end of a room.

use std::time::Instant;

use handover::{Attempt, Host, HostCommand, HostEvent, KioskQuestion};
use training::{Citizen, VisitCommand, VisitExercise, VisitScenario};

use super::Lessons;

pub(super) struct Visiting {
    seed: u64,
    exercise: VisitExercise,
    finished: bool,
    failed: bool,
}

impl Visiting {
    /// None where the scenario was made for another catalogue.
    pub(super) fn begin(
        scenario: &VisitScenario,
        lessons: &Lessons,
        seed: u64,
        now: Instant,
    ) -> Option<Self> {
        let citizen = Citizen::draw(scenario, &lessons.catalog, seed)?;
        Some(Self {
            seed,
            exercise: VisitExercise::new(citizen, scenario.patience.clone(), now),
            finished: false,
            failed: false,
        })
    }

    pub(super) fn handle_timeout(&mut self, now: Instant) {
        self.exercise.handle_timeout(now);
    }

    pub(super) fn poll_timeout(&self) -> Option<Instant> {
        self.exercise.poll_timeout()
    }

    /// Lets citizen and kiosk talk until neither has anything more to say; answers what
    /// the exchange is to be asked.
    pub(super) fn follow(
        &mut self,
        host: &mut Host,
        now: Instant,
    ) -> Vec<(Attempt, KioskQuestion)> {
        let mut questions = Vec::new();
        loop {
            if let Some(command) = self.exercise.poll_command() {
                match command {
                    VisitCommand::AtKiosk(event) => host.handle(event, now),
                    VisitCommand::Finish => self.finished = true,
                    VisitCommand::Fail => self.failed = true,
                }
            } else if let Some(command) = host.poll_command() {
                match command {
                    HostCommand::Ask(attempt, question) => questions.push((attempt, question)),
                    HostCommand::Report(report) => self.exercise.handle(report, now),
                }
            } else {
                return questions;
            }
        }
    }

    pub(super) fn exercise(&self) -> &VisitExercise {
        &self.exercise
    }

    pub(super) fn seed(&self) -> u64 {
        self.seed
    }

    /// No room was to be had.
    pub(super) fn failed(&self) -> bool {
        self.failed
    }

    pub(super) fn is_finished(&self) -> bool {
        self.finished
    }

    /// What the citizen has written.
    pub(super) fn said(&self) -> Vec<String> {
        let said = self.exercise.said().iter();
        said.map(|line| line.text().reveal().clone()).collect()
    }
}

/// What a kiosk where nobody stands still has to ask.
pub(super) fn left_over(host: &mut Host) -> Vec<(Attempt, KioskQuestion)> {
    let commands = std::iter::from_fn(|| host.poll_command());
    let question = |command| match command {
        HostCommand::Ask(attempt, question) => Some((attempt, question)),
        HostCommand::Report(_) => None,
    };
    commands.filter_map(question).collect()
}

/// The citizen is gone, and the room with him.
pub(super) fn leave(host: &mut Host, now: Instant) {
    host.handle(HostEvent::Left, now);
}
