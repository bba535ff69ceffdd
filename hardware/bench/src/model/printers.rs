//! What may be the matter with printers; and the receipt printer.

use devices::{
    DeviceState,
    printer::{Evidence, PrinterFault, PrinterStatus, Supply},
    receipt_printer::{ReceiptPrinterEvent, ReceiptPrinterOrder},
};
use sheet::Sheet;

use super::{Ahead, Next, Told, millis};

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
    /// Has no finished job in its list: only its count tells.
    Forgetful,
    /// The same, and counts two sides for one.
    Miscounts,
    /// Tells of another job first.
    Confused,
}

impl PrinterMood {
    pub(super) fn fault(self) -> Option<PrinterFault> {
        match self {
            PrinterMood::OutOfPaper => Some(PrinterFault::PaperOut),
            PrinterMood::CoverOpen => Some(PrinterFault::CoverOpen),
            PrinterMood::Jammed { .. } => Some(PrinterFault::PaperJam),
            _ => None,
        }
    }

    pub(super) fn status(self) -> PrinterStatus {
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
