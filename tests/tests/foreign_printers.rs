//! Every fault that printers of other makers can be given, at every stop of the road: the visit
//! goes on or ends in a way that has a name, and money, paper, journal and exchange agree.
//!
//! `make devices-test` runs this and shows how each visit ended.

#![allow(clippy::unwrap_used)]

#[path = "../../hardware/drivers/tests/receipt_printer_oracle/emupos.rs"]
#[allow(dead_code, reason = "the driver's own tests look at its pictures, too")]
mod emupos;

use bench::document_printer::Mood;
use emupos::Emupos;
use kiosk::visit::view::{FailureReason, MoneyOutcome, Screen};
use request::PaperState;
use tests::{
    office::TUESDAY_10_00,
    stand::Stand,
    walk::{End, Stop},
};

const FEE_WON: u32 = 200;

fn named(end: &End) -> String {
    match end {
        End::Thanked => "thanked".to_owned(),
        End::NotOffered => "not offered".to_owned(),
        End::Failed(failed) => format!("{:?}", failed.reason),
    }
}

/// What was paid in, by what the screen said last.
fn given_won(stop: Stop, end: &End) -> u32 {
    let was_asked = match end {
        End::Thanked => true,
        End::NotOffered => false,
        End::Failed(failed) => !matches!(failed.money, MoneyOutcome::NotAsked),
    };
    if stop > Stop::Pay || was_asked {
        FEE_WON
    } else {
        0
    }
}

fn agrees(stand: &mut Stand, stop: Stop, end: &End, paper: bool) {
    if *end != End::NotOffered {
        let request = stand.assert_agreement(given_won(stop, end));
        let issued = request.paper.count(PaperState::Issued);
        assert_eq!(issued, usize::from(paper), "{stop:?}: {end:?}");
    }
    stand.wait_until(
        "everything works again",
        |view| matches!(&view.screen, Screen::Welcome(welcome) if welcome.troubles.is_empty()),
    );
}

/// For what a visit may end before its paper is out; for nothing where it goes on.
fn reasons(mood: Mood) -> &'static [FailureReason] {
    match mood {
        Mood::Well | Mood::Slow | Mood::PaperLow => &[],
        Mood::PaperOut => &[FailureReason::PrinterOutOfPaper],
        Mood::Jam => &[FailureReason::PrinterJammed],
        Mood::CoverOpen => &[FailureReason::PrinterCoverOpen],
        // It took the sheet, or never heard of it: nobody can ask.
        Mood::Dead => &[FailureReason::PaperUnknown],
        Mood::Gone => &[FailureReason::PrinterSilent, FailureReason::PaperUnknown],
    }
}

#[test]
#[ignore = "half an hour of visits: make devices-test"]
fn an_a4_printers_faults_at_every_stop_have_a_name() {
    let mut stand = Stand::open(TUESDAY_10_00);
    for mood in [
        Mood::Slow,
        Mood::PaperLow,
        Mood::PaperOut,
        Mood::Jam,
        Mood::CoverOpen,
        Mood::Dead,
        Mood::Gone,
    ] {
        for stop in Stop::ALL {
            stand.walk_to(stop);

            stand.bench.document_printer.set_mood(mood).unwrap();
            let end = stand.go_on();
            stand.bench.document_printer.set_mood(Mood::Well).unwrap();

            eprintln!("ippeveprinter {mood:?} at {stop:?}: {}", named(&end));
            let expected = match &end {
                End::Thanked => stop > Stop::Pay || reasons(mood).is_empty(),
                End::NotOffered => stop == Stop::Service && !reasons(mood).is_empty(),
                End::Failed(failed) => stop <= Stop::Pay && reasons(mood).contains(&failed.reason),
            };
            assert!(expected, "{mood:?} at {stop:?}: {end:?}");
            agrees(&mut stand, stop, &end, end == End::Thanked);
        }
    }
}

#[test]
#[ignore = "needs emupos: make devices-test"]
fn a_receipt_printers_faults_at_every_stop_cost_nobody_the_paper() {
    let printer = Emupos::start("visit");
    let mut stand = Stand::with_receipt_printer(TUESDAY_10_00, &printer.port());
    for fault in ["paper-near-end", "paper-out", "cover-open", "offline"] {
        for stop in Stop::ALL {
            stand.walk_to(stop);

            printer.happens(fault);
            let end = stand.go_on();
            printer.happens("well");

            eprintln!("emupos {fault} at {stop:?}: {}", named(&end));
            assert_eq!(end, End::Thanked, "{fault} at {stop:?}");
            agrees(&mut stand, stop, &end, true);
        }
    }
    printer.assert_understood();
}
