//! What the citizen makes of what the agent proposes, points at and writes.

use std::time::Instant;

use handover::{Proposal, Shareable};
use request::FormField;

use super::{REPEATS_MAX, Reaction, VisitExercise};
use crate::{
    Mood, Topic,
    visit::{SeenProposal, exercise::Step, form::topic_of, hearing::says_any},
};

/// More than are judged.
const LINES_MAX: usize = 200;

impl VisitExercise {
    /// The agent has done something: nobody is kept waiting any more.
    pub(super) fn attended(&mut self, now: Instant) {
        self.replied(now);
        self.silences = 0;
        let silent_at = now + self.bears(self.patience.silence_seconds);
        self.silent_at = self.silent_at.max(Some(silent_at));
    }

    /// How long he has waited for a word counts.
    pub(super) fn replied(&mut self, now: Instant) {
        if let Some(since) = self.waits_since.take() {
            let waited = now.duration_since(since);
            self.observed.slowest_reply = self.observed.slowest_reply.max(waited);
        }
    }

    pub(super) fn proposed(&mut self, proposal: Proposal, now: Instant) {
        self.attended(now);
        let Proposal { field, value, .. } = &proposal;
        let topic = topic_of(field);
        let told = self.told.contains(&topic);
        let kept = told && self.citizen.keeps.contains(field);
        let refused = self
            .refused
            .iter()
            .any(|it| it == &(field.clone(), value.clone()));
        self.observed.proposals.push(SeenProposal {
            right: self.citizen.wants(field) == Some(value),
            told: told || self.form.is_right(field),
            refused_before: kept || refused,
        });
        self.proposal = Some(proposal.clone());
        self.react(Reaction::Answer(proposal), now);
    }

    pub(super) fn pointed_at(&mut self, field: Option<FormField>, now: Instant) {
        self.attended(now);
        let own = |it: &FormField| self.citizen.keeps.contains(it) && !self.form.is_right(it);
        if let Some(field) = field.clone().filter(own) {
            self.react(Reaction::FillIn(field), now);
        }
        self.pointed = field;
    }

    pub(super) fn heard(&mut self, line: Shareable, since: Instant, now: Instant) {
        self.attended(now);
        let greeted = now.duration_since(since);
        self.observed.greeted_after.get_or_insert(greeted);
        if matches!(self.step, Step::Helped { .. }) {
            let answered = self.is_answered_by(&line);
            match self.citizen.asked(&line) {
                Some(topic) => self.reply(topic, now),
                None if answered => {}
                None => self.take_turn(now),
            }
        }
        if self.observed.lines.len() < LINES_MAX {
            self.observed.lines.push(line);
        }
    }

    /// Whether the line has in it what he wanted to know.
    fn is_answered_by(&mut self, line: &Shareable) -> bool {
        let questions = &self.citizen.questions;
        let answers = |question: usize| {
            let question = questions.get(question);
            question.is_some_and(|it| says_any(line, &it.answered_by))
        };
        let answered = self.open.take_if(|it| answers(it.question)).is_some();
        self.observed.questions_answered += u32::from(answered);
        answered
    }

    /// What was asked; a reserved citizen wants to be asked twice.
    fn reply(&mut self, topic: Topic, now: Instant) {
        let reserved = self.citizen.mood == Mood::Reserved;
        match reserved && self.wanted_once.insert(topic.clone()) {
            true => self.react(Reaction::Say(Topic::Puzzled), now),
            false => self.react(Reaction::Say(topic), now),
        }
    }

    /// He was written to, and not asked for anything in particular.
    fn take_turn(&mut self, now: Instant) {
        if let Some(open) = &mut self.open {
            open.repeated += 1;
            match open.repeated > REPEATS_MAX {
                true => self.open = None,
                false => {
                    let question = open.question;
                    self.react(Reaction::Ask(question), now);
                }
            }
            return;
        }
        let pointed = self.pointed.as_ref().map(topic_of);
        let untold = |it: &Topic| self.citizen.untold.contains(it) && !self.told.contains(it);
        let topic = pointed.filter(untold);
        if let Some(topic) = topic.or_else(|| self.next_untold()) {
            self.react(Reaction::Say(topic), now);
        }
    }
}
