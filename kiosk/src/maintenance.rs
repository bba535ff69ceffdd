//! A technician's visit: at a kiosk at which nobody stands, by card and PIN.
//!
//! Four verbs, no I/O, as a citizen's visit: events come in through
//! [`Maintenance::handle`], what is wanted is fetched with
//! [`Maintenance::poll_command`]. What stands in the machine's book is written there
//! before anything leans on it: a deed waits for [`Event::Noted`].

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "a transition table ends with: everything else stays as it is"
)]

pub mod adjusting;
pub mod book;
mod cabinet_rows;
mod calling;
pub mod cash;
mod cash_page;
mod cash_sheet;
mod cashing;
mod command;
mod entering;
pub mod faults;
pub mod fittings;
mod gate;
pub mod image;
mod inside;
pub mod ports;
mod present;
mod report;
mod reporting;
mod silence;
mod status;
pub mod task;
pub mod test;
mod test_money;
mod test_print;
mod testing;
pub mod tongue;
mod trying;
pub mod view;

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use devices::{
    auxiliaries::OperatorSwitch,
    card_reader::{CardReaderEvent, CardReaderOrder},
    cash::{CashEvent, CashOrder},
};
use request::NetworkId;

pub use command::{Command, Event, Fitted, Ledger, PageOrder, Saving};

use crate::{
    technicians::TechnicianName,
    visit::{Moment, View, view::Accessibility},
};
use book::{Book, What};
use cash::Tally;
use fittings::{Fittings, Told};
use gate::{Gate, Typing};
use image::ImageShown;
use inside::Inside;
use tongue::Tongue;

/// How often the ledger and the clock are looked at anew.
const LOOK: Duration = Duration::from_secs(2);

#[derive(Debug)]
enum Step {
    /// Somebody is served, or a crash is looked into.
    Away,
    /// Nobody stands here; a card is waited for.
    Resting,
    /// A card was read. Is it a technician's?
    Recognising,
    /// The operator switch was turned; a technician's card is asked for.
    Called {
        /// One was read. Is it a technician's?
        asking: bool,
    },
    Gate(Typing),
    Inside(Inside),
}

pub struct Maintenance {
    fitted: Fitted,
    gate: Gate,
    book: Book,
    fittings: Fittings,
    linked: bool,
    networks: Option<Vec<NetworkId>>,
    /// By so many milliseconds the exchange's clock was ahead when it last answered.
    exchange_ahead: Option<i64>,
    ledger: Ledger,
    /// None where no steward looks after the machine.
    image: Option<ImageShown>,
    tally: Tally,
    step: Step,
    tongue: Tongue,
    accessibility: Accessibility,
    card_in: bool,
    switch: OperatorSwitch,
    /// It was turned, and nobody was asked for a card yet.
    called: bool,
    /// The readers are told to read whatever card comes.
    watching: bool,
    touched_at: Instant,
    look_at: Option<Instant>,
    /// Sentences said to try the sound.
    said: u32,
    /// Notes under way: they are answered in their order.
    notes: VecDeque<book::Entry>,
    shown: Option<View>,
    commands: VecDeque<Command>,
}

impl Maintenance {
    pub fn new(fitted: Fitted, book: Book, now: Moment) -> Self {
        let fill = |(address, coins)| Command::Cash(CashOrder::Fill { address, coins });
        Self {
            gate: Gate::new(&book, now),
            commands: book.unanswered_fills().into_iter().map(fill).collect(),
            fitted,
            book,
            fittings: Fittings::default(),
            linked: false,
            image: None,
            networks: None,
            exchange_ahead: None,
            ledger: Ledger::default(),
            tally: Tally::default(),
            step: Step::Away,
            tongue: Tongue::default(),
            accessibility: Accessibility::default(),
            card_in: false,
            switch: OperatorSwitch::default(),
            called: false,
            watching: false,
            touched_at: now.instant,
            look_at: None,
            said: 0,
            notes: VecDeque::new(),
            shown: None,
        }
    }

    /// Whether the screen is the technician's.
    /// Whether the exchange answers.
    pub fn is_linked(&self) -> bool {
        self.linked
    }

    pub fn is_open(&self) -> bool {
        matches!(
            self.step,
            Step::Called { .. } | Step::Gate(_) | Step::Inside(_)
        )
    }

    pub fn book(&self) -> &Book {
        &self.book
    }

    pub fn handle(&mut self, event: Event, now: Moment) {
        self.note_fact(&event, now);
        self.tested(&event, now);
        if let Event::ReceiptPrinter(event) = &event {
            self.tally_printed(event);
        }
        if let Event::Cash(CashEvent::Filled {
            address,
            coins_paid,
        }) = event
        {
            self.fill_counted(address, coins_paid, now);
        }
        self.advance(event, now);
        self.tend_call(now);
        self.watch_slot();
        self.show(now);
    }

    pub fn handle_timeout(&mut self, now: Moment) {
        if self.test_due().is_some_and(|due| due <= now.instant) {
            self.test_overdue(now);
        }
        if self.ends().is_some_and(|due| due <= now.instant) {
            self.close(true, now);
        }
        if self.look_at.is_some_and(|due| due <= now.instant) {
            self.look(now.instant);
        }
        self.watch_slot();
        self.show(now);
    }

