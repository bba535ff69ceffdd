//! The document printer and the receipt printer: what really lies in the trays.

use devices::{
    DeviceState,
    document_printer::{DocumentPrinterEvent, DocumentPrinterOrder},
    printer::{Evidence, JobId, PrinterFault, PrinterStatus, Supply},
    receipt_printer::{ReceiptPrinterEvent, ReceiptPrinterOrder},
};
use sheet::Sheet;

use super::{Ahead, Change, Happening, millis};
use crate::visit::Event;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PrinterMood {
    Well,
    OutOfPaper,
    CoverOpen,
    /// The driver cannot tell; a sheet may come out all the same.
    Jammed {
        sheet: bool,
    },
    /// Nothing is told.
    Silent {
        sheet: bool,
    },
    /// Tells only when nobody waits any more.
    Late,
    Stutters,
}

impl PrinterMood {
    fn fault(self) -> Option<PrinterFault> {
        match self {
            PrinterMood::OutOfPaper => Some(PrinterFault::PaperOut),
            PrinterMood::CoverOpen => Some(PrinterFault::CoverOpen),
            PrinterMood::Jammed { .. } => Some(PrinterFault::PaperJam),
            _ => None,
        }
    }

    fn status(self) -> PrinterStatus {
        let fault = self.fault();
        PrinterStatus {
            state: match fault {
                Some(_) => DeviceState::Faulted,
                None => DeviceState::Ready,
            },
            paper: match fault {
                Some(PrinterFault::PaperOut) => Supply::Out,
                _ => Supply::Full,
            },
            fault,
        }
    }
}

pub(crate) struct DocumentPrinter {
    pub(crate) mood: PrinterMood,
    /// Numbers of the sheets that came out, ever.
    pub(crate) sheets: Vec<String>,
    pub(super) ordered: Vec<String>,
}

impl DocumentPrinter {
    pub(super) fn new() -> Self {
        Self {
            mood: PrinterMood::Well,
            sheets: Vec::new(),
            ordered: Vec::new(),
        }
    }

    pub(super) fn status(&self) -> Event {
        Event::DocumentPrinter(DocumentPrinterEvent::Status(self.mood.status()))
    }

    pub(super) fn order(&mut self, order: &DocumentPrinterOrder) -> Ahead {
        let DocumentPrinterOrder::Print { job, .. } = order else {
            return Vec::new();
        };
        assert!(
            !self.ordered.contains(&job.as_str().to_owned()),
            "{job:?} was ordered twice"
        );
        self.ordered.push(job.as_str().to_owned());
        let accepted = DocumentPrinterEvent::Accepted { job: job.clone() };
        let mut ahead = vec![(
            millis(200),
            Happening::Tell(Event::DocumentPrinter(accepted)),
        )];
        let after = match self.mood {
            PrinterMood::Late => 200_000,
            PrinterMood::Well | PrinterMood::Stutters => 4_000,
            _ => 10_000,
        };
        ahead.push((millis(after), Happening::World(Change::Sheet(job.clone()))));
        ahead
    }

    pub(super) fn print(&mut self, job: &JobId) -> Ahead {
        let (job, mood) = (job.clone(), self.mood);
        let sheet = match mood {
            PrinterMood::Well | PrinterMood::Stutters | PrinterMood::Late => true,
            PrinterMood::Jammed { sheet } | PrinterMood::Silent { sheet } => sheet,
            PrinterMood::OutOfPaper | PrinterMood::CoverOpen => false,
        };
        if sheet {
            self.sheets.push(job.as_str().to_owned());
        }
        let told = match (mood, mood.fault()) {
            (PrinterMood::Silent { .. }, _) => return Vec::new(),
            (PrinterMood::Jammed { .. }, Some(fault)) => {
                DocumentPrinterEvent::Unknown { job, fault }
            }
            (_, Some(fault)) => DocumentPrinterEvent::NotPrinted { job, fault },
            (_, None) => DocumentPrinterEvent::Printed {
                job,
                evidence: Evidence::Fence,
            },
        };
        let times = if mood == PrinterMood::Stutters { 2 } else { 1 };
        vec![(millis(0), Happening::Tell(Event::DocumentPrinter(told))); times]
    }
}

pub(crate) struct ReceiptPrinter {
    pub(crate) mood: PrinterMood,
    pub(crate) slips: Vec<(String, Sheet)>,
}

impl ReceiptPrinter {
    pub(super) fn new() -> Self {
        Self {
            mood: PrinterMood::Well,
            slips: Vec::new(),
        }
    }

    pub(super) fn status(&self) -> Event {
        Event::ReceiptPrinter(ReceiptPrinterEvent::Status(self.mood.status()))
    }

    pub(super) fn order(&mut self, order: ReceiptPrinterOrder) -> Ahead {
        let ReceiptPrinterOrder::Print { job, sheet } = order;
        let evidence = Evidence::Fence;
        let told = match (self.mood, self.mood.fault()) {
            (PrinterMood::Silent { .. } | PrinterMood::Late, _) => return Vec::new(),
            (_, Some(fault)) => ReceiptPrinterEvent::NotPrinted { job, fault },
            (_, None) => {
                self.slips.push((job.as_str().to_owned(), sheet));
                ReceiptPrinterEvent::Printed { job, evidence }
            }
        };
        let times = if self.mood == PrinterMood::Stutters {
            2
        } else {
            1
        };
        vec![(millis(1500), Happening::Tell(Event::ReceiptPrinter(told))); times]
    }
}
