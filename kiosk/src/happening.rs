//! Everything that reaches a kiosk from outside, through one channel.

use devices::{
    card_reader::CardReaderEvent, cash::CashEvent, document_printer::DocumentPrinterEvent,
    receipt_printer::ReceiptPrinterEvent,
};

use crate::visit::Touch;

#[derive(Debug)]
pub(crate) enum Happening {
    Touched(Touch),
    /// The reader's index, as the settings list them.
    Card(usize, CardReaderEvent),
    DocumentPrinter(DocumentPrinterEvent),
    ReceiptPrinter(ReceiptPrinterEvent),
    Cash(CashEvent),
    Link(link::Event),
    /// The program ends.
    Ended,
}
