//! What devices say of themselves, as rows of the self-test.

use devices::{
    DeviceState, barcode_reader::BarcodeReaderEvent, cash::CashEvent,
    document_printer::DocumentPrinterEvent, payment_terminal::PaymentTerminalEvent,
    printer::PrinterStatus, receipt_printer::ReceiptPrinterEvent,
};
use fitting::DeviceEvent;

use crate::testing::Event;

/// None of what is no word on a device's state.
pub(crate) fn found(event: &DeviceEvent) -> Option<Event> {
    let (what, well, detail) = match event {
        DeviceEvent::DocumentPrinter(DocumentPrinterEvent::Status(status)) => (
            "document-printer",
            printer_is_well(status),
            printer_says(status),
        ),
        DeviceEvent::ReceiptPrinter(ReceiptPrinterEvent::Status(status)) => (
            "receipt-printer",
            printer_is_well(status),
            printer_says(status),
        ),
        DeviceEvent::Cash {
            event: CashEvent::Status(status),
            ..
        } => {
            let fault = status.fault.map(|it| it.to_string());
            ("cash", is_there(status.state) && fault.is_none(), fault)
        }
        DeviceEvent::Barcode(BarcodeReaderEvent::Status(status)) => {
            let fault = status.fault.map(|it| it.to_string());
            (
                "barcode-reader",
                is_there(status.state) && fault.is_none(),
                fault,
            )
        }
        DeviceEvent::PaymentTerminal(PaymentTerminalEvent::Status(status)) => {
            let fault = status.fault.map(|it| it.to_string());
            (
                "payment-terminal",
                is_there(status.state) && fault.is_none(),
                fault,
            )
        }
        DeviceEvent::Card(_, _)
        | DeviceEvent::DocumentPrinter(_)
        | DeviceEvent::ReceiptPrinter(_)
        | DeviceEvent::Cash { .. }
        | DeviceEvent::Barcode(_)
        | DeviceEvent::PaymentTerminal(_)
        | DeviceEvent::Auxiliaries(_)
        | DeviceEvent::PowerSupply(_) => return None,
    };
    Some(Event::Found {
        what: what.to_owned(),
        well,
        detail: detail.unwrap_or_default(),
    })
}

fn is_there(state: DeviceState) -> bool {
    match state {
        DeviceState::Ready | DeviceState::Busy => true,
        DeviceState::Absent | DeviceState::Starting | DeviceState::Faulted => false,
    }
}

fn printer_is_well(status: &PrinterStatus) -> bool {
    is_there(status.state) && status.fault.is_none()
}

fn printer_says(status: &PrinterStatus) -> Option<String> {
    status.fault.map(|it| it.to_string())
}
