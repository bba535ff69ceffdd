//! Services without a line, in virtual time: what a device owes, and for how long.

#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use devices::{
    DeviceState,
    barcode_reader::{Barcode, BarcodeReaderEvent, BarcodeReaderStatus, Symbology},
    cash::{CashCounters, CashEvent, CashOrder, CashStatus},
    printer::{Evidence, JobId, PrinterStatus, Supply},
    receipt_printer::{ReceiptPrinterEvent, ReceiptPrinterOrder},
};
use edge::{ClientId, DEVICE_PATIENCE, DeviceOrder, Dialect, Input, Output, Service, services};
use fitting::{DeviceEvent, DeviceSettings};
use privacy::Personal;
use serde_json::{Value, json};

const DEVICES: &str = "[document_printer]\nuri = \"ipp://127.0.0.1:9/ipp/print\"\n\
                       [receipt_printer]\nline = \"/dev/printer\"\nbaud = 9600\n\
                       [barcode_reader]\nmodel = \"serial\"\nline = \"/dev/scanner\"\nbaud = 9600\n\
                       [cash]\nline = \"/dev/cash\"\nbaud = 9600\n";
const ME: ClientId = ClientId(1);
const OTHER: ClientId = ClientId(2);

struct Stage {
    service: Service,
    now: Instant,
    heard: Vec<(ClientId, Value)>,
    orders: Vec<DeviceOrder>,
}

impl Stage {
    fn of(name: &str) -> Self {
        let settings: DeviceSettings = toml::from_str(DEVICES).unwrap();
        let mut all = services(&settings, Dialect::default()).into_iter();
        let mut stage = Self {
            service: all.find(|it| it.name == name).unwrap().service,
            now: Instant::now(),
            heard: Vec::new(),
            orders: Vec::new(),
        };
        for client in [ME, OTHER] {
            stage.handle(Input::Joined(client));
        }
        stage
    }

    fn handle(&mut self, input: Input<'_>) {
        self.service.handle(input, self.now);
        self.listen();
    }

    fn listen(&mut self) {
        while let Some(output) = self.service.poll_output() {
            match output {
                Output::Send(client, text) => {
                    let message = serde_json::from_str(text.reveal()).unwrap();
                    self.heard.push((client, message));
                }
                Output::Order(order) => self.orders.push(order),
            }
        }
    }

    fn told(&mut self, event: DeviceEvent) {
        self.handle(Input::Device(&event));
    }

    fn send(&mut self, client: ClientId, id: i32, name: &str, timeout: u64) {
        let header = json!({
            "type": "command", "name": name, "requestId": id, "timeout": timeout,
        });
        let payload = json!({ "formName": "lines", "fields": { "lines": "1" } });
        let text = json!({ "header": header, "payload": payload }).to_string();
        self.handle(Input::Received(client, text.as_bytes()));
    }

    fn pass(&mut self, time: Duration) {
        let end = self.now + time;
        while let Some(due) = self.service.poll_timeout().filter(|due| *due <= end) {
            self.now = self.now.max(due);
            self.service.handle_timeout(self.now);
            self.listen();
        }
        self.now = end;
    }

    /// What this client heard about a request: the types of the messages, and how it ended.
    fn course(&self, client: ClientId, id: i32) -> Vec<String> {
        let own = self.heard.iter().filter(|(it, _)| *it == client);
        let headers = own.map(|(_, message)| &message["header"]);
        let of_it = headers.filter(|header| header["requestId"] == id);
        let words = of_it.map(|header| {
            let code = header["completionCode"].as_str();
            code.or(header["type"].as_str()).unwrap().to_owned()
        });
        words.collect()
    }
}

fn printer(state: DeviceState) -> DeviceEvent {
    DeviceEvent::ReceiptPrinter(ReceiptPrinterEvent::Status(PrinterStatus {
        state,
        paper: Supply::Full,
        fault: None,
    }))
}

fn scanner(state: DeviceState) -> DeviceEvent {
    DeviceEvent::Barcode(BarcodeReaderEvent::Status(BarcodeReaderStatus {
        state,
        fault: None,
    }))
}

fn cash(event: CashEvent) -> DeviceEvent {
    DeviceEvent::Cash {
        event,
        counters: CashCounters::default(),
    }
}

fn well() -> CashEvent {
    CashEvent::Status(CashStatus {
        state: DeviceState::Ready,
        change_won: 100_000,
        fault: None,
    })
}

#[test]
fn a_receipt_on_its_way_is_waited_for_beyond_its_timeout_and_a_cancel() {
    let mut stage = Stage::of("Printer");
    stage.told(printer(DeviceState::Ready));

    stage.send(ME, 1, "Printer.PrintForm", 1_000);
    stage.pass(Duration::from_secs(5));
    stage.send(ME, 2, "Common.Cancel", 0);
    let before = stage.course(ME, 1);
    let [DeviceOrder::ReceiptPrinter(ReceiptPrinterOrder::Print { job, .. })] = &stage.orders[..]
    else {
        panic!("{:?}", stage.orders);
    };
    let (job, other) = (job.clone(), JobId::new("somebody-elses"));
    for job in [other, job.clone(), job] {
        stage.told(DeviceEvent::ReceiptPrinter(ReceiptPrinterEvent::Printed {
            job,
            evidence: Evidence::Fence,
        }));
    }

    assert_eq!(before, ["acknowledge"]);
    assert_eq!(stage.course(ME, 1), ["acknowledge", "success"]);
}

