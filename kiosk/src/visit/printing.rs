//! The paper comes out, one numbered document after the other.

use std::time::Duration;

use devices::{
    document_printer::DocumentPrinterOrder,
    printer::{JobId, PrinterFault},
};
use request::{Action, DocumentNumber, PaperState, SpoilReason};

use super::{
    Command, Moment, Visit,
    settling::Ending,
    step::Step,
    view::{FailureReason, Trouble},
};

/// The driver answers for its printer; this is for a driver that does not.
const PRINTING: Duration = Duration::from_secs(180);
const PAPER_REMINDER: Duration = Duration::from_secs(20);
const PAPER_LEFT: Duration = Duration::from_secs(40);

impl Visit {
    /// Writes the intention down, then orders the sheet; or goes on to the money.
    pub(super) fn print_next(&mut self, now: Moment) {
        self.printing_begins();
        let Some(request) = &self.person.request else {
            return;
        };
        let Some(document) = request.paper.next_ready().cloned() else {
            self.settle(Ending::Done, now);
            return;
        };
        if request.money.moving() {
            // A note on its way into the box: the next sheet is begun when it is in.
            self.enter(Step::Printing);
            self.deadline = Some(now.instant + PRINTING);
            return;
        }
        let paid = request.money.captured_won + request.money.available_won();
        if paid < request.total_won() {
            // The validator gave a note back on its own account.
            self.fail(FailureReason::CashFault, now);
            return;
        }
        let Some(content) = self.person.documents.remove(&document.number) else {
            self.fail(FailureReason::Bug, now);
            return;
        };
        if !self.act(Action::BeginIssue {
            number: document.number.clone(),
        }) {
            self.fail(FailureReason::Bug, now);
            return;
        }
        self.order(Command::DocumentPrinter(DocumentPrinterOrder::Print {
            job: JobId::new(document.number.as_str()),
            document: content,
            pages: document.pages,
        }));
        self.enter(Step::Printing);
        self.deadline = Some(now.instant + PRINTING);
    }

    pub(super) fn printed(&mut self, job: &str, now: Moment) {
        let number = DocumentNumber::new(job);
        if self.printing_number().as_ref() == Some(&number) {
            self.person.failure = None;
            self.act(Action::Issue { number });
            self.print_next(now);
        }
    }

    pub(super) fn not_printed(
        &mut self,
        job: &str,
        fault: PrinterFault,
        proven: bool,
        now: Moment,
    ) {
        let number = DocumentNumber::new(job);
        if self.printing_number().as_ref() != Some(&number) {
            return;
        }
        let failure = match fault {
            PrinterFault::PaperOut => FailureReason::PrinterOutOfPaper,
            PrinterFault::PaperJam | PrinterFault::Cutter => FailureReason::PrinterJammed,
            PrinterFault::CoverOpen => FailureReason::PrinterCoverOpen,
            PrinterFault::Silent | PrinterFault::Offline if proven => FailureReason::PrinterSilent,
            PrinterFault::Silent
            | PrinterFault::Offline
            | PrinterFault::Refused
            | PrinterFault::Other(_) => FailureReason::PaperUnknown,
        };
        if proven {
            let reason = SpoilReason::NotPrinted;
            self.act(Action::Spoil { number, reason });
            self.fail(failure, now);
        } else {
            self.doubt(failure, now);
        }
    }

    /// The driver has said nothing for too long.
    pub(super) fn printer_silent(&mut self, now: Moment) {
        if let Some(number) = self.printing_number() {
            let job = JobId::new(number.as_str());
            self.order(Command::DocumentPrinter(DocumentPrinterOrder::Cancel {
                job,
            }));
        }
        self.doubt(FailureReason::PaperUnknown, now);
    }

    /// Nobody pays for what cannot be printed.
    pub(super) fn check_printer(&mut self, now: Moment) {
        if let Some(failure) = self.printer_failure() {
            self.fail(failure, now);
        }
    }

    pub(super) fn printer_failure(&self) -> Option<FailureReason> {
        Some(match self.fittings.printer_trouble()? {
            Trouble::PrinterPaper => FailureReason::PrinterOutOfPaper,
            Trouble::PrinterJam => FailureReason::PrinterJammed,
            Trouble::PrinterCover => FailureReason::PrinterCoverOpen,
            _ => FailureReason::PrinterSilent,
        })
    }

    /// The document whose sheet is on its way.
    pub(super) fn printing_number(&self) -> Option<DocumentNumber> {
        let paper = &self.person.request.as_ref()?.paper;
        let begun = paper
            .documents
            .iter()
            .find(|(_, state)| *state == PaperState::Begun);
        begun.map(|(document, _)| document.number.clone())
    }

    pub(super) fn offer_paper(&mut self, now: Moment) {
        self.enter(Step::TakingPaper { reminded: false });
        self.deadline = Some(now.instant + PAPER_REMINDER);
    }

    pub(super) fn remind_of_paper(&mut self, reminded: bool, now: Moment) {
        if reminded {
            self.paper_taken(now);
        } else {
            self.enter(Step::TakingPaper { reminded: true });
            self.deadline = Some(now.instant + PAPER_LEFT);
        }
    }

    pub(super) fn paper_taken(&mut self, now: Moment) {
        if self.fittings.receipt_trouble().is_some() {
            self.close(now);
        } else {
            self.enter(Step::OfferingReceipt);
        }
    }
}
