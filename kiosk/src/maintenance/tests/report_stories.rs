//! What a machine says of itself, and that it knows nobody else.

use devices::{DeviceState, cash::CashStatus, printer::PrinterStatus};

use super::super::{
    Command, Event, Saving,
    book::What,
    fittings::Told,
    task::{Tab, Task},
    test::Test,
};
use super::shop::{CITIZENS, Shop};

fn saving(shop: &Shop) -> &Saving {
    let saving = |it: &'_ Command| matches!(it, Command::Save(_));
    match shop.wanted.iter().rev().find(|it| saving(it)).unwrap() {
        Command::Save(saving) => saving,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_machine_is_ready_only_when_all_is_well_and_all_was_tried() {
    let mut shop = Shop::open();
    shop.enter();
    shop.touch(Task::Open(Tab::Reports));
    shop.touch(Task::Report);

    let first = saving(&shop);
    assert_eq!(first.json["ready"], false);
    let why = first.json["why_not"].to_string();
    for part in ["A4 프린터 DEV-01", "소리: 시험하지 않음", "중계 서버"] {
        assert!(why.contains(part), "{part} is not in {why}");
    }
    assert!(first.page.is_some() && first.name.starts_with("readiness-gaon-1-2026-11-24"));

    let ready = DeviceState::Ready;
    let printer = PrinterStatus {
        state: ready,
        paper: devices::printer::Supply::Full,
        fault: None,
    };
    let cash = CashStatus {
        state: ready,
        change_won: 50_000,
        fault: None,
    };
    for told in [
        Told::CardReader(0, ready),
        Told::DocumentPrinter(printer.clone()),
        Told::ReceiptPrinter(printer),
        Told::BarcodeReader(devices::barcode_reader::BarcodeReaderStatus {
            state: ready,
            fault: None,
        }),
        Told::Cash(cash),
        Told::Auxiliaries(devices::auxiliaries::AuxiliariesStatus {
            state: ready,
            fault: None,
        }),
        Told::PowerSupply(devices::power_supply::PowerSupplyStatus {
            state: ready,
            ..Default::default()
        }),
        Told::PaymentTerminal(devices::payment_terminal::PaymentTerminalStatus {
            state: ready,
            fault: None,
        }),
    ] {
        shop.happens(Event::Told(told));
    }
    shop.happens(Event::Linked(true));
    let technician = super::shop::technician();
    let now = shop.now;
    for test in Test::ALL {
        let passed = What::Tested {
            test,
            passed: true,
            code: String::new(),
        };
        shop.maintenance.note(&technician, passed, now);
        shop.happens(Event::Noted(true));
    }
    shop.touch(Task::Report);
    assert_eq!(saving(&shop).json["ready"], true, "{}", saving(&shop).json);
}

#[test]
fn a_bundle_holds_the_book_and_nothing_that_a_citizens_card_said() {
    let mut shop = Shop::open();
    shop.insert(CITIZENS);
    shop.pull();
    shop.enter();
    shop.touch(Task::Open(Tab::Reports));
    shop.touch(Task::Bundle);

    let bundle = saving(&shop).json.to_string();
    assert!(bundle.contains("entered") && bundle.contains("tech-1"));
    assert!(!bundle.contains(CITIZENS), "{bundle}");
}

#[test]
fn a_report_that_cannot_be_saved_says_why() {
    let mut shop = Shop::open();
    shop.enter();
    shop.touch(Task::Open(Tab::Reports));
    shop.touch(Task::Report);
    shop.happens(Event::Saved(Err("/media/stick is not there".to_owned())));

    assert!(
        shop.prompt().contains("저장하지 못했어요"),
        "{}",
        shop.prompt()
    );
    assert!(shop.prompt().contains("/media/stick"), "{}", shop.prompt());
}

#[test]
fn the_program_starts_anew_only_when_it_is_asked_for_twice() {
    let mut shop = Shop::open();
    shop.enter();
    shop.touch(Task::Open(Tab::Reports));
    let restarts = |shop: &Shop| shop.wanted.iter().any(|it| matches!(it, Command::Restart));
    shop.touch(Task::Restart);
    shop.touch(Task::Cancel);
    assert!(!restarts(&shop) && shop.maintenance.is_open());

    shop.touch(Task::Restart);
    shop.touch(Task::Yes);

    assert!(restarts(&shop) && !shop.maintenance.is_open());
}