#[test]
fn a_device_that_says_nothing_is_given_up_and_the_next_gets_its_turn() {
    let mut stage = Stage::of("Printer");
    stage.told(printer(DeviceState::Ready));

    stage.send(ME, 1, "Printer.PrintForm", 0);
    stage.send(OTHER, 1, "Printer.PrintForm", 0);
    stage.pass(DEVICE_PATIENCE - Duration::from_secs(1));
    let before = (stage.course(ME, 1), stage.orders.len());
    stage.pass(Duration::from_secs(1));

    assert_eq!(before, (vec!["acknowledge".to_owned()], 1));
    assert_eq!(stage.course(ME, 1), ["acknowledge", "hardwareError"]);
    assert_eq!(stage.course(OTHER, 1), ["acknowledge"]);
    assert_eq!(stage.orders.len(), 2);
}

#[test]
fn waiting_for_a_person_has_no_end_but_the_commands_own() {
    let mut stage = Stage::of("BarcodeReader");
    stage.told(scanner(DeviceState::Ready));

    stage.send(ME, 1, "BarcodeReader.Read", 0);
    stage.pass(DEVICE_PATIENCE * 100);
    let before = stage.course(ME, 1);
    stage.send(OTHER, 1, "BarcodeReader.Read", 2_000);
    stage.pass(Duration::from_secs(2));
    stage.told(DeviceEvent::Barcode(BarcodeReaderEvent::Scanned(Barcode {
        symbology: Symbology::Qr,
        text: Personal::new("MW1:AB".to_owned()),
    })));

    assert_eq!(before, ["acknowledge"]);
    assert_eq!(stage.course(OTHER, 1), ["acknowledge", "timeOut"]);
    assert_eq!(stage.course(ME, 1), ["acknowledge", "success"]);
}

#[test]
fn a_code_that_nobody_waits_for_is_told_to_nobody() {
    let mut stage = Stage::of("BarcodeReader");
    stage.told(scanner(DeviceState::Ready));
    stage.heard.clear();

    stage.send(ME, 1, "BarcodeReader.Read", 0);
    stage.handle(Input::Left(ME));
    stage.heard.clear();
    stage.told(DeviceEvent::Barcode(BarcodeReaderEvent::Scanned(Barcode {
        symbology: Symbology::Qr,
        text: Personal::new("MW1:AB".to_owned()),
    })));

    assert_eq!(stage.heard, []);
}

#[test]
fn money_that_falls_while_it_is_cancelled_is_told_and_not_lost() {
    let mut stage = Stage::of("CashAcceptor");
    stage.told(cash(well()));
    stage.send(ME, 1, "CashAcceptor.CashInStart", 0);

    stage.send(ME, 2, "CashAcceptor.CashIn", 0);
    stage.send(ME, 3, "Common.Cancel", 0);
    stage.told(cash(CashEvent::CoinAccepted { value_won: 100 }));
    stage.told(cash(CashEvent::Stopped));
    stage.send(ME, 4, "CashAcceptor.CashIn", 0);
    stage.send(ME, 5, "Common.Cancel", 0);
    stage.told(cash(CashEvent::Stopped));
    stage.send(ME, 6, "CashAcceptor.CashInRollback", 0);
    stage.told(cash(CashEvent::Paid { amount_won: 100 }));

    assert_eq!(stage.course(ME, 2), ["acknowledge", "event", "success"]);
    assert_eq!(stage.course(ME, 4), ["acknowledge", "event", "canceled"]);
    assert_eq!(stage.course(ME, 6), ["acknowledge", "success"]);
    let orders: Vec<CashOrder> = (stage.orders.iter())
        .map(|order| match order {
            DeviceOrder::Cash(order) => *order,
            DeviceOrder::Card(..)
            | DeviceOrder::ReceiptPrinter(_)
            | DeviceOrder::Barcode(_)
            | DeviceOrder::Auxiliaries(_) => {
                panic!("{order:?}")
            }
        })
        .collect();
    let open = CashOrder::Collect {
        amount_won: u32::MAX,
    };
    let pay = CashOrder::Pay { amount_won: 100 };
    assert_eq!(orders, [open, CashOrder::Stop, open, CashOrder::Stop, pay]);
}

#[test]
fn hoppers_that_cannot_pay_back_what_came_in_are_no_success() {
    let mut stage = Stage::of("CashAcceptor");
    stage.told(cash(well()));
    stage.send(ME, 1, "CashAcceptor.CashInStart", 0);
    stage.send(ME, 2, "CashAcceptor.CashIn", 0);
    stage.told(cash(CashEvent::CoinAccepted { value_won: 500 }));
    stage.told(cash(CashEvent::Stopped));

    stage.send(ME, 3, "CashAcceptor.CashInRollback", 0);
    stage.told(cash(CashEvent::PaidShort {
        paid_won: 100,
        owed_won: 400,
    }));
    stage.send(ME, 4, "CashAcceptor.GetCashInStatus", 0);

    assert_eq!(stage.course(ME, 3), ["acknowledge", "commandErrorCode"]);
    let (_, status) = stage.heard.last().unwrap();
    assert_eq!(status["payload"]["status"], "unknown");
}

#[test]
fn a_change_is_told_to_everybody_and_only_what_has_changed() {
    let mut stage = Stage::of("Printer");
    stage.told(printer(DeviceState::Ready));
    stage.heard.clear();

    stage.told(printer(DeviceState::Ready));
    let unchanged = stage.heard.len();
    stage.told(printer(DeviceState::Busy));

    assert_eq!(unchanged, 0);
    let told: Vec<ClientId> = stage.heard.iter().map(|(client, _)| *client).collect();
    assert_eq!(told, [ME, OTHER]);
    for (_, message) in &stage.heard {
        assert_eq!(
            message["payload"],
            json!({ "common": { "device": "deviceBusy" } })
        );
    }
}
