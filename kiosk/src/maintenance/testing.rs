//! One device at a time is tried through its real driver; what came of it is kept.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use devices::{
    DeviceState,
    barcode_reader::{BarcodeReaderEvent, BarcodeReaderOrder},
    card_reader::{CardReaderEvent, CardReaderOrder},
    cash::CashOrder,
    document_printer::{DocumentPrinterEvent, DocumentPrinterOrder},
    printer::{JobId, PrinterFault},
    receipt_printer::{ReceiptPrinterEvent, ReceiptPrinterOrder},
};

use super::{Command, Event, Maintenance, Moment, Step, book::What, faults::Fault, test::Test};

/// A hand that does nothing for so long has gone elsewhere.
const HAND: Duration = Duration::from_secs(60);
/// Longer than any printer's driver waits.
pub(super) const MACHINE: Duration = Duration::from_secs(120);
/// Collects whatever a technician has in the pocket.
const ANY_WON: u32 = 1_000_000;
/// Nothing came in time.
const IN_VAIN: &str = "TST-01";
/// The technician saw or heard that it is not right.
const NOT_RIGHT: &str = "TST-02";
/// The page could not be set.
const NOT_SET: &str = "TST-03";
/// The card was of no use.
const NO_CARD: &str = "CRD-02";

/// A test under way, or its result as long as nobody has read it.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) test: Test,
    pub(super) phase: Phase,
    job: JobId,
    pub(super) due: Option<Instant>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// A device, or a hand, is waited for.
    Waiting,
    /// What a technician has put in comes back; it is written down that it must.
    GivingBack {
        won: u32,
        paying: bool,
    },
    /// Eyes or ears decide.
    Asking,
    Done {
        passed: bool,
        code: String,
    },
}

impl Running {
    pub(super) fn due(&self) -> Option<Instant> {
        self.due
    }
}

impl Maintenance {
    pub(super) fn begin_test(&mut self, test: Test, now: Moment) {
        let Step::Inside(inside) = &mut self.step else {
            return;
        };
        if inside.running.as_ref().is_some_and(Running::is_under_way) {
            return;
        }
        let job = JobId::new(format!("test-{}", now.wall.as_millis()));
        let patience = match test {
            Test::ReceiptPrinter | Test::DocumentPrinter => MACHINE,
            _ => HAND,
        };
        inside.running = Some(Running {
            test,
            phase: Phase::Waiting,
            job: job.clone(),
            due: Some(now.instant + patience),
        });
        match test {
            Test::ReceiptPrinter => {
                let sheet = self.test_receipt(now);
                let order = ReceiptPrinterOrder::Print { job, sheet };
                self.commands.push_back(Command::ReceiptPrinter(order));
            }
            Test::DocumentPrinter => {
                let page = self.test_page(now);
                self.commands.push_back(Command::SetPage(Box::new(page)));
            }
            Test::Card => self
                .commands
                .push_back(Command::Card(CardReaderOrder::Accept)),
            Test::BarcodeReader => self
                .commands
                .push_back(Command::Barcode(BarcodeReaderOrder::Read)),
            Test::Coin | Test::Note => {
                let order = CashOrder::Collect {
                    amount_won: ANY_WON,
                };
                self.commands.push_back(Command::Cash(order));
            }
            Test::PaymentTerminal => self.judge_terminal(now),
            Test::Sound => {
                self.said += 1;
                self.ask_about_test();
            }
        }
    }

    fn judge_terminal(&mut self, now: Moment) {
        let standing = Test::PaymentTerminal
            .slot()
            .map(|slot| self.fittings.standing(slot))
            .unwrap_or_default();
        let well = standing.fault.is_none()
            && matches!(standing.state, DeviceState::Ready | DeviceState::Busy);
        let code = standing.fault.map_or(String::new(), Fault::code);
        self.end_test(well, &code, now);
    }

    /// What was set for the printer, or that it could not be.
    pub(super) fn page_set(&mut self, page: Option<(Arc<[u8]>, u32)>, now: Moment) {
        let Some(job) = self.waiting_for(Test::DocumentPrinter) else {
            return;
        };
        match page {
            Some((document, pages)) => {
                let order = DocumentPrinterOrder::Print {
                    job,
                    document,
                    pages,
                };
                self.commands.push_back(Command::DocumentPrinter(order));
            }
            None => self.end_test(false, NOT_SET, now),
        }
    }

    pub(super) fn running(&self) -> Option<&Running> {
        match &self.step {
            Step::Inside(inside) => inside.running.as_ref(),
            Step::Away
            | Step::Resting
            | Step::Recognising
            | Step::Called { .. }
            | Step::Gate(_) => None,
        }
    }

    pub(super) fn running_mut(&mut self) -> Option<&mut Running> {
        match &mut self.step {
            Step::Inside(inside) => inside.running.as_mut(),
            Step::Away
            | Step::Resting
            | Step::Recognising
            | Step::Called { .. }
            | Step::Gate(_) => None,
        }
    }

    /// The job of this test, if it is the one that waits.
    fn waiting_for(&self, test: Test) -> Option<JobId> {
        let running = self.running()?;
        let waits = running.test == test && running.phase == Phase::Waiting;
        waits.then(|| running.job.clone())
    }

