//! A citizen who does what the screen asks for, one thing at a time.

use std::fmt;

use bench::{
    model::Card,
    people::{PEOPLE, Person},
};
use kiosk::visit::{
    Key, Touch, View,
    view::{BasketStage, CardPhase, InsertCard, Means, MeansState, Messages, Screen},
};

#[derive(Clone, Debug)]
pub struct Citizen {
    pub(crate) service: &'static str,
    pub(crate) person: Person,
    pub(crate) copies: u32,
    /// What goes into the slots, in this order; from the start again if more is needed.
    pub(crate) purse: Vec<Piece>,
    pub(crate) wants_receipt: bool,
    /// What they put in besides, one after the other.
    pub(crate) besides: Vec<&'static str>,
    /// Pays with a card, where one can.
    pub(crate) by_card: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Coin(u32),
    Note(u32),
}

pub(crate) const SERVICES: [&str; 3] = [
    "resident-register-household",
    "family-relations",
    "land-ledger",
];

/// The one thing somebody does next.
#[derive(Clone, Debug)]
pub(crate) enum Move {
    Touches(Vec<Touch>),
    PutCard(Card),
    PullCard,
    /// Holds the payment card to the terminal.
    HoldCard,
    Pay,
    Wait,
}

impl Default for Citizen {
    fn default() -> Self {
        Self {
            service: SERVICES[0],
            person: PEOPLE[0],
            copies: 1,
            purse: vec![Piece::Note(1000)],
            wants_receipt: true,
            besides: Vec::new(),
            by_card: false,
        }
    }
}

impl Citizen {
    pub(crate) fn next_move(&self, view: &View, card_in: bool) -> Move {
        let touch = |touch| Move::Touches(vec![touch]);
        match &view.screen {
            Screen::Welcome(_) => touch(Touch::Start),
            Screen::Find(_) | Screen::Topic(_) | Screen::Search(_) => {
                let lying = view.basket.count as usize;
                let besides = lying.checked_sub(1).and_then(|it| self.besides.get(it));
                match besides {
                    Some(besides) => touch(Touch::ChooseService((*besides).to_owned())),
                    None if lying > 0 => touch(Touch::OpenBasket),
                    None => touch(Touch::ChooseService(self.service.to_owned())),
                }
            }
            Screen::Review(_) if view.basket.may_add && !self.besides.is_empty() => {
                touch(Touch::AddAnother)
            }
            Screen::Basket(sheet)
                if view.basket.may_add
                    && sheet.stage == BasketStage::Review
                    && sheet.items.len() <= self.besides.len() =>
            {
                touch(Touch::AddAnother)
            }
            Screen::TicketCode(_)
            | Screen::HoldPaper(_)
            | Screen::PaperNumber(_)
            | Screen::Holdings(_)
            | Screen::Holding(_)
            | Screen::BoardTopics(_)
            | Screen::BoardPage(_)
            | Screen::BoardWriting(_) => touch(Touch::Back),
            Screen::Accepted(shown)
                if self.wants_receipt && shown.messages == Messages::Offered =>
            {
                touch(Touch::WantMessages)
            }
            Screen::Telephone(_) => typed("01012345678", true),
            Screen::Service(_)
            | Screen::BoardPosted(_)
            | Screen::PaperTold(_)
            | Screen::Ticket(_)
            | Screen::Standing(_)
            | Screen::Accepted(_)
            | Screen::Review(_)
            | Screen::Basket(_)
            | Screen::Failed(_)
            | Screen::TakePaper(_) => touch(Touch::Next),
            Screen::InsertCard(InsertCard::Reading) => Move::Wait,
            Screen::InsertCard(_) if card_in => Move::PullCard,
            Screen::InsertCard(_) => Move::PutCard(Card::Of(self.person)),
            Screen::Check(_) => touch(Touch::Disagree),
            Screen::ResidentNumber(_) => typed(self.person.resident_number, true),
            Screen::Question(question) if question.suggestions.is_empty() => {
                let parcel = question.limit < 10;
                let korean = view.language.code() == "ko";
                typed(
                    match (parcel, korean) {
                        (true, _) => "12-3",
                        (false, true) => "ㅅㅂㄷ",
                        (false, false) => "Saebit",
                    },
                    parcel,
                )
            }
            Screen::Question(_) => touch(Touch::PickSuggestion(0)),
            Screen::Options(options) if options.copies < self.copies => touch(Touch::MoreCopies),
            Screen::Options(_) => touch(Touch::Next),
            Screen::Consent(_) => touch(Touch::Agree),
            Screen::Pay(pay)
                if pay.means.is_none()
                    && self.by_card
                    && pay.card == MeansState::Available
                    && pay.refusal.is_none() =>
            {
                touch(Touch::PayWith(Means::Card))
            }
            Screen::Pay(pay) if pay.means.is_none() => touch(Touch::PayWith(Means::Cash)),
            Screen::PayByCard(card) if card.phase == CardPhase::Insert => Move::HoldCard,
            Screen::PayByCard(_) => Move::Wait,
            Screen::Pay(_) => Move::Pay,
            Screen::Receipt if self.wants_receipt => touch(Touch::WantReceipt),
            Screen::Receipt => touch(Touch::NoReceipt),
            Screen::TakeCard => Move::PullCard,
            Screen::Working(_)
            | Screen::PaperQuestion(_)
            | Screen::Farewell(_)
            | Screen::OutOfService(_)
            | Screen::Upkeep(_) => Move::Wait,
        }
    }
}

fn typed(text: &str, then_next: bool) -> Move {
    let mut touches = vec![Touch::Key(Key::Clear)];
    touches.extend(text.chars().map(|it| Touch::Key(Key::Character(it))));
    touches.extend(then_next.then_some(Touch::Next));
    Move::Touches(touches)
}

impl fmt::Display for Citizen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "a citizen wants {} of {} and besides {:?}, pays with {} and wants {}",
            self.copies,
            self.service,
            self.besides,
            match self.by_card {
                true => "a card".to_owned(),
                false => format!("{:?}", self.purse),
            },
            if self.wants_receipt {
                "a receipt"
            } else {
                "no receipt"
            }
        )
    }
}
