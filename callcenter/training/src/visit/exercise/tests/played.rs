//! A visit that is played, and what its citizen has done.

use std::time::Instant;

use handover::{Form, HostEnding, HostEvent, HostReport, Place, Proposal, Shareable};
use request::{AgentId, FormField, StationId};

use crate::{
    VisitCommand, VisitEnding, VisitExercise,
    practice::{seconds, visit_scenario, waits},
    score_visit,
};

pub(super) struct Played {
    id: &'static str,
    pub(super) exercise: VisitExercise,
    now: Instant,
    pub(super) done: Vec<HostEvent>,
    pub(super) over: bool,
    pub(super) failed: bool,
    pub(super) proposals: u32,
}

impl Played {
    pub(super) fn begin(id: &'static str, seed: u64) -> Self {
        let (_, exercise, now) = waits(id, seed);
        let mut played = Self {
            id,
            exercise,
            now,
            done: Vec::new(),
            over: false,
            failed: false,
            proposals: 0,
        };
        played.follow();
        played
    }

    /// The agent has come and read the first words.
    pub(super) fn helped(id: &'static str, seed: u64) -> Self {
        let mut played = Self::begin(id, seed);
        played.passes(4);
        played.comes();
        played.passes(4);
        played
    }

    pub(super) fn comes(&mut self) {
        self.report(HostReport::Joined {
            desk: StationId::new("desk-1"),
            agent: AgentId::new("kim.2"),
        });
    }

    pub(super) fn report(&mut self, report: HostReport) {
        self.exercise.handle(report, self.now);
        self.follow();
    }

    fn follow(&mut self) {
        while let Some(command) = self.exercise.poll_command() {
            match command {
                VisitCommand::AtKiosk(event) => self.done.push(event),
                VisitCommand::Finish => self.over = true,
                VisitCommand::Fail => self.failed = true,
            }
        }
    }

    pub(super) fn passes(&mut self, time: u64) {
        let until = self.now + seconds(time);
        while let Some(due) = self.exercise.poll_timeout().filter(|due| *due <= until) {
            self.now = self.now.max(due);
            self.exercise.handle_timeout(self.now);
            self.follow();
        }
        self.now = until;
    }

    pub(super) fn writes(&mut self, text: &str) {
        self.report(HostReport::Heard(Shareable::new(text).unwrap()));
        self.passes(5);
    }

    pub(super) fn wanted(&self, field: &FormField) -> Shareable {
        self.exercise.citizen().wants(field).unwrap().clone()
    }

    pub(super) fn proposes(&mut self, field: &FormField, value: Shareable) {
        self.proposals += 1;
        self.report(HostReport::Proposed(Proposal {
            proposal: self.proposals,
            field: field.clone(),
            value,
        }));
        self.passes(5);
    }

    pub(super) fn proposes_right(&mut self, field: &FormField) {
        self.proposes(field, self.wanted(field));
    }

    pub(super) fn ends(&mut self) {
        self.report(HostReport::Ended(HostEnding::ByAgent));
    }

    pub(super) fn said(&self) -> Vec<String> {
        let said = self.exercise.said().iter();
        said.map(|it| it.text().reveal().clone()).collect()
    }

    pub(super) fn confirmed(&self) -> usize {
        let confirmed = |it: &&HostEvent| matches!(it, HostEvent::Confirmed(_));
        self.done.iter().filter(confirmed).count()
    }

    pub(super) fn declined(&self) -> usize {
        let declined = |it: &&HostEvent| matches!(it, HostEvent::Declined(_));
        self.done.iter().filter(declined).count()
    }

    pub(super) fn place(&self) -> Option<Place> {
        let shown = self.shown_since(0);
        shown.last().map(|form| form.at.clone())
    }

    /// Forms that were shown, but for so many deeds at the beginning.
    pub(super) fn shown_since(&self, before: usize) -> Vec<Form> {
        let mut shown = Vec::new();
        for event in self.done.iter().skip(before) {
            if let HostEvent::Shown(form) = event {
                shown.push(form.clone());
            }
        }
        shown
    }

    pub(super) fn ending(&self) -> Option<VisitEnding> {
        self.exercise.observed().ending
    }

    /// Points, whether it was passed, and the rules that were broken, in English.
    pub(super) fn judged(&self) -> (u32, bool, Vec<String>) {
        let score = score_visit(&visit_scenario(self.id), self.exercise.observed());
        let broken = score.findings.into_iter().filter(|it| !it.kept);
        (
            score.points,
            score.passed,
            broken.map(|it| it.why_en).collect(),
        )
    }
}

pub(super) fn parcel() -> FormField {
    FormField::Question("parcel_number".to_owned())
}

pub(super) fn district() -> FormField {
    FormField::Question("district".to_owned())
}

pub(super) fn numbers() -> FormField {
    FormField::Option("numbers".to_owned())
}

pub(super) fn history() -> FormField {
    FormField::Option("history".to_owned())
}
