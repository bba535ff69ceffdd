//! The document printer and the receipt printer: what really lies in the trays.

use devices::{
    DeviceState,
    document_printer::{DocumentPrinterEvent, DocumentPrinterOrder},
    printer::{Evidence, JobId, PrinterFault, PrinterStatus, Supply},
    receipt_printer::{ReceiptPrinterEvent, ReceiptPrinterOrder},
};
use sheet::Sheet;

use super::{Ahead, Change, Next, Told, millis};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrinterMood {
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

pub struct DocumentPrinter {
    pub mood: PrinterMood,
    /// Numbers of the sheets that came out, ever.
    pub sheets: Vec<String>,
    /// Numbers of the jobs it was ever given, in their order.
    pub ordered: Vec<String>,
}

impl Default for DocumentPrinter {
    fn default() -> Self {
        Self {
            mood: PrinterMood::Well,
            sheets: Vec::new(),
            ordered: Vec::new(),
        }
    }
}

impl DocumentPrinter {
    pub fn status(&self) -> Told {
        Told::DocumentPrinter(DocumentPrinterEvent::Status(self.mood.status()))
    }

    pub fn order(&mut self, order: &DocumentPrinterOrder) -> Ahead {
        let DocumentPrinterOrder::Print { job, .. } = order else {
            return Vec::new();
        };
        self.ordered.push(job.as_str().to_owned());
        let accepted = DocumentPrinterEvent::Accepted { job: job.clone() };
        let mut ahead = vec![(millis(200), Next::Told(Told::DocumentPrinter(accepted)))];
        let after = match self.mood {
            PrinterMood::Late => 200_000,
            PrinterMood::Well | PrinterMood::Stutters => 4_000,
            _ => 10_000,
        };
        ahead.push((millis(after), Next::Changed(Change::Sheet(job.clone()))));
        ahead
    }

    pub fn print(&mut self, job: &JobId) -> Ahead {
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
        vec![(millis(0), Next::Told(Told::DocumentPrinter(told))); times]
    }
}

pub struct ReceiptPrinter {
    pub mood: PrinterMood,
    pub slips: Vec<(String, Sheet)>,
}

impl Default for ReceiptPrinter {
    fn default() -> Self {
        Self {
            mood: PrinterMood::Well,
            slips: Vec::new(),
        }
    }
}

impl ReceiptPrinter {
    pub fn status(&self) -> Told {
        Told::ReceiptPrinter(ReceiptPrinterEvent::Status(self.mood.status()))
    }

    pub fn order(&mut self, order: ReceiptPrinterOrder) -> Ahead {
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
        vec![(millis(1500), Next::Told(Told::ReceiptPrinter(told))); times]
    }
}
