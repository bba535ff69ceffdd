//! What the models of devices tell, as the kiosk hears it.

use bench::model::{Next, Told};

use super::Happening;
use crate::visit::Event;

impl From<Told> for Event {
    fn from(told: Told) -> Self {
        match told {
            Told::Card(event) => Event::Card(event),
            Told::DocumentPrinter(event) => Event::DocumentPrinter(event),
            Told::ReceiptPrinter(event) => Event::ReceiptPrinter(event),
            Told::Cash(event) => Event::Cash(event),
            Told::PaymentTerminal(event) => Event::PaymentTerminal(event),
        }
    }
}

impl From<Next> for Happening {
    fn from(next: Next) -> Self {
        match next {
            Next::Told(told) => Happening::Tell(told.into()),
            Next::Changed(change) => Happening::World(change),
        }
    }
}
