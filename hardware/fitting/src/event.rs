//! What a station's devices tell, through one channel.

use devices::{
    auxiliaries::AuxiliariesEvent,
    barcode_reader::BarcodeReaderEvent,
    card_reader::CardReaderEvent,
    cash::{CashCounters, CashEvent},
    document_printer::DocumentPrinterEvent,
    payment_terminal::PaymentTerminalEvent,
    power_supply::PowerSupplyEvent,
    receipt_printer::ReceiptPrinterEvent,
};

#[derive(Debug)]
pub enum DeviceEvent {
    /// The reader's index, as the settings list them.
    Card(usize, CardReaderEvent),
    DocumentPrinter(DocumentPrinterEvent),
    ReceiptPrinter(ReceiptPrinterEvent),
    Cash {
        event: CashEvent,
        /// What the devices have counted, the event included.
        counters: CashCounters,
    },
    Barcode(BarcodeReaderEvent),
    PaymentTerminal(PaymentTerminalEvent),
    Auxiliaries(AuxiliariesEvent),
    PowerSupply(PowerSupplyEvent),
}
