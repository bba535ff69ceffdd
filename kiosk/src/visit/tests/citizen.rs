//! A citizen who does what the screen asks for, and can be stopped at any step.

use bench::people::{PEOPLE, Person};

use super::town::{Card, Town};
use crate::visit::{
    Key, Touch,
    step::Step,
    view::{BasketStage, InsertCard, Means, Screen},
};

/// More moves than any visit takes.
const MOVES: u32 = 400;

#[derive(Clone, Debug)]
pub(super) struct Citizen {
    pub(super) service: &'static str,
    pub(super) person: Person,
    pub(super) copies: u32,
    /// What goes into the slots, in this order; repeated from the start if more is needed.
    pub(super) purse: Vec<Piece>,
    pub(super) paid_in: usize,
    pub(super) wants_receipt: bool,
    /// What is said when the kiosk asks whether the sheet came out.
    pub(super) says: Says,
    /// What they put in besides, one after the other.
    pub(super) besides: Vec<&'static str>,
    /// The number of a ticket they came with.
    pub(super) ticket: Option<String>,
    pub(super) means: Means,
}

/// The answers to "did you get your certificate?".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Says {
    /// Nothing: the question is not understood, or nobody is there.
    #[default]
    Nothing,
    Yes,
    /// No; print it again.
    NoAgain,
    /// No; the money back.
    NoMoney,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Coin(u32),
    Note(u32),
}

pub(super) const HOUSEHOLD: &str = "resident-register-household";
pub(super) const FAMILY: &str = "family-relations";
pub(super) const JOB: &str = "job-seeking";
pub(super) const LAND: &str = "land-ledger";

impl Default for Citizen {
    fn default() -> Self {
        Self {
            service: HOUSEHOLD,
            person: PEOPLE[0],
            copies: 1,
            purse: vec![Piece::Note(1000)],
            paid_in: 0,
            wants_receipt: true,
            says: Says::default(),
            besides: Vec::new(),
            ticket: None,
            means: Means::Cash,
        }
    }
}

impl Citizen {
    /// Wants copies of the household register.
    pub(super) fn wanting(copies: u32) -> Self {
        Self {
            copies,
            ..Self::default()
        }
    }

    pub(super) fn asking_for(service: &'static str) -> Self {
        Self {
            service,
            ..Self::default()
        }
    }

