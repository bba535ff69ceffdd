//! The boxes are emptied and hoppers filled, each written down first.

use devices::{
    cash::{CashEvent, CashOrder},
    printer::{Evidence, JobId, PrinterFault},
    receipt_printer::{ReceiptPrinterEvent, ReceiptPrinterOrder},
};
use fitting::Hopper;
use request::RequestEvent;

use super::super::{
    Command, Event,
    book::What,
    cash::Tally,
    task::{Tab, Task},
    view::Page,
};
use super::shop::Shop;
use crate::visit::{Key, Touch};

fn tally() -> Tally {
    let mut tally = Tally::default();
    for (number, event) in (1..).zip([
        RequestEvent::CoinTaken { value_won: 500 },
        RequestEvent::NoteStacked { value_won: 5_000 },
        RequestEvent::PaidOut { amount_won: 4_500 },
    ]) {
        tally.count(number, Some(&event));
    }
    tally
}

/// A technician before the money that a day has brought.
fn counting() -> Shop {
    let mut shop = Shop::open();
    shop.enter();
    shop.touch(Task::Open(Tab::Cash));
    shop.happens(Event::Tallied(tally()));
    shop
}

fn sheets(shop: &Shop) -> Vec<(JobId, String)> {
    let sheet = |it: &Command| match it {
        Command::ReceiptPrinter(ReceiptPrinterOrder::Print { job, sheet }) => {
            Some((job.clone(), sheet.to_string()))
        }
        _ => None,
    };
    shop.wanted.iter().filter_map(sheet).collect()
}

#[test]
fn the_boxes_are_closed_in_the_book_before_the_sheet_is_printed() {
    let mut shop = counting();
    shop.touch(Task::CashUp);
    assert!(shop.prompt().contains("5,500원"), "{}", shop.prompt());
    assert_eq!(sheets(&shop), [], "nothing is printed before it is sure");
    shop.touch(Task::Yes);

    assert_eq!(shop.book().last(), Some(&What::CashedUp(tally())));
    let printed = sheets(&shop);
    let [(job, sheet)] = printed.as_slice() else {
        panic!("{printed:?}");
    };
    for line in [
        "# 현금 마감표",
        "5,000원 지폐: × 1 = 5,000원",
        "500원 동전: × 1 = 500원",
        "합계: 지폐함에 있을 돈: 5,000원",
        "합계: 동전함에 있을 돈: 500원",
        "거스름돈·반환으로 나감: 4,500원",
        "기술자: tech-1",
        "기록장 3번까지",
    ] {
        assert!(sheet.contains(line), "{line:?} is not in\n{sheet}");
    }
    shop.happens(Event::ReceiptPrinter(ReceiptPrinterEvent::Printed {
        job: job.clone(),
        evidence: Evidence::Fence,
    }));
    assert!(
        shop.prompt().contains("마감표가 나왔어요"),
        "{}",
        shop.prompt()
    );
    shop.touch(Task::CashUp);
    assert!(shop.prompt().contains(": 0원"), "{}", shop.prompt());
    // What comes is counted behind it.
    let counts = |it: &Command| matches!(it, Command::CountMoney(3));
    shop.pass(std::time::Duration::from_secs(3));
    assert!(shop.looked.iter().any(counts));
}

#[test]
fn what_cannot_be_written_down_is_not_done() {
    let mut shop = counting();
    shop.book_fails = true;
    shop.touch(Task::CashUp);
    shop.touch(Task::Yes);
    assert_eq!(sheets(&shop), []);
    assert!(
        shop.prompt().contains("적을 수 없었어요"),
        "{}",
        shop.prompt()
    );

    shop.touch(Task::Cancel);
    fill(&mut shop, "50");
    let told = |it: &Command| matches!(it, Command::Cash(CashOrder::Fill { .. }));
    assert!(!shop.wanted.iter().any(told), "no hopper is told");
}

#[test]
fn a_sheet_that_does_not_come_out_undoes_nothing() {
    let mut shop = counting();
    shop.touch(Task::CashUp);
    shop.touch(Task::Yes);
    let job = sheets(&shop)[0].0.clone();
    shop.happens(Event::ReceiptPrinter(ReceiptPrinterEvent::NotPrinted {
        job,
        fault: PrinterFault::PaperOut,
    }));

    assert!(shop.prompt().contains("PTR-01"), "{}", shop.prompt());
    shop.touch(Task::Cancel);
    shop.touch(Task::PrintLast);
    let printed = sheets(&shop);
    assert_eq!(printed.len(), 2);
    assert!(
        printed[1].1.contains("5,000원 지폐: × 1"),
        "{}",
        printed[1].1
    );
}

fn fill(shop: &mut Shop, coins: &str) {
    shop.touch(Task::Fill(3));
    assert!(matches!(shop.page(), Some(Page::Typing(_))));
    for digit in coins.chars() {
        shop.happens(Event::Touched(Touch::Key(Key::Character(digit))));
    }
    shop.touch(Task::Enter);
}

#[test]
fn a_hopper_is_told_what_is_in_it_when_that_is_written_down_and_so_is_the_next_start() {
    let mut shop = counting();
    fill(&mut shop, "55");

    let order = CashOrder::Fill {
        address: 3,
        coins: 55,
    };
    let place = |wanted: &dyn Fn(&Command) -> bool| shop.wanted.iter().position(wanted).unwrap();
    let noted =
        place(&|it| matches!(it, Command::Note(it) if matches!(it.what, What::Filled { .. })));
    let told = place(&|it| matches!(it, Command::Cash(it) if *it == order));
    assert!(noted < told, "it is written down first");

    let as_set_up = Hopper {
        address: 3,
        value_won: 500,
        coins: 60,
        coins_paid_before: 0,
    };
    let book = |shop: &Shop| shop.maintenance.book().hoppers(&[as_set_up])[0];
    assert_eq!(
        book(&shop),
        as_set_up,
        "it has not said from where it counts"
    );
    shop.happens(Event::Cash(CashEvent::Filled {
        address: 3,
        coins_paid: 9,
    }));
    let filled = Hopper {
        coins: 55,
        coins_paid_before: 9,
        ..as_set_up
    };
    assert_eq!(book(&shop), filled);
}

#[test]
fn a_fill_that_no_hopper_has_answered_is_told_again_at_the_next_start() {
    let mut shop = counting();
    fill(&mut shop, "55");

    let mut again = Shop::with(shop.maintenance.book().clone());
    let order = CashOrder::Fill {
        address: 3,
        coins: 55,
    };
    let told = |shop: &Shop| {
        let it = shop.wanted.iter();
        it.filter(|it| matches!(it, Command::Cash(it) if *it == order))
            .count()
    };
    assert_eq!(told(&again), 1);

    again.happens(Event::Cash(CashEvent::Filled {
        address: 3,
        coins_paid: 9,
    }));
    let once_more = Shop::with(again.maintenance.book().clone());
    assert_eq!(told(&once_more), 0, "the hopper has answered");
}
