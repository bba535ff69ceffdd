//! Out of paper, jams, open covers and printers that say nothing or too much.

use devices::{
    document_printer::DocumentPrinterEvent,
    printer::{Evidence, JobId, PrinterFault},
};
use request::{Outcome, PaperState, Stage};

use super::{
    citizen::{Citizen, Piece, Says},
    laws,
    town::{PrinterMood, Town, Validity},
};
use crate::visit::{
    Touch,
    step::Step,
    view::{FailureReason, MoneyOutcome, Screen, Trouble},
};

const FAULTS: [(PrinterMood, FailureReason); 5] = [
    (PrinterMood::OutOfPaper, FailureReason::PrinterOutOfPaper),
    (PrinterMood::CoverOpen, FailureReason::PrinterCoverOpen),
    (
        PrinterMood::Jammed { sheet: true },
        FailureReason::PrinterJammed,
    ),
    (
        PrinterMood::Jammed { sheet: false },
        FailureReason::PrinterJammed,
    ),
    (
        PrinterMood::Silent { sheet: true },
        FailureReason::PaperUnknown,
    ),
];

fn failed(town: &Town) -> (FailureReason, MoneyOutcome) {
    match town.screen() {
        Screen::Failed(failed) => (failed.reason, failed.money.clone()),
        other => panic!("not failed: {other:?}"),
    }
}

#[test]
fn a_kiosk_without_paper_says_so_before_anybody_starts_and_serves_again_with_it() {
    let mut town = Town::default();
    town.set_printer(PrinterMood::OutOfPaper);
    match town.screen() {
        Screen::Welcome(welcome) => assert_eq!(welcome.troubles, [Trouble::PrinterPaper]),
        other => panic!("{other:?}"),
    }
    let mut citizen = Citizen::default();
    citizen.walk_until(&mut town, |step| step == Step::Explaining);
    town.touch(Touch::Next);
    assert_eq!(town.visit.step, Step::Explaining);
    assert!(town.requests.is_empty());

    town.set_printer(PrinterMood::Well);
    citizen.walk_home(&mut town);

    assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
}

#[test]
fn a_kiosk_without_paper_still_takes_petitions() {
    let mut town = Town::default();
    town.set_printer(PrinterMood::OutOfPaper);

    let mut citizen = Citizen::asking_for("ombudsman-petition");
    citizen.walk_until(&mut town, |step| matches!(step, Step::Accepted { .. }));

    let stage = town.request().stage;
    assert!(
        !matches!(stage, Stage::Closed(Outcome::Failed)),
        "{stage:?}"
    );
}

#[test]
fn nobody_is_asked_for_money_that_cannot_become_paper() {
    for (mood, reason) in &FAULTS[..4] {
        let mut town = Town::default();
        Citizen::default().walk_until(&mut town, |step| step == Step::Fetching);

        town.set_printer(*mood);
        town.pass_seconds(5);

        assert_eq!(failed(&town), (*reason, MoneyOutcome::NotAsked), "{mood:?}");
        assert_eq!(town.request().money.asked_won, None);
        assert_eq!(town.request().stage, Stage::Closed(Outcome::Failed));
        laws::reckon(&town);
    }
}

#[test]
fn a_printer_that_breaks_while_money_goes_in_brings_the_money_back() {
    let mut town = Town::default();
    let mut citizen = Citizen::wanting(5).with(&[Piece::Coin(500)]);
    citizen.walk_until(&mut town, |step| step == Step::Paying);
    citizen.make_a_move(&mut town);
    citizen.make_a_move(&mut town);

    town.set_printer(PrinterMood::CoverOpen);
    town.pass_seconds(10);

    let returned = MoneyOutcome::Returned { amount_won: 500 };
    assert_eq!(failed(&town), (FailureReason::PrinterCoverOpen, returned));
    assert!(!town.cash.collecting);
    laws::reckon(&town);
}

#[test]
fn a_first_copy_that_does_not_come_out_costs_nothing() {
    for (mood, reason) in FAULTS {
        let mut town = Town::default();
        let mut citizen = Citizen::wanting(2);
        citizen.walk_until(&mut town, |step| step == Step::Printing);

        town.set_printer(mood);
        town.wait_for("failed");

        let (told, money) = failed(&town);
        assert_eq!(told, reason, "{mood:?}");
        assert_eq!(
            money,
            MoneyOutcome::Returned { amount_won: 1000 },
            "{mood:?}"
        );
        let request = town.request();
        assert_eq!(request.stage, Stage::Closed(Outcome::Failed), "{mood:?}");
        assert_eq!(request.paper.count(PaperState::Issued), 0, "{mood:?}");
        for (_, validity) in town.exchange.numbers.values() {
            assert_eq!(*validity, Validity::Void, "{mood:?}");
        }
        laws::reckon(&town);
    }
}