    /// Wants several certificates at once.
    pub(super) fn wanting_all(service: &'static str, besides: &[&'static str]) -> Self {
        Self {
            service,
            besides: besides.to_vec(),
            ..Self::default()
        }
    }

    pub(super) fn by_card(mut self) -> Self {
        self.means = Means::Card;
        self
    }

    /// Has come back with a ticket.
    pub(super) fn holding(ticket: &str) -> Self {
        Self {
            ticket: Some(ticket.to_owned()),
            ..Self::default()
        }
    }

    pub(super) fn with(mut self, purse: &[Piece]) -> Self {
        self.purse = purse.to_vec();
        self
    }

    /// Goes on until the visit stands at such a step.
    pub(super) fn walk_until(&mut self, town: &mut Town, arrived: impl Fn(Step) -> bool) {
        for _ in 0..MOVES {
            if arrived(town.visit.step) {
                return;
            }
            self.make_a_move(town);
        }
        panic!("never arrived; seen {:?}", town.screens);
    }

    /// Goes on until the kiosk rests again.
    pub(super) fn walk_home(&mut self, town: &mut Town) {
        if town.visit.step == Step::Resting {
            self.make_a_move(town);
        }
        self.walk_until(town, |step| step == Step::Resting);
    }

    /// Does the one thing the screen asks for.
    pub(super) fn make_a_move(&mut self, town: &mut Town) {
        let screen = town.screen().clone();
        match screen {
            Screen::Welcome(_) => town.touch(Touch::Start),
            Screen::Find(_) if self.ticket.is_some() => town.touch(Touch::HaveTicket),
            Screen::HoldPaper(_) | Screen::PaperNumber(_) => town.touch(Touch::Back),
            Screen::PaperTold(_) => town.touch(Touch::Next),
            Screen::Holdings(_)
            | Screen::Holding(_)
            | Screen::BoardTopics(_)
            | Screen::BoardPage(_)
            | Screen::BoardWriting(_) => town.touch(Touch::Back),
            Screen::Find(_) | Screen::Topic(_) | Screen::Search(_) => {
                let lying = town.view.as_ref().unwrap().basket.count as usize;
                let wanted = lying
                    .checked_sub(1)
                    .map_or(self.service, |it| self.besides[it]);
                town.touch(Touch::ChooseService(wanted.to_owned()));
            }
            Screen::Review(_) if !self.besides.is_empty() => town.touch(Touch::AddAnother),
            Screen::Basket(sheet) => {
                let asks = sheet.stage == BasketStage::Review;
                if asks && sheet.items.len() <= self.besides.len() {
                    town.touch(Touch::AddAnother);
                } else {
                    town.touch(Touch::Next);
                }
            }
            Screen::TicketCode(_) => match self.ticket.take() {
                Some(ticket) => type_number(town, &ticket),
                None => town.touch(Touch::Back),
            },
            Screen::Ticket(offer) if offer.unavailable.is_some() => town.touch(Touch::StartOver),
            Screen::Service(_)
            | Screen::Ticket(_)
            | Screen::Standing(_)
            | Screen::Accepted(_)
            | Screen::Review(_)
            | Screen::Failed(_) => town.touch(Touch::Next),
            Screen::Telephone(_) => town.touch(Touch::Back),
            Screen::BoardPosted(_) => town.touch(Touch::Next),
            Screen::InsertCard(InsertCard::Refused(_)) if town.slot.card.is_some() => {
                town.pull_card();
            }
            Screen::InsertCard(InsertCard::Reading) => town.pass_seconds(2),
            Screen::InsertCard(_) if town.slot.card.is_some() => town.pull_card(),
            Screen::InsertCard(_) => town.insert_card(Card::Of(self.person)),
            Screen::Check(_) => town.touch(Touch::Disagree),
            Screen::ResidentNumber(_) => type_number(town, self.person.resident_number),
            Screen::Question(question) if question.many_lines => {
                write(town, "ㄱㅏㄹㅗㄷㅡㅇ");
            }
            Screen::Question(question) if question.suggestions.is_empty() => {
                self.answer(town, question.limit);
            }
            Screen::Question(_) => town.touch(Touch::PickSuggestion(0)),
            Screen::Options(options) if options.copies < self.copies => {
                town.touch(Touch::MoreCopies);
            }
            Screen::Options(_) => town.touch(Touch::Next),
            Screen::Consent(_) => town.touch(Touch::Agree),
            Screen::Pay(pay) if pay.means.is_none() => town.touch(Touch::PayWith(self.means)),
            Screen::PayByCard(_) => {
                town.hold_card();
                town.pass_seconds(3);
            }
            Screen::Pay(_) => self.pay(town),
            Screen::PaperQuestion(question) => match (self.says, question.void) {
                (Says::Nothing, _) => town.pass_seconds(61),
                (Says::Yes, _) => town.touch(Touch::GotPaper),
                (_, false) => town.touch(Touch::GotNoPaper),
                (Says::NoAgain, true) => town.touch(Touch::PrintAgain),
                (Says::NoMoney, true) => town.touch(Touch::MoneyBack),
            },
            Screen::TakePaper(_) => town.touch(Touch::Next),
            Screen::Receipt if self.wants_receipt => town.touch(Touch::WantReceipt),
            Screen::Receipt => town.touch(Touch::NoReceipt),
            Screen::TakeCard => town.pull_card(),
            Screen::Working(_)
            | Screen::Farewell(_)
            | Screen::OutOfService(_)
            | Screen::Upkeep(_) => {
                town.pass_seconds(1);
            }
        }
    }

    pub(super) fn pay(&mut self, town: &mut Town) {
        match self.purse[self.paid_in % self.purse.len()] {
            Piece::Coin(value_won) => town.insert_coin(value_won),
            Piece::Note(value_won) => town.insert_note(value_won),
        }
        self.paid_in += 1;
        town.pass_seconds(3);
    }

    /// The initials of the neighborhood, or the parcel.
    fn answer(&self, town: &mut Town, limit: u32) {
        let parcel = limit < 10;
        let korean = town.view.as_ref().unwrap().language.code() == "ko";
        let typed = match (parcel, korean) {
            (true, _) => "12-3",
            (false, true) => "ㅅㅂㄷ",
            (false, false) => "Saebit",
        };
        town.touch(Touch::Key(Key::Clear));
        for character in typed.chars() {
            town.touch(Touch::Key(Key::Character(character)));
        }
        if parcel {
            town.touch(Touch::Next);
        }
    }
}

/// Writes words, jamo by jamo, and goes on.
pub(super) fn write(town: &mut Town, jamo: &str) {
    for character in jamo.chars() {
        town.touch(Touch::Key(Key::Character(character)));
    }
    town.touch(Touch::Next);
}

pub(super) fn type_number(town: &mut Town, digits: &str) {
    town.touch(Touch::Key(Key::Clear));
    for digit in digits.chars() {
        town.touch(Touch::Key(Key::Character(digit)));
    }
    town.touch(Touch::Next);
}
