//! Devices are tried, one at a time, and what came of it is kept.

use std::time::Duration;

use devices::{
    barcode_reader::{Barcode, BarcodeReaderEvent, BarcodeReaderOrder, Symbology},
    card_reader::CardReaderEvent,
    cash::{CashEvent, CashOrder},
    printer::{Evidence, JobId, PrinterFault},
    receipt_printer::{ReceiptPrinterEvent, ReceiptPrinterOrder},
};
use privacy::Personal;

use super::super::{
    Command, Event,
    book::What,
    task::{Tab, Task},
    test::Test,
    view::Mark,
};
use super::shop::{PIN, Shop};

fn trying() -> Shop {
    let mut shop = Shop::open();
    shop.enter();
    shop.touch(Task::Open(Tab::Tests));
    shop
}

fn tested(test: Test, passed: bool, code: &str) -> What {
    let code = code.to_owned();
    What::Tested { test, passed, code }
}

/// The job the receipt printer was given.
fn receipt_job(shop: &Shop) -> JobId {
    let job = |it: &Command| match it {
        Command::ReceiptPrinter(ReceiptPrinterOrder::Print { job, .. }) => Some(job.clone()),
        _ => None,
    };
    shop.wanted.iter().rev().find_map(job).unwrap()
}

fn cash_orders(shop: &Shop) -> Vec<CashOrder> {
    let order = |it: &Command| match it {
        Command::Cash(order) => Some(*order),
        _ => None,
    };
    shop.wanted.iter().filter_map(order).collect()
}

#[test]
fn a_test_print_is_passed_when_it_is_out_and_eyes_say_so() {
    let mut shop = trying();
    shop.touch(Task::Try(Test::ReceiptPrinter));
    let job = receipt_job(&shop);

    // Of another job nobody is asked.
    shop.happens(Event::ReceiptPrinter(ReceiptPrinterEvent::Printed {
        job: JobId::new("somebody's"),
        evidence: Evidence::Fence,
    }));
    assert!(
        shop.prompt().contains("인쇄하고 있어요"),
        "{}",
        shop.prompt()
    );
    shop.happens(Event::ReceiptPrinter(ReceiptPrinterEvent::Printed {
        job,
        evidence: Evidence::Fence,
    }));
    assert!(shop.prompt().contains("반듯하게"), "{}", shop.prompt());
    shop.touch(Task::Yes);

    let last = tested(Test::ReceiptPrinter, true, "");
    assert_eq!(shop.book().last(), Some(&last));
    let rows = &shop.upkeep().unwrap().rows;
    let row = rows
        .iter()
        .find(|it| it.name == "영수증 시험 인쇄")
        .unwrap();
    assert_eq!((row.mark, row.value.as_str()), (Mark::Good, "통과"));
    assert!(row.note.contains("tech-1"));
}

#[test]
fn what_a_printer_or_an_eye_refuses_is_failed_with_its_code() {
    for (fault, code) in [(Some(PrinterFault::PaperJam), "PTR-02"), (None, "TST-02")] {
        let mut shop = trying();
        shop.touch(Task::Try(Test::ReceiptPrinter));
        let job = receipt_job(&shop);
        match fault {
            Some(fault) => shop.happens(Event::ReceiptPrinter(ReceiptPrinterEvent::NotPrinted {
                job,
                fault,
            })),
            None => {
                let evidence = Evidence::Fence;
                let printed = ReceiptPrinterEvent::Printed { job, evidence };
                shop.happens(Event::ReceiptPrinter(printed));
                shop.touch(Task::No);
            }
        }

        let last = tested(Test::ReceiptPrinter, false, code);
        assert_eq!(shop.book().last(), Some(&last));
        assert!(shop.prompt().contains(code), "{}", shop.prompt());
    }
}

