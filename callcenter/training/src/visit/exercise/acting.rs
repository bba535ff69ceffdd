//! What the citizen does: writes, asks, answers a proposal, fills in where he was shown.

use std::time::Instant;

use handover::{HostEvent, Proposal, Shareable};
use request::FormField;

use super::{Open, Reaction, VisitExercise};
use crate::{
    Topic,
    visit::{Moment, exercise::Step, form::topic_of},
};

impl VisitExercise {
    /// After whatever else he is about to do.
    pub(super) fn react(&mut self, reaction: Reaction, now: Instant) {
        if self.reactions.iter().any(|(_, it)| *it == reaction) {
            return;
        }
        let last = self.reactions.back().map_or(now, |(due, _)| *due);
        let due = last.max(now) + self.citizen.pace;
        self.reactions.push_back((due, reaction));
        self.silent_at = Some(due + self.bears(self.patience.silence_seconds));
    }

    pub(super) fn act(&mut self, reaction: Reaction, now: Instant) {
        match reaction {
            Reaction::Say(topic) => self.say(&topic, now),
            Reaction::Ask(question) => self.ask(question, now),
            Reaction::Answer(proposal) => self.answer(proposal, now),
            Reaction::FillIn(field) => self.fill_in(&field),
        }
    }

    pub(super) fn say(&mut self, topic: &Topic, now: Instant) {
        if let Some(line) = self.citizen.line(topic).cloned() {
            self.told.insert(topic.clone());
            self.write(line, now);
        }
    }

    /// Asks what belongs here; whether there is anything to be asked.
    pub(super) fn ask_at(&mut self, moment: Moment, now: Instant) -> bool {
        let mut questions = self.citizen.questions.iter();
        let found = questions.position(|it| it.at == moment);
        match found.filter(|question| self.asked.insert(*question)) {
            Some(question) => {
                self.react(Reaction::Ask(question), now);
                true
            }
            None => false,
        }
    }

    /// Says by himself what nobody asked for yet, or that nobody is there.
    pub(super) fn speak_up(&mut self, now: Instant) {
        let untold = self.next_untold();
        match (self.open, untold) {
            (Some(open), _) => self.ask(open.question, now),
            (None, Some(topic)) => self.say(&topic, now),
            (None, None) => self.say(&Topic::Silence, now),
        }
    }

    pub(super) fn next_untold(&self) -> Option<Topic> {
        let mut untold = self.citizen.untold.iter();
        let next = untold.find(|topic| !self.told.contains(*topic) && !self.is_about_to_say(topic));
        next.cloned()
    }

    fn is_about_to_say(&self, topic: &Topic) -> bool {
        let says = |it: &Reaction| matches!(it, Reaction::Say(about) if about == topic);
        self.reactions.iter().any(|(_, it)| says(it))
    }

    /// The agencies, once all is filled in: he decides when his question about them is
    /// settled.
    pub(super) fn decide_consent(&mut self, now: Instant) {
        let helped = matches!(self.step, Step::Helped { .. });
        let settled = self.reactions.is_empty() && self.open.is_none();
        if helped && settled && self.form.asks_for_consent() && !self.ask_at(Moment::Consent, now) {
            self.form.decide_consent(self.citizen.consents);
            self.show();
        }
    }

    pub(super) fn has_what_he_wants(&self) -> bool {
        self.form.is_filled_in()
            && !self.form.asks_for_consent()
            && self.reactions.is_empty()
            && self.open.is_none()
    }

    fn ask(&mut self, question: usize, now: Instant) {
        let asked = self.citizen.questions.get(question);
        let line = asked.and_then(|it| Shareable::new(it.say.first()?).ok());
        let Some(line) = line else {
            return;
        };
        if self.open.is_none_or(|it| it.question != question) {
            self.observed.questions_asked += 1;
            self.open = Some(Open {
                question,
                repeated: 0,
            });
        }
        self.write(line, now);
    }

    fn answer(&mut self, proposal: Proposal, now: Instant) {
        if self.proposal.take_if(|it| *it == proposal).is_none() {
            return;
        }
        let Proposal {
            proposal: number,
            field,
            value,
        } = proposal;
        let right = self.citizen.wants(&field) == Some(&value);
        if right && !self.citizen.keeps.contains(&field) {
            self.at_kiosk(HostEvent::Confirmed(number));
            self.fill_in(&field);
            self.ask_at(Moment::FirstValue, now);
            return;
        }
        self.at_kiosk(HostEvent::Declined(number));
        let about = match self.citizen.keeps.contains(&field) {
            true => topic_of(&field),
            false => Topic::Declined,
        };
        self.refused.push((field, value));
        self.say(&about, now);
    }

    fn fill_in(&mut self, field: &FormField) {
        self.form.fill_in(field);
        self.show();
    }

    fn show(&mut self) {
        self.at_kiosk(HostEvent::Shown(self.form.shown()));
    }

    fn write(&mut self, line: Shareable, now: Instant) {
        self.waits_since.get_or_insert(now);
        self.silent_at = Some(now + self.bears(self.patience.silence_seconds));
        self.said.push(line.clone());
        self.at_kiosk(HostEvent::Said(line));
    }
}
