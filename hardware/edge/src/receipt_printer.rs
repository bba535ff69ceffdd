//! The printer class: receipts from a roll, by a form of lines.

mod form;

use std::collections::VecDeque;

use devices::{
    DeviceState,
    printer::{JobId, PrinterFault, PrinterStatus},
    receipt_printer::{ReceiptPrinterEvent, ReceiptPrinterOrder},
};
use fitting::DeviceEvent;
use serde_json::{Map, Value, json};

use crate::{
    completion::{Completion, CompletionCode, Stop},
    device_class::{DeviceClass, DeviceOrder, Effect, object},
    document_printer::{needs_a_hand, paper},
    envelope::Payload,
    interface::{Interface, PRINTER},
};

#[derive(Default)]
pub(crate) struct ReceiptPrinter {
    status: Option<PrinterStatus>,
    /// Counts the receipts, to name them.
    receipts: u64,
    printing: Option<JobId>,
    effects: VecDeque<Effect>,
}

impl DeviceClass for ReceiptPrinter {
    fn interface(&self) -> &'static Interface {
        &PRINTER
    }

    fn state(&self) -> DeviceState {
        self.status
            .as_ref()
            .map_or(DeviceState::Absent, |it| it.state)
    }

    fn needs_a_hand(&self) -> bool {
        needs_a_hand(self.status.as_ref())
    }

    fn status(&self) -> (&'static str, Map<String, Value>) {
        ("printer", paper(self.status.as_ref()))
    }

    fn capabilities(&self) -> Map<String, Value> {
        let printer = json!({
            "type": { "receipt": true },
            "writeForm": { "text": true },
            "control": { "cut": true },
            "acceptMedia": false,
            "multiPage": false,
            "paperSources": { "upper": true },
            "mediaTaken": false,
            "dispensePaper": false,
            "mediaPresented": false,
        });
        object([("printer", printer)])
    }

    fn answer(&self, command: &str) -> Option<Completion> {
        let forms = || Completion::success(object([("formList", json!([form::NAME]))]));
        (command == "Printer.GetFormList").then(forms)
    }

    fn begin(&mut self, _command: &str, payload: &Payload) {
        let sheet = match form::fill(payload) {
            Ok(sheet) => sheet,
            Err(completion) => return self.effects.push_back(Effect::Done(completion)),
        };
        // The driver says itself what is the matter with a printer that is not ready.
        self.receipts += 1;
        let job = JobId::new(format!("edge-{}", self.receipts));
        self.printing = Some(job.clone());
        let order = ReceiptPrinterOrder::Print { job, sheet };
        let order = Effect::Order(DeviceOrder::ReceiptPrinter(order));
        self.effects.push_back(order);
    }

    fn waits_for_a_person(&self) -> bool {
        false
    }

    /// What is on its way to the paper cannot be called back: its end is waited for.
    fn stop(&mut self, _why: Stop) {}

    fn give_up(&mut self) {
        self.printing = None;
    }

    fn told(&mut self, event: &DeviceEvent) {
        let DeviceEvent::ReceiptPrinter(event) = event else {
            return;
        };
        match event {
            ReceiptPrinterEvent::Printed { job, .. } => {
                self.finish(job, Completion::of(CompletionCode::Success));
            }
            ReceiptPrinterEvent::NotPrinted { job, fault } => {
                let completion = failure(*fault).because("nothing was printed");
                self.finish(job, completion);
            }
            ReceiptPrinterEvent::Unknown { job, fault } => {
                let completion = failure(*fault).because("a receipt may have come out");
                self.finish(job, completion);
            }
            ReceiptPrinterEvent::Status(status) => self.status = Some(status.clone()),
        }
    }

    fn poll_effect(&mut self) -> Option<Effect> {
        self.effects.pop_front()
    }
}

impl ReceiptPrinter {
    fn finish(&mut self, job: &JobId, completion: Completion) {
        if self.printing.take_if(|it| it == job).is_some() {
            self.effects.push_back(Effect::Done(completion));
        }
    }
}

fn failure(fault: PrinterFault) -> Completion {
    match fault {
        PrinterFault::PaperOut => Completion::error("paperOut"),
        PrinterFault::PaperJam => Completion::error("paperJammed"),
        PrinterFault::CoverOpen => Completion::of(CompletionCode::UserError),
        PrinterFault::Silent | PrinterFault::Offline => {
            Completion::of(CompletionCode::DeviceNotReady)
        }
        PrinterFault::Cutter | PrinterFault::Refused | PrinterFault::Other(_) => {
            Completion::of(CompletionCode::HardwareError)
        }
    }
}
