//! The card and the number of its holder.

use devices::card_reader::{CardFault, CardHolder, CardReaderOrder};
use privacy::Personal;
use request::{Action, Applicant, Identification, ResidentNumber};

use super::{
    Command, Key, Moment, Touch, Visit,
    step::Step,
    view::{CardRefusal, FailureReason, InsertCard, NumberRefusal},
};

const DIGITS: usize = 13;
/// A card found in the street must not be a way to guess its number.
pub(super) const TRIES: u32 = 3;

impl Visit {
    /// A card that a former citizen left has to go before another is taken.
    pub(super) fn ask_for_card(&mut self) {
        if !self.fittings.card_left() {
            self.accept_card();
        }
        self.enter(Step::InsertingCard(InsertCard::Waiting));
    }

    fn accept_card(&mut self) {
        self.person.accepting = true;
        self.order(Command::Card(CardReaderOrder::Accept));
    }

    pub(super) fn card_pulled(&mut self, now: Moment) {
        let known = self.person.card.take().is_some();
        if self.person.checked.vouching.is_none() {
            self.person.applicant = None;
        }
        match self.step {
            Step::InsertingCard(state) => {
                self.accept_card();
                if state == InsertCard::Reading {
                    let refusal = InsertCard::Refused(CardRefusal::PulledTooSoon);
                    self.enter(Step::InsertingCard(refusal));
                }
            }
            Step::TakingCard => self.part(true, now),
            step if step.needs_card() && known => self.fail(FailureReason::CardPulled, now),
            Step::Finding | Step::Explaining if known && !self.is_alone() => {
                self.fail(FailureReason::CardPulled, now);
            }
            _ => {}
        }
    }

    pub(super) fn card_read(&mut self, holder: CardHolder) {
        self.person.accepting = false;
        self.person.card = Some(holder);
        self.enter(Step::TypingNumber);
    }

    pub(super) fn card_refused(&mut self, fault: CardFault) {
        let refusal = match fault {
            CardFault::Unknown | CardFault::Expired => CardRefusal::Unknown,
            CardFault::Unreadable => CardRefusal::Unreadable,
            CardFault::Damaged => CardRefusal::Damaged,
        };
        // The card comes back, so that another one or the right side can be tried;
        // a reader that still has it would only read the same again.
        self.person.accepting = false;
        self.order(Command::Card(CardReaderOrder::Release));
        if !self.fittings.card_in() {
            self.accept_card();
        }
        self.enter(Step::InsertingCard(InsertCard::Refused(refusal)));
    }

    pub(super) fn typing_number(&mut self, touch: &Touch, now: Moment) {
        match touch {
            Touch::Back => self.turn_back(now),
            Touch::Next => self.check_number(now),
            touch => self.type_digit(touch),
        }
    }

    pub(super) fn type_digit(&mut self, touch: &Touch) {
        match touch {
            Touch::Key(Key::Character(digit)) if digit.is_ascii_digit() => {
                let mut digits = self.person.digits.reveal().clone();
                if digits.len() < DIGITS {
                    digits.push(*digit);
                }
                self.person.digits = Personal::new(digits);
                self.person.number_refusal = None;
            }
            Touch::Key(Key::Backspace) => {
                let mut digits = self.person.digits.reveal().clone();
                digits.pop();
                self.person.digits = Personal::new(digits);
            }
            Touch::Key(Key::Clear) => self.person.digits = Personal::default(),
            _ => {}
        }
    }

    fn check_number(&mut self, now: Moment) {
        let Ok(number) = ResidentNumber::parse(self.person.digits.reveal()) else {
            self.person.number_refusal = Some(NumberRefusal::NotANumber);
            return;
        };
        let Some(card) = self.person.card.clone() else {
            return;
        };
        if card.resident_number != *number.digits() {
            self.person.wrong_numbers += 1;
            self.person.digits = Personal::default();
            self.person.number_refusal = Some(NumberRefusal::NotTheCards);
            if self.person.wrong_numbers >= TRIES {
                self.number_failed(now);
            }
            return;
        }
        self.person.digits = Personal::default();
        let applicant = Applicant {
            name: card.name,
            resident_number: number,
        };
        self.identified(applicant, Identification::CardAndNumber, now);
    }

    pub(super) fn identified(&mut self, applicant: Applicant, by: Identification, now: Moment) {
        self.person.applicant = Some(applicant.clone());
        self.act(Action::Identify { applicant, by });
        self.after_identification(now);
    }

    pub(super) fn after_identification(&mut self, now: Moment) {
        if self.ask_for_promise(now) {
            return;
        }
        if self.petition().is_some() {
            self.ask(0);
        } else if std::mem::take(&mut self.person.retrying) {
            self.resume(now);
        } else if self
            .service()
            .is_some_and(|service| !service.questions.is_empty())
        {
            self.ask(0);
        } else {
            self.enter(Step::Choosing);
        }
    }
}
