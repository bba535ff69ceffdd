//! The receipt-printer class: a thermal roll with a cutter.

use sheet::Sheet;

use crate::printer::{Evidence, JobId, PrinterFault, PrinterStatus};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReceiptPrinterOrder {
    Print { job: JobId, sheet: Sheet },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReceiptPrinterEvent {
    Printed {
        job: JobId,
        evidence: Evidence,
    },
    /// Proven: nothing came out.
    NotPrinted {
        job: JobId,
        fault: PrinterFault,
    },
    /// A receipt may have come out.
    Unknown {
        job: JobId,
        fault: PrinterFault,
    },
    Status(PrinterStatus),
}
