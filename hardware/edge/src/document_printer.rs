//! The printer of sheets: how it is, and no more. What it prints is signed by the station.

use devices::{
    DeviceState,
    document_printer::DocumentPrinterEvent,
    printer::{PrinterFault, PrinterStatus, Supply},
};
use fitting::DeviceEvent;
use serde_json::{Map, Value, json};

use crate::{
    completion::Stop,
    device_class::{DeviceClass, Effect, object},
    envelope::Payload,
    interface::{COMMON, Interface},
};

#[derive(Default)]
pub(crate) struct DocumentPrinter {
    status: Option<PrinterStatus>,
}

impl DeviceClass for DocumentPrinter {
    /// None of its own.
    fn interface(&self) -> &'static Interface {
        &COMMON
    }

    fn state(&self) -> DeviceState {
        let status = self.status.as_ref();
        status.map_or(DeviceState::Absent, |it| it.state)
    }

    fn needs_a_hand(&self) -> bool {
        needs_a_hand(self.status.as_ref())
    }

    fn status(&self) -> (&'static str, Map<String, Value>) {
        ("printer", paper(self.status.as_ref()))
    }

    fn capabilities(&self) -> Map<String, Value> {
        let printer = json!({
            "type": { "document": true },
            "acceptMedia": false,
            "multiPage": true,
            "paperSources": { "upper": true },
            "mediaTaken": false,
            "dispensePaper": false,
            "mediaPresented": false,
        });
        object([("printer", printer)])
    }

    fn begin(&mut self, _command: &str, _payload: &Payload) {}

    fn waits_for_a_person(&self) -> bool {
        false
    }

    fn stop(&mut self, _why: Stop) {}

    fn give_up(&mut self) {}

    fn told(&mut self, event: &DeviceEvent) {
        if let DeviceEvent::DocumentPrinter(DocumentPrinterEvent::Status(status)) = event {
            self.status = Some(status.clone());
        }
    }

    fn poll_effect(&mut self) -> Option<Effect> {
        None
    }
}

/// A printer's part of `Common.Status`.
pub(crate) fn paper(status: Option<&PrinterStatus>) -> Map<String, Value> {
    let supply = status.map_or(Supply::Unknown, |it| it.paper);
    let paper = match (status.and_then(|it| it.fault), supply) {
        (Some(PrinterFault::PaperJam), _) => "jammed",
        (Some(PrinterFault::PaperOut), _) => Supply::Out.xfs4iot(),
        (_, supply) => supply.xfs4iot(),
    };
    object([("paper", json!({ "upper": paper }))])
}

/// Whether whoever stands there can help a printer.
pub(crate) fn needs_a_hand(status: Option<&PrinterStatus>) -> bool {
    matches!(
        status.and_then(|it| it.fault),
        Some(PrinterFault::PaperOut | PrinterFault::CoverOpen)
    )
}
