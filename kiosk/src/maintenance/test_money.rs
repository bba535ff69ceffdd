//! A coin or note is taken and given back; what has fallen in is written down first.

use devices::cash::{CashEvent, CashOrder};

use super::{
    Command, Maintenance, Moment, Step,
    book::What,
    test::Test,
    testing::{MACHINE, Phase},
};

impl Maintenance {
    pub(super) fn cash_tested(&mut self, event: &CashEvent, now: Moment) {
        let Some(running) = self.running() else {
            return;
        };
        let (test, phase) = (running.test, running.phase.clone());
        if !matches!(test, Test::Coin | Test::Note) {
            return;
        }
        match (event, phase) {
            // Whatever falls in is the technician's, also when it is too late.
            (CashEvent::CoinAccepted { value_won }, phase) => {
                let before = match phase {
                    Phase::GivingBack { won, paying: false } => won,
                    Phase::Waiting
                    | Phase::GivingBack { paying: true, .. }
                    | Phase::Asking
                    | Phase::Done { .. } => 0,
                };
                self.give_back(before, *value_won, now);
            }
            (CashEvent::NoteEscrowed { .. }, _) => self
                .commands
                .push_back(Command::Cash(CashOrder::ReturnNote)),
            (CashEvent::NoteReturned { .. }, Phase::Waiting) => {
                self.commands.push_back(Command::Cash(CashOrder::Stop));
                if test == Test::Note {
                    self.end_test(true, "", now);
                }
            }
            (CashEvent::Paid { amount_won }, Phase::GivingBack { paying: true, .. }) => {
                self.note_test_money(*amount_won, true, now);
                self.end_test(test == Test::Coin, "", now);
            }
            (CashEvent::PaidShort { paid_won, .. }, Phase::GivingBack { paying: true, .. }) => {
                if *paid_won > 0 {
                    self.note_test_money(*paid_won, true, now);
                }
                self.end_test(false, "CSH-04", now);
            }
            (CashEvent::PayUnknown { .. }, Phase::GivingBack { paying: true, .. }) => {
                self.end_test(false, "CSH-04", now);
            }
            _ => {}
        }
    }

    /// The coin is written down before a hopper is told to give as much back.
    fn give_back(&mut self, before_won: u32, value_won: u32, now: Moment) {
        if before_won == 0 {
            self.commands.push_back(Command::Cash(CashOrder::Stop));
        }
        self.note_test_money(value_won, false, now);
        if let Some(running) = self.running_mut() {
            running.phase = Phase::GivingBack {
                won: before_won + value_won,
                paying: false,
            };
            running.due = Some(now.instant + MACHINE);
        }
    }

    /// It stands in the book, or it does not; the coin is given back in any case.
    pub(super) fn pay_back(&mut self) {
        let nothing_waits = self.notes.is_empty();
        let Some(running) = self.running_mut() else {
            return;
        };
        if let Phase::GivingBack { won, paying } = &mut running.phase
            && !*paying
            && nothing_waits
        {
            *paying = true;
            let amount_won = *won;
            self.commands
                .push_back(Command::Cash(CashOrder::Pay { amount_won }));
        }
    }

    fn note_test_money(&mut self, won: u32, returned: bool, now: Moment) {
        if let Step::Inside(inside) = &self.step {
            let technician = inside.technician.clone();
            self.note(&technician, What::TestMoney { won, returned }, now);
        }
    }
}
