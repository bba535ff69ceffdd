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
    pub(super) fn card_read(&mut self, holder: CardHolder, _now: Moment) {
        self.person.card = Some(holder);
        self.enter(Step::TypingNumber);
    }

    pub(super) fn card_refused(&mut self, fault: CardFault) {
        let refusal = match fault {
            CardFault::Unknown | CardFault::Expired => CardRefusal::Unknown,
            CardFault::Unreadable => CardRefusal::Unreadable,
            CardFault::Damaged => CardRefusal::Damaged,
        };
        // The card comes back, so that another one or the right side can be tried.
        self.order(Command::Card(CardReaderOrder::Release));
        self.order(Command::Card(CardReaderOrder::Accept));
        self.enter(Step::InsertingCard(InsertCard::Refused(refusal)));
    }

    pub(super) fn typing_number(&mut self, touch: &Touch, now: Moment) {
        match touch {
            Touch::Back => self.leave(now),
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
            Touch::Next => self.check_number(now),
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
                self.fail(FailureReason::TooManyTries, now);
            }
            return;
        }
        self.person.digits = Personal::default();
        let applicant = Applicant {
            name: card.name,
            resident_number: number,
        };
        self.act(Action::Identify {
            applicant,
            by: Identification::CardAndNumber,
        });
        self.after_identification(now);
    }

    pub(super) fn after_identification(&mut self, _now: Moment) {
        if self
            .service()
            .is_some_and(|service| !service.questions.is_empty())
        {
            self.ask(0);
        } else {
            self.enter(Step::Choosing);
        }
    }
}
