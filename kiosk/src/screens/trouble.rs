//! Why something does not work now, as the screens name it.

use crate::visit::view::Trouble;

pub(super) fn shown(trouble: Option<Trouble>) -> kiosk_ui::Trouble {
    use kiosk_ui::Trouble as Shown;
    match trouble {
        None => Shown::None,
        Some(Trouble::ExchangeAway) => Shown::ExchangeAway,
        Some(Trouble::AwayTooLong) => Shown::AwayTooLong,
        Some(Trouble::AgencyAway) => Shown::AgencyAway,
        Some(Trouble::OutsideHours) => Shown::OutsideHours,
        Some(Trouble::CardReader) => Shown::CardReader,
        Some(Trouble::Printer) => Shown::Printer,
        Some(Trouble::PrinterPaper) => Shown::PrinterPaper,
        Some(Trouble::PrinterJam) => Shown::PrinterJam,
        Some(Trouble::PrinterCover) => Shown::PrinterCover,
        Some(Trouble::ReceiptPrinter) => Shown::ReceiptPrinter,
        Some(Trouble::Cash) => Shown::Cash,
        Some(Trouble::PaymentTerminal) => Shown::PaymentTerminal,
        Some(Trouble::NoChange) => Shown::NoChange,
        // What is written down on a battery's last minutes may be lost.
        Some(Trouble::Journal | Trouble::Power) => Shown::Journal,
        // Whoever has its key is of the office.
        Some(Trouble::Cabinet | Trouble::ClosedByOffice) => Shown::ClosedByOffice,
    }
}
