//! What devices say, as the machine understands it; and what they are to wait for.

use devices::{
    barcode_reader::{BarcodeReaderEvent, BarcodeReaderOrder},
    card_reader::{CardReaderEvent, CardReaderOrder},
    receipt_printer::ReceiptPrinterEvent,
};
use fitting::DeviceEvent;

use super::{Heard, Shell};
use crate::{device_words, machine::Event, testing, view::View};

impl Shell {
    pub(super) fn order_devices(&self, view: &View) {
        let Some(devices) = &self.devices else {
            return;
        };
        match view {
            View::Card(_) => devices.card(CardReaderOrder::Accept),
            View::SelfTest(test) if test.asked == Some(crate::view::Asked::ShowACard) => {
                devices.card(CardReaderOrder::Accept);
            }
            View::Label(_) | View::Enrolment(_) => {
                devices.card(CardReaderOrder::Release);
                devices.barcode_reader(BarcodeReaderOrder::Read);
            }
            View::Site(_)
            | View::Pin { .. }
            | View::SelfTest(_)
            | View::Sheet(_)
            | View::Done { .. }
            | View::Stopped(_) => devices.card(CardReaderOrder::Release),
        }
    }

    /// A device that said how it is before anybody asked is believed when it is asked.
    pub(super) fn understand(&mut self, heard: Heard) -> Option<Event> {
        let event = self.meaning(heard)?;
        if let Event::Test(said @ testing::Event::Found { what, .. }) = &event {
            self.told.insert(what.clone(), said.clone());
        }
        Some(event)
    }

    fn meaning(&self, heard: Heard) -> Option<Event> {
        match heard {
            Heard::Touch(touch) => Some(Event::Touch(touch)),
            Heard::Came(event) => Some(event),
            Heard::Device(DeviceEvent::Card(_, CardReaderEvent::Read(holder))) => {
                Some(Event::Card(Some(holder.resident_number)))
            }
            Heard::Device(DeviceEvent::Card(_, CardReaderEvent::Refused(_))) => {
                Some(Event::Card(None))
            }
            Heard::Device(DeviceEvent::Barcode(BarcodeReaderEvent::Scanned(code))) => {
                Some(Event::Scanned(code.text.reveal().clone()))
            }
            Heard::Device(DeviceEvent::ReceiptPrinter(event)) => match &event {
                ReceiptPrinterEvent::Printed { .. } => Some(self.printed(true)),
                ReceiptPrinterEvent::NotPrinted { .. } | ReceiptPrinterEvent::Unknown { .. } => {
                    Some(self.printed(false))
                }
                ReceiptPrinterEvent::Status(_) => {
                    device_words::found(&DeviceEvent::ReceiptPrinter(event)).map(Event::Test)
                }
            },
            Heard::Device(event) => device_words::found(&event).map(Event::Test),
        }
    }

    fn printed(&self, well: bool) -> Event {
        match self.machine.view() {
            View::Enrolment(_) => Event::RequestPrinted(well),
            View::Site(_)
            | View::Card(_)
            | View::Pin { .. }
            | View::Label(_)
            | View::SelfTest(_)
            | View::Sheet(_)
            | View::Done { .. }
            | View::Stopped(_) => Event::SheetPrinted(well),
        }
    }
}
