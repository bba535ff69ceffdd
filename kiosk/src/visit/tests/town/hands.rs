//! What people do to the kiosk with their hands, and what becomes of its devices.

use devices::card_reader::CardReaderEvent;

use super::{Card, CashMood, ExchangeMood, Happening, PrinterMood, TerminalMood, Town, millis};
use crate::visit::{Event, Link};

impl Town {
    pub(crate) fn insert_card(&mut self, card: Card) {
        let ahead = self.slot.insert(card);
        self.schedule(ahead);
        self.pass(millis(0));
    }

    /// Pulls the card; what the reader was about to say of it is not said any more.
    pub(crate) fn pull_card(&mut self) {
        self.ahead.retain(|(_, _, happening)| {
            !matches!(
                happening,
                Happening::Tell(Event::Card(
                    CardReaderEvent::Read(_) | CardReaderEvent::Refused(_)
                ))
            )
        });
        if self.slot.pull() {
            self.tell(Event::Card(CardReaderEvent::Removed));
        }
    }

    pub(crate) fn insert_coin(&mut self, value_won: u32) {
        let ahead = self.cash.insert_coin(value_won);
        self.schedule(ahead);
    }

    pub(crate) fn insert_note(&mut self, value_won: u32) {
        let ahead = self.cash.insert_note(value_won);
        self.schedule(ahead);
    }

    pub(crate) fn set_printer(&mut self, mood: PrinterMood) {
        self.printer.mood = mood;
        self.tell(self.printer.status().into());
    }

    pub(crate) fn set_receipts(&mut self, mood: PrinterMood) {
        self.receipts.mood = mood;
        self.tell(self.receipts.status().into());
    }

    pub(crate) fn set_cash(&mut self, mood: CashMood) {
        self.cash.mood = mood;
        self.tell(self.cash.status().into());
    }

    pub(crate) fn hold_card(&mut self) {
        let ahead = self.terminal.hold_card();
        self.schedule(ahead);
    }

    pub(crate) fn set_terminal(&mut self, mood: TerminalMood) {
        self.terminal.mood = mood;
        self.tell(self.terminal.status().into());
    }

    pub(crate) fn set_exchange(&mut self, mood: ExchangeMood) {
        self.exchange.mood = mood;
        self.contact.heard(&[], self.now.wall);
        let contact = self.contact.clone();
        self.tell(Event::Link(Link::LastContact(contact)));
        self.tell(Event::Link(if mood == ExchangeMood::Away {
            Link::Away
        } else {
            Link::Connected
        }));
    }
}
