//! What an agent proposes, and how it is filled in once the citizen has confirmed it.

use std::str::FromStr;

use handover::{HostEvent, Proposal};
use privacy::Personal;
use request::{Action, FormField};

use crate::visit::{Moment, Visit, step::Step};

impl Visit {
    pub(super) fn proposed(&mut self, proposal: Proposal, now: Moment) {
        let proposable = Action::ProposeValue {
            field: proposal.field.clone(),
            value: proposal.value.text().clone(),
        };
        // What does not fit the field is not asked about.
        let asked = self.fits(&proposal, now) && self.try_act(proposable) == Ok(true);
        if asked {
            self.person.help.talking = false;
            self.person.help.proposal = Some(proposal);
        } else {
            let declined = HostEvent::Declined(proposal.proposal);
            self.host.handle(declined, now.instant);
        }
    }

    pub(super) fn accept_proposal(&mut self, number: u32, now: Moment) {
        let open = &mut self.person.help.proposal;
        let Some(proposal) = open.take_if(|it| it.proposal == number) else {
            return;
        };
        if self.act(Action::AcceptProposal) {
            self.fill_in(&proposal, now);
            self.host.handle(HostEvent::Confirmed(number), now.instant);
        }
    }

    pub(super) fn decline_proposal(&mut self, number: u32, now: Moment) {
        let open = &mut self.person.help.proposal;
        if open.take_if(|it| it.proposal == number).is_some() {
            self.note_declined();
            self.host.handle(HostEvent::Declined(number), now.instant);
        }
    }

    pub(super) fn note_declined(&mut self) {
        let request = self.person.request.as_ref();
        if request.is_some_and(|it| it.assistance.proposal.is_some()) {
            self.act(Action::DeclineProposal);
        }
    }

    /// Whether the field could have this value if the citizen typed it.
    fn fits(&self, proposal: &Proposal, now: Moment) -> bool {
        let Some(service) = self.service() else {
            return false;
        };
        let value = proposal.value.text().reveal();
        match &proposal.field {
            FormField::Question(id) => {
                let question = service.questions.iter().find(|it| it.id == *id);
                question.is_some_and(|it| self.catalog.is_answer(it, value))
            }
            FormField::Option(id) => service
                .option(id)
                .is_some_and(|it| it.choices.iter().any(|it| it.id == *value)),
            FormField::Copies => {
                let copies = u32::from_str(value).unwrap_or(0);
                (1..=self.copies_max(now)).contains(&copies)
            }
        }
    }

    /// As if the citizen had typed it where they stand.
    fn fill_in(&mut self, proposal: &Proposal, now: Moment) {
        let value = proposal.value.text().reveal().clone();
        match &proposal.field {
            FormField::Question(id) => self.fill_in_answer(id, &value, now),
            FormField::Option(id) => {
                self.person.options.insert(id.clone(), value);
                self.person.recipient = None;
                self.options_changed(now);
            }
            FormField::Copies => {
                self.person.copies = u32::from_str(&value).unwrap_or(self.person.copies);
                self.options_changed(now);
            }
        }
    }

    fn fill_in_answer(&mut self, id: &str, value: &str, now: Moment) {
        let position = self
            .service()
            .and_then(|it| it.questions.iter().position(|it| it.id == id));
        match (self.step, position) {
            (Step::Asking { question, .. }, Some(asked)) if question == asked => {
                self.answer(question, value, now);
            }
            _ => {
                let answer = Personal::new(value.to_owned());
                self.person.answers.insert(id.to_owned(), answer.clone());
                self.act(Action::Answer {
                    question: id.to_owned(),
                    answer,
                });
                self.quote_again(now);
            }
        }
    }

    /// Behind the options they were written down once: they are again.
    fn options_changed(&mut self, now: Moment) {
        if matches!(self.step, Step::Consenting | Step::Reviewing) {
            let options = self.person.options.clone();
            self.act(Action::ChooseOptions {
                options,
                copies: self.person.copies,
            });
            self.quote_again(now);
        }
    }

    /// The fee may depend on what has changed.
    fn quote_again(&mut self, now: Moment) {
        if matches!(self.step, Step::Consenting | Step::Reviewing) {
            self.quote(now);
        }
    }
}
