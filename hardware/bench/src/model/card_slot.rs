//! The card reader's slot, and what is put into it.

use devices::{
    DeviceState,
    card_reader::{CardFault, CardHolder, CardReaderEvent, CardReaderOrder, CardReaderStatus},
};
use privacy::Personal;

use crate::people::Person;

use super::{Ahead, Next, Told, millis};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Card {
    Of(Person),
    Bad(CardFault),
    /// Never answers.
    Mute,
}

pub struct CardSlot {
    pub card: Option<Card>,
    pub accepting: bool,
    /// A chip that lies in is read when it is asked for; a stripe only on its way in.
    pub chip: bool,
}

impl Default for CardSlot {
    fn default() -> Self {
        Self {
            card: None,
            accepting: false,
            chip: true,
        }
    }
}

impl CardSlot {
    pub fn status() -> Told {
        let state = DeviceState::Ready;
        Told::Card(CardReaderEvent::Status(CardReaderStatus { state }))
    }

    pub fn insert(&mut self, card: Card) -> Ahead {
        if self.card.is_some() {
            return Vec::new();
        }
        self.card = Some(card);
        let inserted = Next::Told(Told::Card(CardReaderEvent::Inserted));
        let mut ahead = vec![(millis(0), inserted)];
        if self.accepting {
            ahead.extend(self.read());
        }
        ahead
    }

    /// Takes the card out; whether there was one.
    pub fn pull(&mut self) -> bool {
        self.card.take().is_some()
    }

    pub fn order(&mut self, order: CardReaderOrder) -> Ahead {
        self.accepting = order == CardReaderOrder::Accept;
        if self.accepting && self.chip {
            self.read()
        } else {
            Vec::new()
        }
    }

    fn read(&self) -> Ahead {
        let told = match self.card {
            None | Some(Card::Mute) => return Vec::new(),
            Some(Card::Bad(fault)) => CardReaderEvent::Refused(fault),
            Some(Card::Of(person)) => CardReaderEvent::Read(CardHolder {
                name: Personal::new(person.name.to_owned()),
                resident_number: Personal::new(person.resident_number.to_owned()),
            }),
        };
        vec![(millis(1200), Next::Told(Told::Card(told)))]
    }
}
