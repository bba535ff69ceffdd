//! The scanner: on while the screen asks for a paper or a ticket, and off at all other times.

use devices::barcode_reader::{BarcodeReaderEvent, BarcodeReaderOrder};

use super::{Command, Moment, Visit, step::Step, view::CodeRefusal};

impl Visit {
    /// Switches the scanner on or off, as the present step wants it.
    pub(super) fn tend_scanner(&mut self) {
        let asks = matches!(
            self.step,
            Step::HoldingPaper { .. } | Step::TypingCode { .. }
        );
        let wanted = asks && self.fittings.scanner_works();
        if std::mem::replace(&mut self.scanning, wanted) != wanted {
            self.order(Command::Barcode(if wanted {
                BarcodeReaderOrder::Read
            } else {
                BarcodeReaderOrder::Cancel
            }));
        }
    }

    pub(super) fn barcode(&mut self, step: Step, event: BarcodeReaderEvent, now: Moment) {
        let wanted = self.scanning;
        match (step, event) {
            (_, BarcodeReaderEvent::Status(_)) => {}
            // It was on its way when the screen changed: nobody holds it up any more.
            _ if !wanted => {}
            (step, BarcodeReaderEvent::Scanned(code)) => {
                // Having told one, the scanner tells no other until it is asked to.
                self.scanning = false;
                match step {
                    Step::HoldingPaper { .. } => self.paper_scanned(code.text.reveal(), now),
                    Step::TypingCode { .. } => self.code_scanned(code.text.reveal(), now),
                    _ => {}
                }
            }
            (Step::HoldingPaper { .. }, BarcodeReaderEvent::Refused(_)) => {
                self.enter(Step::HoldingPaper { unreadable: true });
            }
            (Step::TypingCode { .. }, BarcodeReaderEvent::Refused(_)) => {
                self.refuse_code(CodeRefusal::Unreadable);
            }
            (_, BarcodeReaderEvent::Refused(_)) => {}
        }
    }
}