#[test]
fn a_coin_is_written_down_before_as_much_is_given_back() {
    let mut shop = trying();
    shop.touch(Task::Try(Test::Coin));
    shop.happens(Event::Cash(CashEvent::CoinAccepted { value_won: 500 }));

    let back = CashOrder::Pay { amount_won: 500 };
    assert_eq!(cash_orders(&shop)[1..], [CashOrder::Stop, back]);
    let coin = What::TestMoney {
        won: 500,
        returned: false,
    };
    let place = |wanted: &dyn Fn(&Command) -> bool| shop.wanted.iter().position(wanted).unwrap();
    let noted = place(&|it| matches!(it, Command::Note(entry) if entry.what == coin));
    let paid = place(&|it| matches!(it, Command::Cash(order) if *order == back));
    assert!(noted < paid, "the coin is noted first");

    shop.happens(Event::Cash(CashEvent::Paid { amount_won: 500 }));
    let returned = What::TestMoney {
        won: 500,
        returned: true,
    };
    let book = shop.book();
    assert_eq!(
        book[book.len() - 3..],
        [coin, returned, tested(Test::Coin, true, "")]
    );
}

#[test]
fn two_coins_at_once_both_come_back() {
    let mut shop = trying();
    shop.touch(Task::Try(Test::Coin));
    for value_won in [500, 100] {
        shop.happens(Event::Cash(CashEvent::CoinAccepted { value_won }));
    }

    let back: u32 = cash_orders(&shop)
        .into_iter()
        .map(|it| match it {
            CashOrder::Pay { amount_won } => amount_won,
            _ => 0,
        })
        .sum();
    assert_eq!(back, 600);
}

#[test]
fn a_note_comes_back_from_the_escrow_and_no_money_has_moved() {
    let mut shop = trying();
    shop.touch(Task::Try(Test::Note));
    shop.happens(Event::Cash(CashEvent::NoteEscrowed { value_won: 1_000 }));
    assert_eq!(cash_orders(&shop).last(), Some(&CashOrder::ReturnNote));
    shop.happens(Event::Cash(CashEvent::NoteReturned { value_won: 1_000 }));

    assert_eq!(cash_orders(&shop).last(), Some(&CashOrder::Stop));
    assert_eq!(shop.book().last(), Some(&tested(Test::Note, true, "")));
}

#[test]
fn what_no_hand_does_in_time_is_failed_and_the_slots_are_shut() {
    let mut shop = trying();
    shop.touch(Task::Try(Test::BarcodeReader));
    shop.pass(Duration::from_secs(61));

    let last = tested(Test::BarcodeReader, false, "TST-01");
    assert_eq!(shop.book().last(), Some(&last));
    let cancelled = |it: &Command| matches!(it, Command::Barcode(BarcodeReaderOrder::Cancel));
    assert!(shop.wanted.iter().any(cancelled));
}

#[test]
fn nothing_a_card_or_a_code_says_is_kept() {
    let mut shop = trying();
    shop.touch(Task::Try(Test::Card));
    shop.pull();
    shop.insert("8507151990027");
    shop.touch(Task::Cancel);
    shop.touch(Task::Try(Test::BarcodeReader));
    shop.happens(Event::Barcode(BarcodeReaderEvent::Scanned(Barcode {
        symbology: Symbology::Qr,
        text: Personal::new("한빛나".to_owned()),
    })));

    let book = shop.book();
    let passed = [
        tested(Test::Card, true, ""),
        tested(Test::BarcodeReader, true, ""),
    ];
    assert_eq!(book[book.len() - 2..], passed);
    let kept = serde_json::to_string(shop.maintenance.book()).unwrap();
    for word in ["8507151990027", "한빛나", PIN] {
        assert!(!kept.contains(word), "{kept}");
    }
}

#[test]
fn a_card_that_is_pulled_in_a_test_does_not_end_maintenance() {
    let mut shop = trying();
    shop.happens(Event::Card(CardReaderEvent::Removed));

    assert!(shop.maintenance.is_open());
}

#[test]
fn results_are_there_after_the_machine_was_switched_off() {
    let mut shop = trying();
    shop.touch(Task::Try(Test::PaymentTerminal));
    let away = tested(Test::PaymentTerminal, false, "DEV-01");
    assert_eq!(shop.book().last(), Some(&away));

    let kept = serde_json::to_string(shop.maintenance.book()).unwrap();
    let mut again = Shop::with(serde_json::from_str(&kept).unwrap());
    again.enter();
    again.touch(Task::Open(Tab::Tests));
    let tests = &again.upkeep().unwrap().tabs[1];
    assert_eq!(tests.mark, Mark::Bad);
}