#[test]
fn a_second_copy_that_does_not_come_out_is_not_charged() {
    for (mood, reason) in FAULTS {
        let mut town = Town::default();
        let mut citizen = Citizen::wanting(2);
        citizen.walk_until(&mut town, |step| step == Step::Printing);
        town.pass_seconds(5);
        assert_eq!(town.request().paper.count(PaperState::Issued), 1);

        town.set_printer(mood);
        town.wait_for("failed");

        let (told, money) = failed(&town);
        let charged = MoneyOutcome::Charged {
            amount_won: 200,
            returned_won: 800,
        };
        assert_eq!((told, money), (reason, charged), "{mood:?}");
        laws::reckon(&town);
    }
}

#[test]
fn a_sheet_that_comes_after_all_hope_is_void() {
    let mut town = Town::default();
    let mut citizen = Citizen {
        says: Says::NoMoney,
        ..Citizen::default()
    };
    citizen.walk_until(&mut town, |step| step == Step::Paying);
    town.printer.mood = PrinterMood::Late;
    citizen.walk_until(&mut town, |step| step == Step::Failing);

    citizen.walk_home(&mut town);
    town.pass_seconds(300);

    assert_eq!(town.printer.sheets.len(), 1);
    let number = &town.printer.sheets[0];
    assert_eq!(town.exchange.numbers[number].1, Validity::Void);
    assert_eq!(town.cash.in_won, town.cash.out_won);
    laws::reckon(&town);
}

#[test]
fn a_printer_that_says_everything_twice_prints_and_charges_once() {
    let mut town = Town::default();
    town.printer.mood = PrinterMood::Stutters;
    town.receipts.mood = PrinterMood::Stutters;

    Citizen::wanting(3).walk_home(&mut town);

    assert_eq!(town.request().money.captured_won, 600);
    assert_eq!(town.printer.sheets.len(), 3);
    laws::reckon(&town);
}

#[test]
fn a_printer_that_speaks_of_a_former_visit_is_not_listened_to() {
    let mut town = Town::default();
    Citizen::default().walk_home(&mut town);
    let former = JobId::new(town.printer.sheets[0].clone());
    let mut citizen = Citizen::default();
    citizen.walk_until(&mut town, |step| step == Step::Printing);

    town.printer_says(DocumentPrinterEvent::Printed {
        job: former.clone(),
        evidence: Evidence::Fence,
    });
    town.printer_says(DocumentPrinterEvent::Unknown {
        job: former,
        fault: PrinterFault::Silent,
    });

    assert_eq!(town.visit.step, Step::Printing);
    citizen.walk_home(&mut town);
    assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
    laws::reckon(&town);
}

#[test]
fn paper_that_is_not_taken_is_reminded_of_and_then_the_visit_goes_on() {
    let mut town = Town::default();
    Citizen::default().walk_until(&mut town, |step| {
        step == Step::TakingPaper { reminded: false }
    });

    town.pass_seconds(21);
    assert!(matches!(town.screen(), Screen::TakePaper(paper) if paper.reminded));
    town.pass_seconds(41);

    assert_eq!(*town.screen(), Screen::Receipt);
    town.pass_seconds(300);
    assert_eq!(town.visit.step, Step::Resting);
    assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
    laws::reckon(&town);
}

#[test]
fn a_broken_receipt_printer_costs_a_receipt_and_nothing_else() {
    for (mood, asked) in [
        (PrinterMood::OutOfPaper, false),
        (PrinterMood::Silent { sheet: false }, true),
    ] {
        let mut town = Town::default();
        let mut citizen = Citizen::default();
        citizen.walk_until(&mut town, |step| matches!(step, Step::TakingPaper { .. }));
        town.set_receipts(mood);

        citizen.walk_until(&mut town, |step| matches!(step, Step::Parting(_)));

        assert_eq!(town.screens.contains(&"receipt"), asked, "{mood:?}");
        assert!(matches!(
            town.screen(),
            Screen::Farewell(farewell) if !farewell.receipt_printed
        ));
        assert_eq!(
            town.request().stage,
            Stage::Closed(Outcome::Done),
            "{mood:?}"
        );
        laws::reckon(&town);
    }
}
