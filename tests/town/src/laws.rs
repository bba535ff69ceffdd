//! What must hold at every moment.

use devices::{
    cash::CashOrder, document_printer::DocumentPrinterOrder, payment_terminal::PaymentTerminalOrder,
};
use kiosk::visit::Command;
use request::{PaperState, RequestId, ServiceRequest, Stage};

use crate::{bug::Bug, play::Violation, station::Station, town::Town};

impl Town {
    /// Notes the first law that is broken; the afternoon ends there.
    pub(crate) fn require(
        &mut self,
        law: &'static str,
        holds: bool,
        what: impl FnOnce() -> String,
    ) {
        if !holds && self.violation.is_none() {
            let what = what();
            self.violation = Some(Violation { law, what });
        }
    }

    /// Holds after every step of a station.
    pub(crate) fn hold(&mut self, at: usize) {
        let touched = std::mem::take(&mut self.stations[at].written.touched);
        for id in touched {
            if let Some(request) = self.stations[at].written.requests.get(&id).cloned() {
                self.adds_up(&request);
            }
        }
        let written = &self.stations[at].written;
        let after = written.after_the_end.first().cloned();
        let again = written.prepared_again.first().cloned();
        self.require("an end is an end", after.is_none(), || format!("{after:?}"));
        self.require("a request is prepared once", again.is_none(), || {
            format!("{again:?}")
        });
        self.visit_agrees(at);
        self.money_agrees(at);
        self.cards_agree(at);
        self.papers_agree(at);
    }

    fn visit_agrees(&mut self, at: usize) {
        let station = &self.stations[at];
        let Some(kiosk) = station.kiosk() else {
            return;
        };
        let written = &station.written.requests;
        let forgotten: Vec<_> = (kiosk.visit.requests())
            .filter(|it| written.get(&it.id) != Some(*it))
            .map(|it| it.id.clone())
            .collect();
        let agrees = station.journal_broken || forgotten.is_empty();
        self.require("a visit remembers what is written", agrees, || {
            format!("{forgotten:?}")
        });
    }

    fn adds_up(&mut self, request: &ServiceRequest) {
        let (id, money) = (&request.id, &request.money);
        let held_won = money.held_won();
        let placed_won = money.captured_won + money.paid_out_won + money.owed_won + held_won;
        self.require(
            "taken + brought = captured + paid out + owed + carried + held",
            money.taken_won + money.credited_won + money.brought_won
                == placed_won + money.carried_won,
            || format!("{id}: {money:?}"),
        );
        let unit_won = request.fee.as_ref().map_or(0, |fee| fee.unit_won);
        let issued = u32::try_from(request.paper.count(PaperState::Issued)).unwrap();
        let begun = request.paper.count(PaperState::Begun);
        self.require(
            "nobody is charged for nothing",
            money.captured_won <= unit_won * issued,
            || format!("{id}: {} won for {issued} papers", money.captured_won),
        );
        self.require("one sheet at a time", begun <= 1, || id.to_string());
        if let Stage::Closed(_) = request.stage {
            let settled = held_won == 0 && !money.moving() && money.escrow.value_won() == 0;
            let charged_won = money.captured_won + money.waived_won;
            self.require("a closed request holds nothing", settled, || {
                format!("{id}: {money:?}")
            });
            self.require("a closed request prints nothing", begun == 0, || {
                id.to_string()
            });
            self.require(
                "a closed request is charged",
                charged_won == unit_won * issued,
                || format!("{id}: {charged_won} won for {issued} papers"),
            );
        }
    }

    /// The boxes against the books.
    fn money_agrees(&mut self, at: usize) {
        let untold_won = self.untold_coins_won(at);
        let station = &self.stations[at];
        let Some(kiosk) = station.kiosk() else {
            return;
        };
        let (cash, written) = (&kiosk.cash, &station.written);
        let carried_won = written.sum(|it| it.money.carried_won);
        let brought_won = written.sum(|it| it.money.brought_won);
        let (in_won, out_won) = (cash.in_won, cash.out_won);
        let taken_won = written.sum(|it| it.money.cash_taken_won());
        let paid_out_won = written.sum(|it| it.money.cash_paid_out_won());
        let payouts_won = written.payouts_won;
        // A note on its way to the stacker is there or is not.
        let moving_won = written.sum(|it| it.money.escrow.value_won());
        let known_won = taken_won + cash.uncounted_won + untold_won + moving_won;
        self.require(
            "what one request has left another one has",
            carried_won == brought_won,
            || format!("{carried_won} won were carried over, {brought_won} brought"),
        );
        self.require(
            "money that came in is written down",
            in_won <= known_won,
            || format!("{in_won} won came in, {known_won} are known"),
        );
        self.require(
            "money that was paid out went out",
            paid_out_won <= out_won,
            || format!("{paid_out_won} won were paid out, {out_won} went out"),
        );
        self.require(
            "money goes out after its intention",
            out_won <= payouts_won,
            || format!("{out_won} won went out, {payouts_won} were intended"),
        );
    }

