//! Every page of a technician's in its notable states.

use std::time::Duration;

use devices::{
    DeviceState,
    auxiliaries::Sensors,
    card_reader::{CardHolder, CardReaderEvent},
    cash::{CashFault, CashStatus},
    printer::{Evidence, PrinterFault, PrinterStatus, Supply},
    receipt_printer::ReceiptPrinterEvent,
};
use kiosk::{
    maintenance::{
        Event, Ledger,
        adjusting::Setting,
        fittings::Told,
        task::{Tab, Task},
        test::Test,
    },
    visit::View,
};
use privacy::Personal;
use request::NetworkId;

use super::shop::{Shop, TUESDAY_10_00};

/// Every page in its notable states, in Korean, or in English.
pub(super) fn moments(english: bool) -> Vec<(String, View)> {
    let mut shop = Shop::open();
    shop.all_told();
    shop.insert();
    if english {
        shop.touch(Task::SwitchTongue);
    }
    shop.keep("pin");
    shop.pin_fits = false;
    shop.type_digits("123456");
    shop.keep("pin-typed");
    shop.touch(Task::Enter);
    shop.keep("pin-wrong");
    for _ in 0..2 {
        shop.type_digits("123456");
        shop.touch(Task::Enter);
    }
    shop.keep("pin-locked");
    shop.pin_fits = true;
    shop.now.instant += Duration::from_secs(31);
    shop.type_digits("271828");
    shop.touch(Task::Enter);
    shop.keep("status");
    faults(&mut shop);
    shop.all_told();
    tests(&mut shop);
    cash(&mut shop);
    settings(&mut shop);
    reports(&mut shop);
    shop.moments
}

fn faults(shop: &mut Shop) {
    for fault in [PrinterFault::PaperJam, PrinterFault::CoverOpen] {
        shop.happens(Event::Told(Told::DocumentPrinter(PrinterStatus {
            state: DeviceState::Faulted,
            paper: Supply::Full,
            fault: Some(fault),
        })));
    }
    shop.happens(Event::Told(Told::ReceiptPrinter(PrinterStatus {
        state: DeviceState::Ready,
        paper: Supply::Low,
        fault: None,
    })));
    shop.happens(Event::Told(Told::CardReader(1, DeviceState::Absent)));
    shop.happens(Event::Told(Told::Cash(CashStatus {
        state: DeviceState::Faulted,
        change_won: 2_300,
        fault: Some(CashFault::Hopper),
    })));
    shop.happens(Event::Linked(false));
    shop.happens(Event::Networks(vec![
        NetworkId::new("court"),
        NetworkId::new("nts"),
    ]));
    shop.happens(Event::Ledger(Ledger {
        entries: 48_213,
        waiting: 12,
        oldest: Some(TUESDAY_10_00),
        edition: 3,
        services: 55,
        ..Ledger::default()
    }));
    shop.happens(Event::Told(Told::Sensed(Sensors {
        cabinet_open: true,
        ..Sensors::default()
    })));
    shop.happens(Event::ExchangeClock(-187_000));
    shop.keep("status-faults");
    shop.happens(Event::ExchangeClock(240));
}

fn tests(shop: &mut Shop) {
    shop.touch(Task::Open(Tab::Tests));
    shop.keep("tests");
    shop.touch(Task::Try(Test::Card));
    shop.keep("test-card");
    shop.happens(Event::Card(CardReaderEvent::Read(CardHolder {
        name: Personal::default(),
        resident_number: Personal::default(),
    })));
    shop.keep("test-passed");
    shop.touch(Task::Try(Test::DocumentPrinter));
    shop.keep("test-failed");
    shop.touch(Task::Try(Test::ReceiptPrinter));
    let job = shop.slips.pop().unwrap();
    shop.happens(Event::ReceiptPrinter(ReceiptPrinterEvent::Printed {
        job,
        evidence: Evidence::Fence,
    }));
    shop.keep("test-asking");
    shop.touch(Task::Yes);
    shop.touch(Task::Cancel);
    shop.keep("tests-results");
}

fn cash(shop: &mut Shop) {
    shop.touch(Task::Open(Tab::Cash));
    shop.keep("cash");
    shop.touch(Task::Fill(3));
    shop.keep("cash-filling");
    shop.type_digits("55");
    shop.keep("cash-filling-typed");
    shop.touch(Task::Enter);
    shop.keep("cash-filled");
    shop.touch(Task::Cancel);
    shop.touch(Task::CashUp);
    shop.keep("cash-confirm");
    shop.touch(Task::Yes);
    let job = shop.slips.pop().unwrap();
    shop.happens(Event::ReceiptPrinter(ReceiptPrinterEvent::Printed {
        job,
        evidence: Evidence::Fence,
    }));
    shop.keep("cash-closed");
}

fn settings(shop: &mut Shop) {
    shop.touch(Task::Open(Tab::Settings));
    shop.keep("settings");
    for setting in Setting::ALL {
        shop.touch(Task::Adjust(setting));
        shop.keep(&format!("settings-{}", setting.id()));
        shop.touch(Task::Cancel);
    }
}

fn reports(shop: &mut Shop) {
    shop.touch(Task::Open(Tab::Reports));
    shop.keep("reports");
    shop.touch(Task::Report);
    shop.keep("reports-saved");
    shop.touch(Task::Restart);
    shop.keep("reports-restart");
}
