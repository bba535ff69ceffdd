//! The document-printer class: A4 sheets of signed certificates.

use std::sync::Arc;

use crate::printer::{Evidence, JobId, PrinterFault, PrinterStatus};

#[derive(Clone, PartialEq, Eq)]
pub enum DocumentPrinterOrder {
    /// `document` is a PDF. A job is sent once, whatever happens.
    Print {
        job: JobId,
        document: Arc<[u8]>,
        pages: u32,
    },
    Cancel {
        job: JobId,
    },
    /// After a restart: what became of it? Nothing is sent.
    Resolve {
        job: JobId,
        /// What the printer had counted before the job was handed in, if it counts.
        before: Option<PageCount>,
    },
}

/// The printer's count for life before a job, and the job's length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageCount {
    pub impressions: u64,
    pub pages: u32,
}

impl std::fmt::Debug for DocumentPrinterOrder {
    /// Leaves the document out: it is about a person, and long.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            DocumentPrinterOrder::Print { job, pages, .. } => f
                .debug_struct("Print")
                .field("job", job)
                .field("pages", pages)
                .finish_non_exhaustive(),
            DocumentPrinterOrder::Cancel { job } => f.debug_tuple("Cancel").field(job).finish(),
            DocumentPrinterOrder::Resolve { job, before } => f
                .debug_struct("Resolve")
                .field("job", job)
                .field("before", before)
                .finish(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentPrinterEvent {
    Accepted {
        job: JobId,
    },
    Printing {
        job: JobId,
        sheets: u32,
    },
    Printed {
        job: JobId,
        evidence: Evidence,
    },
    /// Proven: no sheet came out.
    NotPrinted {
        job: JobId,
        fault: PrinterFault,
    },
    /// A sheet may have come out.
    Unknown {
        job: JobId,
        fault: PrinterFault,
    },
    Status(PrinterStatus),
    /// Sides the printer has printed in its life; told by printers that count them.
    Counted {
        impressions: u64,
    },
}