    pub fn poll_command(&mut self) -> Option<Command> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        let due = [self.look_at, self.ends(), self.test_due()];
        due.into_iter().flatten().min()
    }

    /// What is known, whatever is going on.
    fn note_fact(&mut self, event: &Event, now: Moment) {
        match event {
            Event::Card(CardReaderEvent::Inserted) => self.card_in = true,
            Event::Card(CardReaderEvent::Removed) => self.card_in = false,
            Event::Told(told) => {
                self.fittings.note(told, now.wall);
                if let Told::Sensed(sensors) = told {
                    self.sensed(*sensors, now);
                }
            }
            Event::Linked(linked) => self.linked = *linked,
            Event::Networks(away) => self.networks = Some(away.clone()),
            Event::ExchangeClock(ahead) => self.exchange_ahead = Some(*ahead),
            Event::Image(image) => self.image = Some(image.clone()),
            Event::Ledger(ledger) => self.ledger = ledger.clone(),
            Event::Tallied(tally) => self.tally = tally.clone(),
            Event::Noted(true) => {
                if let Some(entry) = self.notes.pop_front() {
                    let what = entry.what.clone();
                    self.book.add(entry);
                    if let What::Set(set) = what {
                        self.set_noted(set);
                    }
                }
            }
            Event::Noted(false) => drop(self.notes.pop_front()),
            Event::AtRest(_)
            | Event::Barcode(_)
            | Event::Cash(_)
            | Event::DocumentPrinter(_)
            | Event::ReceiptPrinter(_)
            | Event::PageSet(_)
            | Event::Saved(_)
            | Event::Card(
                CardReaderEvent::Track(_)
                | CardReaderEvent::Read(_)
                | CardReaderEvent::Refused(_)
                | CardReaderEvent::Status(_),
            )
            | Event::CardKnown(_)
            | Event::PinChecked(_)
            | Event::Touched(_) => {}
        }
    }

    /// The transition table.
    fn advance(&mut self, event: Event, now: Moment) {
        match (&mut self.step, event) {
            (Step::Away, Event::AtRest(true)) => self.step = Step::Resting,
            (Step::Resting | Step::Recognising, Event::AtRest(false)) => self.step = Step::Away,
            (Step::Resting, Event::Card(CardReaderEvent::Read(holder))) if self.watching => {
                self.step = Step::Recognising;
                let number = holder.resident_number;
                self.commands.push_back(Command::LookUpCard(number));
            }
            (Step::Recognising, Event::Card(CardReaderEvent::Removed)) => {
                self.step = Step::Resting;
            }
            (Step::Recognising, Event::CardKnown(known)) => match known {
                None => self.step = Step::Resting,
                Some(technician) => self.open_gate(technician, now),
            },
            (Step::Called { asking }, event) => {
                let asking = *asking;
                self.called_hears(asking, event, now);
            }
            (Step::Gate(_), Event::Card(CardReaderEvent::Removed)) => self.close(false, now),
            (Step::Gate(_), Event::Touched(touch)) => {
                self.touched_at = now.instant;
                self.at_gate(&touch, now);
            }
            (Step::Gate(_), Event::PinChecked(fits)) => self.pin_checked(fits, now),
            (Step::Inside(_), Event::Saved(saved)) => self.saved(saved),
            (Step::Inside(_), Event::PageSet(page)) => self.page_set(page, now),
            (Step::Inside(_), Event::Noted(noted)) => {
                self.pay_back();
                self.cash_noted(noted, now);
            }
            (Step::Inside(_), Event::Touched(touch)) => {
                self.touched_at = now.instant;
                self.touched(&touch, now);
            }
            _ => {}
        }
    }

    fn note(&mut self, technician: &TechnicianName, what: What, now: Moment) {
        let entry = book::Entry {
            at: now.wall,
            technician: technician.clone(),
            what,
        };
        self.notes.push_back(entry.clone());
        self.commands.push_back(Command::Note(entry));
    }

    /// The technician has gone, or never came.
    fn close(&mut self, by_silence: bool, now: Moment) {
        self.stop_test();
        if let Step::Inside(inside) = &self.step {
            let technician = inside.technician.clone();
            tracing::warn!(
                technician = technician.as_str(),
                by_silence,
                "Maintenance has ended"
            );
            self.note(&technician, What::Left { by_silence }, now);
        }
        self.step = Step::Resting;
        self.tongue = Tongue::default();
        self.accessibility = Accessibility::default();
        self.look_at = None;
        self.shown = None;
        self.commands.push_back(Command::GiveBack);
    }

    fn look(&mut self, now: Instant) {
        if !self.is_open() {
            self.look_at = None;
            return;
        }
        self.look_at = Some(now + LOOK);
        self.commands.push_back(Command::LookAtLedger);
        self.count_money();
    }

    /// What has come in since the boxes were emptied.
    fn count_money(&mut self) {
        if self.fitted.cash {
            let closed = self.book.cash_ups().next();
            let (after, journal) = closed.map_or((0, None), |(_, tally)| {
                (tally.through, tally.journal.clone())
            });
            self.commands
                .push_back(Command::CountMoney { after, journal });
        }
    }

    /// A technician's card is read when it is put in: a stripe passes once. What other
    /// cards say is nobody's business and goes no further than their number's hash.
    fn watch_slot(&mut self) {
        let wanted =
            self.fitted.technicians && matches!(self.step, Step::Resting | Step::Called { .. });
        if wanted && !self.watching && !self.card_in {
            self.watching = true;
            self.commands
                .push_back(Command::Card(CardReaderOrder::Accept));
        } else if matches!(self.step, Step::Away) && std::mem::take(&mut self.watching) {
            // The card that lies in is a citizen's own, who may come to need it.
            if !self.card_in {
                self.commands
                    .push_back(Command::Card(CardReaderOrder::Release));
            }
        }
    }

    fn show(&mut self, now: Moment) {
        let Some(view) = self.present(now) else {
            return;
        };
        if self.shown.as_ref() != Some(&view) {
            self.commands
                .push_back(Command::Show(Box::new(view.clone())));
            self.shown = Some(view);
        }
    }
}

#[cfg(test)]
mod tests;
