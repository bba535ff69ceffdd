//! The barcode-reader class.

use std::collections::VecDeque;

use base64::{Engine, engine::general_purpose::STANDARD};
use devices::{
    DeviceState,
    barcode_reader::{Barcode, BarcodeReaderEvent, BarcodeReaderOrder, Symbology},
};
use fitting::DeviceEvent;
use serde_json::{Map, Value, json};

use crate::{
    completion::{Completion, Stop},
    device_class::{DeviceClass, DeviceOrder, Effect, not_ready, object},
    envelope::Payload,
    interface::{BARCODE_READER, Interface},
};

#[derive(Default)]
pub(crate) struct BarcodeReader {
    state: DeviceState,
    reading: bool,
    effects: VecDeque<Effect>,
}

impl DeviceClass for BarcodeReader {
    fn interface(&self) -> &'static Interface {
        &BARCODE_READER
    }

    fn state(&self) -> DeviceState {
        self.state
    }

    fn status(&self) -> (&'static str, Map<String, Value>) {
        let scanner = match self.state {
            DeviceState::Absent | DeviceState::Starting => "unknown",
            DeviceState::Faulted => "inoperative",
            DeviceState::Ready | DeviceState::Busy if self.reading => "on",
            DeviceState::Ready | DeviceState::Busy => "off",
        };
        ("barcodeReader", object([("scanner", scanner.into())]))
    }

    fn capabilities(&self) -> Map<String, Value> {
        let symbologies = json!({
            "qrCode": true,
            "dataMatrix": true,
            "pdf417": true,
            "aztec": true,
            "code39": true,
            "code128": true,
            "ean8": true,
            "ean13": true,
        });
        let reader = json!({ "canFilterSymbologies": false, "symbologies": symbologies });
        object([("barcodeReader", reader)])
    }

    /// Which symbologies are wanted is not looked at: the reader says that it cannot filter.
    fn begin(&mut self, _command: &str, _payload: &Payload) {
        match not_ready(self.state) {
            Some(completion) => self.effects.push_back(Effect::Done(completion)),
            None => {
                self.reading = true;
                self.order(BarcodeReaderOrder::Read);
            }
        }
    }

    fn waits_for_a_person(&self) -> bool {
        self.reading
    }

    fn stop(&mut self, why: Stop) {
        self.finish(why.completion());
    }

    fn give_up(&mut self) {
        self.reading = false;
        self.order(BarcodeReaderOrder::Cancel);
    }

    fn told(&mut self, event: &DeviceEvent) {
        let DeviceEvent::Barcode(event) = event else {
            return;
        };
        match event {
            BarcodeReaderEvent::Scanned(code) => {
                let output = json!([read_output(code)]);
                self.finish(Completion::success(object([("readOutput", output)])));
            }
            BarcodeReaderEvent::Refused(_) => self.finish(Completion::error("barcodeInvalid")),
            BarcodeReaderEvent::Status(status) => {
                self.state = status.state;
                if let Some(completion) = not_ready(self.state) {
                    self.finish(completion);
                }
            }
        }
    }

    fn poll_effect(&mut self) -> Option<Effect> {
        self.effects.pop_front()
    }
}

impl BarcodeReader {
    fn finish(&mut self, completion: Completion) {
        if std::mem::take(&mut self.reading) {
            self.order(BarcodeReaderOrder::Cancel);
            self.effects.push_back(Effect::Done(completion));
        }
    }

    fn order(&mut self, order: BarcodeReaderOrder) {
        let order = Effect::Order(DeviceOrder::Barcode(order));
        self.effects.push_back(order);
    }
}

fn read_output(code: &Barcode) -> Value {
    let text = code.text.reveal();
    let symbology = match code.symbology {
        Symbology::Qr => "qrCode",
        Symbology::DataMatrix => "dataMatrix",
        Symbology::Pdf417 => "pdf417",
        Symbology::Aztec => "aztec",
        Symbology::Code39 => "code39",
        Symbology::Code128 => "code128",
        // The identifier is the same for both; they differ in length.
        Symbology::Ean if text.len() == 8 => "ean8",
        Symbology::Ean if text.len() == 13 => "ean13",
        Symbology::Ean | Symbology::Other | Symbology::Unknown => "symbologyUnknown",
    };
    json!({ "symbology": symbology, "barcodeData": STANDARD.encode(text) })
}
