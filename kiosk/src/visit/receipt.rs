//! The receipt: a courtesy, for whoever wants it.

use std::time::Duration;

use super::{Command, Moment, Visit, slip, step::Step};
use devices::{
    printer::JobId,
    receipt_printer::{ReceiptPrinterEvent, ReceiptPrinterOrder},
};

/// Longer than a receipt printer's driver waits for its fence.
const PRINTING: Duration = Duration::from_secs(60);

impl Visit {
    pub(super) fn print_receipt(&mut self, now: Moment) {
        let Some(sheet) = slip::receipt(self, now) else {
            self.close(now);
            return;
        };
        let Some(job) = self.receipt_job() else {
            return;
        };
        self.order(Command::ReceiptPrinter(ReceiptPrinterOrder::Print {
            job,
            sheet,
        }));
        self.enter(Step::PrintingReceipt);
        self.deadline = Some(now.instant + PRINTING);
    }

    fn receipt_job(&self) -> Option<JobId> {
        let request = self.person.request.as_ref()?;
        Some(JobId::new(request.id.as_str()))
    }

    pub(super) fn is_receipt(&self, job: &JobId) -> bool {
        self.receipt_job().as_ref() == Some(job)
    }

    pub(super) fn receipt(&mut self, event: &ReceiptPrinterEvent, now: Moment) {
        match event {
            ReceiptPrinterEvent::Printed { job, .. } if self.is_receipt(job) => {
                self.note_receipt();
                self.close(now);
            }
            // The receipt is a courtesy: the farewell says that it is missing.
            ReceiptPrinterEvent::NotPrinted { job, .. }
            | ReceiptPrinterEvent::Unknown { job, .. }
                if self.is_receipt(job) =>
            {
                self.close(now);
            }
            _ => {}
        }
    }
}
