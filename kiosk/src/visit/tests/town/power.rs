//! The power goes, and comes back: the machine forgets, journal and world stay.

use bench::model::Change;
use devices::cash::CashEvent;
use request::{RequestEvent, recovery};

use super::{Happening, Town, catalog, site, tickets};
use crate::visit::{Command, Event, Visit};

impl Town {
    pub(crate) fn cut_the_power(&mut self) {
        self.crash(None);
    }

    /// Everything in memory is lost, `current` and all that was to come after it.
    pub(super) fn crash(&mut self, current: Option<Command>) {
        self.crash_in = None;
        self.crashes += 1;
        self.lose_uncounted(current);
        self.finish_in_the_dark();
        self.cash.reset();
        self.terminal.start_again();
        self.terminal.lose();
        self.slot.accepting = false;
        self.journal_broken = false;
        self.journal_breaks_in = None;
        self.start_again();
    }

    /// Coins that fell and never reached the journal.
    fn lose_uncounted(&mut self, current: Option<Command>) {
        let rest: Vec<Command> = current
            .into_iter()
            .chain(std::iter::from_fn(|| self.visit.poll_command()))
            .collect();
        for command in rest {
            if let Command::Record {
                event: RequestEvent::CoinTaken { value_won },
                ..
            } = command
            {
                self.cash.uncounted_won += value_won;
            }
        }
        for (_, _, happening) in &self.ahead {
            if let Happening::Tell(Event::Cash(CashEvent::CoinAccepted { value_won })) = happening {
                self.cash.uncounted_won += value_won;
            }
        }
    }

    /// A job that a printer has may still come out; a note that moves arrives somewhere.
    fn finish_in_the_dark(&mut self) {
        let ahead = std::mem::take(&mut self.ahead);
        for (at, index, happening) in ahead {
            match happening {
                Happening::Tell(_) => {}
                Happening::Publish(..) => self.ahead.push((at, index, happening)),
                Happening::World(Change::ReturnNote) => drop(self.cash.return_note()),
                Happening::World(change) => {
                    if self.dice.one_in(2) {
                        drop(self.change(&change));
                    }
                }
            }
        }
    }

    fn start_again(&mut self) {
        for id in self.journal.open_requests().unwrap() {
            let request = self.journal.request(&id).unwrap().unwrap();
            let ticket = tickets().refund_code(id.as_str()).digits();
            for event in recovery(&request, &ticket) {
                self.record(&id, &event);
            }
        }
        self.visit = Visit::new(catalog(), site(self.means), tickets(), self.now);
        self.introduce_devices();
        if self.slot.card.is_some() {
            self.tell(Event::Card(devices::card_reader::CardReaderEvent::Inserted));
        }
    }
}
