//! Options and copies, consent, and the last look before it counts.

use catalog::Service;
use request::{Action, Consent, Fee};

use super::{Moment, Touch, Visit, step::Step, view::ReviewTarget};

impl Visit {
    pub(super) fn choosing(&mut self, touch: Touch, now: Moment) {
        let copies_max = self.copies_max(now);
        match touch {
            Touch::PickOption { option, choice } => {
                let known = self.service().and_then(|service| service.option(&option));
                if known.is_some_and(|it| it.choices.iter().any(|it| it.id == choice)) {
                    self.person.options.insert(option, choice);
                    self.person.recipient = None;
                }
            }
            Touch::PickRecipient(id) => {
                let known = self.service().and_then(|service| service.recipient(&id));
                if let Some(needed) = known.map(|it| it.options.clone()) {
                    self.person.options.extend(needed);
                    self.person.recipient = Some(id);
                }
            }
            Touch::MoreCopies => {
                self.person.copies = (self.person.copies + 1).min(copies_max);
            }
            Touch::FewerCopies => {
                self.person.copies = self.person.copies.saturating_sub(1).max(1);
            }
            Touch::Back => self.before_options(now),
            Touch::Next => self.chosen(now),
            _ => {}
        }
    }

    pub(super) fn chosen(&mut self, now: Moment) {
        let options = self.person.options.clone();
        self.act(Action::ChooseOptions {
            options,
            copies: self.person.copies,
        });
        self.quote(now);
        let asks = self
            .service()
            .is_some_and(|service| service.consent.is_some());
        let step = if asks && !self.person.consented {
            Step::Consenting
        } else {
            Step::Reviewing
        };
        self.enter(step);
    }

    /// Fills in a new request with what the citizen has said before.
    pub(super) fn resume(&mut self, now: Moment) {
        for (question, answer) in self.person.answers.clone() {
            self.act(Action::Answer { question, answer });
        }
        self.chosen(now);
    }

    fn before_options(&mut self, now: Moment) {
        match self.service().map_or(0, |service| service.questions.len()) {
            0 if self.person.changing => self.enter(Step::Reviewing),
            0 => self.turn_back(now),
            questions => self.ask(questions - 1),
        }
    }

    pub(super) fn consenting(&mut self, touch: &Touch, now: Moment) {
        match touch {
            Touch::Agree | Touch::Next => {
                if let Some(consent) = self.consent_in_words() {
                    self.act(Action::Consent(consent));
                    self.person.consented = true;
                    self.enter(Step::Reviewing);
                }
            }
            // Without consent nobody is asked: nothing is known, nothing is kept.
            Touch::Disagree => self.turn_back(now),
            Touch::Back => self.enter(Step::Choosing),
            _ => {}
        }
    }

    pub(super) fn reviewing(&mut self, touch: &Touch, now: Moment) {
        match touch {
            Touch::Change(ReviewTarget::Form) => {
                self.person.changing = true;
                self.ask(0);
            }
            Touch::Change(ReviewTarget::Options) | Touch::Back => {
                self.person.changing = true;
                self.enter(Step::Choosing);
            }
            Touch::Next => self.submit_all(now),
            Touch::AddAnother => self.add_another(now),
            Touch::EditItem(place) => self.edit_item(*place as usize),
            Touch::RemoveItem(place) => self.remove_item(*place as usize),
            _ => {}
        }
    }

    /// The fee of one copy today, with the answers given so far.
    pub(super) fn fee_today(&self, service: &Service, now: Moment) -> Option<Fee> {
        let answer = |question: &str| {
            self.person
                .answers
                .get(question)
                .map(|it| it.reveal().clone())
        };
        let place = &self.site.jurisdiction;
        self.catalog
            .fee(service, &answer, place, now.wall.local(), self.language())
    }

    pub(super) fn quote(&mut self, now: Moment) {
        let fee = self
            .service()
            .and_then(|service| self.fee_today(service, now));
        if let Some(fee) = fee {
            self.act(Action::QuoteFee(fee));
        }
    }

    fn consent_in_words(&self) -> Option<Consent> {
        let service = self.service()?;
        let (asked, language) = (service.consent.as_ref()?, self.language());
        let network = self.catalog.network(&service.network)?;
        Some(Consent {
            agency: network.agency.in_language(language).to_owned(),
            purpose: asked.purpose.in_language(language).to_owned(),
            fields: asked
                .fields
                .iter()
                .map(|it| it.in_language(language).to_owned())
                .collect(),
            language: language.to_owned(),
        })
    }
}