    /// What devices tell while a test runs.
    pub(super) fn tested(&mut self, event: &Event, now: Moment) {
        match event {
            Event::Card(event) if self.waiting_for(Test::Card).is_some() => match event {
                CardReaderEvent::Read(_) => self.end_test(true, "", now),
                CardReaderEvent::Refused(_) => self.end_test(false, NO_CARD, now),
                CardReaderEvent::Removed => self
                    .commands
                    .push_back(Command::Card(CardReaderOrder::Accept)),
                CardReaderEvent::Inserted
                | CardReaderEvent::Track(_)
                | CardReaderEvent::Status(_) => {}
            },
            Event::Barcode(event) if self.waiting_for(Test::BarcodeReader).is_some() => match event
            {
                BarcodeReaderEvent::Scanned(_) => self.end_test(true, "", now),
                BarcodeReaderEvent::Refused(fault) => self.end_test(false, fault.code(), now),
                BarcodeReaderEvent::Status(_) => {}
            },
            Event::ReceiptPrinter(event) => self.receipt_tested(event, now),
            Event::DocumentPrinter(event) => self.page_tested(event, now),
            Event::Cash(event) => self.cash_tested(event, now),
            _ => {}
        }
    }

    fn receipt_tested(&mut self, event: &ReceiptPrinterEvent, now: Moment) {
        let Some(wanted) = self.waiting_for(Test::ReceiptPrinter) else {
            return;
        };
        match event {
            ReceiptPrinterEvent::Printed { job, .. } if *job == wanted => self.ask_about_test(),
            ReceiptPrinterEvent::NotPrinted { job, fault }
            | ReceiptPrinterEvent::Unknown { job, fault }
                if *job == wanted =>
            {
                self.printer_failed(*fault, now);
            }
            ReceiptPrinterEvent::Printed { .. }
            | ReceiptPrinterEvent::NotPrinted { .. }
            | ReceiptPrinterEvent::Unknown { .. }
            | ReceiptPrinterEvent::Status(_) => {}
        }
    }

    fn page_tested(&mut self, event: &DocumentPrinterEvent, now: Moment) {
        let Some(wanted) = self.waiting_for(Test::DocumentPrinter) else {
            return;
        };
        match event {
            DocumentPrinterEvent::Printed { job, .. } if *job == wanted => self.ask_about_test(),
            DocumentPrinterEvent::NotPrinted { job, fault }
            | DocumentPrinterEvent::Unknown { job, fault }
                if *job == wanted =>
            {
                self.printer_failed(*fault, now);
            }
            DocumentPrinterEvent::Printed { .. }
            | DocumentPrinterEvent::NotPrinted { .. }
            | DocumentPrinterEvent::Unknown { .. }
            | DocumentPrinterEvent::Accepted { .. }
            | DocumentPrinterEvent::Printing { .. }
            | DocumentPrinterEvent::Status(_)
            | DocumentPrinterEvent::Counted { .. } => {}
        }
    }

    fn printer_failed(&mut self, fault: PrinterFault, now: Moment) {
        self.end_test(false, &fault.code(), now);
    }

    fn ask_about_test(&mut self) {
        if let Some(running) = self.running_mut() {
            running.phase = Phase::Asking;
            running.due = None;
        }
    }

    /// What the technician says who has looked or listened.
    pub(super) fn test_answered(&mut self, right: bool, now: Moment) {
        if self.running().is_some_and(|it| it.phase == Phase::Asking) {
            self.end_test(right, if right { "" } else { NOT_RIGHT }, now);
        }
    }

    pub(super) fn test_overdue(&mut self, now: Moment) {
        self.stop_test();
        self.end_test(false, IN_VAIN, now);
    }

    /// The technician thinks better of it, or has read what came of it.
    pub(super) fn cancel_test(&mut self) {
        let Some(running) = self.running() else {
            return;
        };
        if matches!(running.phase, Phase::GivingBack { .. }) {
            return;
        }
        self.stop_test();
        if let Step::Inside(inside) = &mut self.step {
            inside.running = None;
        }
    }

    /// Nothing is waited for any more.
    pub(super) fn stop_test(&mut self) {
        let Some(running) = self.running().filter(|it| it.phase == Phase::Waiting) else {
            return;
        };
        match running.test {
            Test::BarcodeReader => self
                .commands
                .push_back(Command::Barcode(BarcodeReaderOrder::Cancel)),
            Test::Coin | Test::Note => self.commands.push_back(Command::Cash(CashOrder::Stop)),
            Test::ReceiptPrinter
            | Test::DocumentPrinter
            | Test::Card
            | Test::PaymentTerminal
            | Test::Sound => {}
        }
    }

    pub(super) fn end_test(&mut self, passed: bool, code: &str, now: Moment) {
        let Step::Inside(inside) = &mut self.step else {
            return;
        };
        let technician = inside.technician.clone();
        let Some(running) = &mut inside.running else {
            return;
        };
        let (test, code) = (running.test, code.to_owned());
        running.due = None;
        running.phase = Phase::Done {
            passed,
            code: code.clone(),
        };
        tracing::info!(
            technician = technician.as_str(),
            test = test.id(),
            passed,
            code,
            "A device was tested"
        );
        self.note(&technician, What::Tested { test, passed, code }, now);
    }
}

impl Running {
    fn is_under_way(&self) -> bool {
        !matches!(self.phase, Phase::Done { .. })
    }

    /// A machine or a hand at it is waited for; eyes and ears may as well go.
    pub(super) fn is_moving(&self) -> bool {
        matches!(self.phase, Phase::Waiting | Phase::GivingBack { .. })
    }
}