    /// The terminal's books against ours.
    fn cards_agree(&mut self, at: usize) {
        let station = &self.stations[at];
        let Some(kiosk) = station.kiosk() else {
            return;
        };
        let (terminal, written) = (&kiosk.terminal, &station.written);
        let newest = terminal.ordered.last();
        let orders = terminal.ordered.iter().filter(|it| Some(*it) == newest);
        let orders = orders.count();
        let secret = |them: &[(String, u32)]| {
            let mut them = them.iter();
            them.find(|(key, _)| !written.transactions.contains(key))
                .map(|(key, _)| key.clone())
        };
        let secret = secret(&terminal.charged).or(secret(&terminal.reversed));
        let reversed_won: u32 = terminal.reversed.iter().map(|it| it.1).sum();
        let written_won = written.sum(|it| it.money.card.reversed_won);
        self.require("a transaction is ordered once", orders <= 1, || {
            format!("{orders} times")
        });
        self.require("no card is charged in secret", secret.is_none(), || {
            format!("{secret:?}")
        });
        self.require(
            "what is said to be back on the card is",
            written_won <= reversed_won,
            || format!("{written_won} won are written, {reversed_won} went back"),
        );
    }

    /// `sheets ≤ begun`, and no two sheets of one number.
    fn papers_agree(&mut self, at: usize) {
        let station = &self.stations[at];
        let Some(kiosk) = station.kiosk() else {
            return;
        };
        let ordered = &kiosk.printer.ordered;
        let newest = ordered.last();
        let orders = ordered.iter().filter(|it| Some(*it) == newest).count();
        let Some(newest) = kiosk.printer.sheets.last() else {
            return self.require("a sheet is ordered once", orders <= 1, || {
                format!("{orders} times")
            });
        };
        let number = newest.clone();
        let begun = station.written.begun.contains(&number);
        let denied = station.written.denied.contains(&number);
        let kiosks = self.stations.iter().filter_map(|it| it.kiosk());
        let sheets = kiosks.flat_map(|it| &it.printer.sheets);
        let copies = sheets.filter(|it| **it == number).count();
        self.require("a sheet is ordered once", orders <= 1, || {
            format!("{orders} times")
        });
        self.require("no sheet that was not begun", begun, || number.clone());
        self.require("no sheet that came out is denied", !denied, || {
            number.clone()
        });
        self.require("one number, one sheet", copies == 1, || number.clone());
    }

    /// What a station is told to be safe is in the exchange's store.
    pub(crate) fn is_at_the_exchange(&mut self, at: usize, number: u64) {
        let head = self.stations[at].journal.head();
        let store = &self.exchange.store;
        let safe = store.held(&head.station, &head.incarnation).unwrap();
        self.require(
            "what is acknowledged is at the exchange",
            number <= safe,
            || format!("{number} was acknowledged, {safe} are there"),
        );
    }

    /// After a start the journal says what the disk has ever taken.
    pub(crate) fn nothing_was_forgotten(&mut self, at: usize) {
        let Station {
            journal, written, ..
        } = &self.stations[at];
        let found = (
            journal.head().number,
            journal.acknowledged().unwrap(),
            journal.received().unwrap(),
        );
        let expected = (written.entries, written.acknowledged, written.received);
        let requests = written.requests.iter();
        let altered: Option<RequestId> = requests
            .filter(|(id, request)| journal.request(id).unwrap().as_ref() != Some(request))
            .map(|(id, _)| id.clone())
            .next();
        self.require("nothing written is forgotten", found == expected, || {
            format!("found {found:?}, expected {expected:?}")
        });
        self.require("nothing written is altered", altered.is_none(), || {
            format!("{altered:?}")
        });
    }

    /// The law above the others: write it down before you do it.
    pub(crate) fn was_written_down(&mut self, at: usize, command: &Command) {
        if self.bug == Some(Bug::JournalsAfterPrintingUnwatched) {
            return;
        }
        let requests = &self.stations[at].written.requests;
        let written = |holds: &dyn Fn(&ServiceRequest) -> bool| requests.values().any(holds);
        let announced = match command {
            Command::DocumentPrinter(DocumentPrinterOrder::Print { job, .. }) => {
                let state = self.stations[at].written.state(job.as_str());
                state == Some(PaperState::Begun)
            }
            Command::Cash(CashOrder::Pay { amount_won }) => written(&|request| {
                let asked = request.money.paying_out;
                asked.is_some_and(|(asked_won, _)| asked_won == *amount_won)
            }),
            Command::PaymentTerminal(
                PaymentTerminalOrder::Authorise { key, amount_won }
                | PaymentTerminalOrder::Reverse {
                    key, amount_won, ..
                },
            ) => written(&|request| {
                let open = request.money.card.open.as_ref();
                open.is_some_and(|it| {
                    it.id().as_str() == key.as_str() && it.amount_won() == *amount_won
                })
            }),
            Command::Cash(CashOrder::StackNote) => {
                written(&|it| it.money.moving() && it.money.escrow.value_won() > 0)
            }
            Command::Cash(CashOrder::Collect { amount_won }) => written(&|request| {
                let open = request.stage == Stage::Prepared;
                open && request.money.asked_won == Some(*amount_won)
            }),
            Command::ReceiptPrinter(_) => written(&|request| {
                request.money.owed_won > 0
                    || request.claim_ticket.is_some()
                    || request.paper.count(PaperState::Issued) > 0
            }),
            Command::Fetch(document) => {
                written(&|request| request.paper.state(&document.number).is_some())
            }
            _ => true,
        };
        self.require("written down before it is done", announced, || {
            // Without the papers and names that a command carries.
            match command {
                Command::DocumentPrinter(_) => "an order to the printer".to_owned(),
                Command::Cash(order) => format!("{order:?}"),
                _ => "an order".to_owned(),
            }
        });
    }
}
