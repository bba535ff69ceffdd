//! The card pulled, the cable cut, the tray empty, the paper jammed: at every
//! stop of the road. Each story says what the citizen sees; each ends with
//! journal, money, paper and exchange telling the same.

#![allow(clippy::unwrap_used)]

use bench::document_printer::Mood;
use kiosk::visit::view::{FailureReason, MoneyOutcome, Screen};
use request::PaperState;
use tests::{
    office::TUESDAY_10_00,
    stand::Stand,
    walk::{End, Stop},
};

/// What a citizen has put in when a visit that was walked from `stop` on ends so.
fn given(stop: Stop, end: &End) -> u32 {
    let paid = stop > Stop::Pay || *end == End::Thanked;
    let failed_after_paying = matches!(end, End::Failed(failed)
        if !matches!(failed.money, MoneyOutcome::NotAsked));
    if paid || failed_after_paying { 200 } else { 0 }
}

fn failed_because(end: &End) -> Option<FailureReason> {
    match end {
        End::Failed(failed) => Some(failed.reason),
        End::Thanked | End::NotOffered => None,
    }
}

fn is_well(stand: &mut Stand) {
    stand.wait_until(
        "everything works again",
        |view| matches!(&view.screen, Screen::Welcome(welcome) if welcome.troubles.is_empty()),
    );
}

#[test]
fn a_pulled_card_ends_what_is_not_yet_printed_and_nothing_else() {
    let mut stand = Stand::open(TUESDAY_10_00);
    for stop in Stop::ALL.into_iter().filter(|stop| *stop > Stop::Service) {
        stand.walk_to(stop);

        stand.pull_card();
        stand.wait_until("the kiosk has noticed", |view| {
            view.screen.name() != stop.screen() || stop > Stop::Pay
        });
        let end = stand.go_on();

        let wanted = (stop <= Stop::Pay).then_some(FailureReason::CardPulled);
        assert_eq!(failed_because(&end), wanted, "{stop:?}: {end:?}");
        let request = stand.assert_agreement(given(stop, &end));
        let issued = request.paper.count(PaperState::Issued);
        assert_eq!(issued, usize::from(stop > Stop::Pay), "{stop:?}");
        is_well(&mut stand);
    }
}

#[test]
fn a_cut_cable_is_said_before_it_matters_and_loses_nothing_after() {
    let mut stand = Stand::open(TUESDAY_10_00);
    for stop in Stop::ALL {
        stand.walk_to(stop);

        stand.cable.cut();
        if stop == Stop::Service {
            stand.wait_until("the service says why it cannot be had", |view| {
                matches!(&view.screen, Screen::Service(sheet) if sheet.unavailable.is_some())
            });
        }
        let end = stand.go_on();
        stand.cable.mend();

        let wanted = (Stop::Number..=Stop::Review)
            .contains(&stop)
            .then_some(FailureReason::NetworkDown);
        assert_eq!(failed_because(&end), wanted, "{stop:?}: {end:?}");
        assert_eq!(end == End::NotOffered, stop == Stop::Service);
        if stop > Stop::Service {
            stand.assert_agreement(given(stop, &end));
        }
        is_well(&mut stand);
    }
}

#[test]
fn an_empty_tray_gives_the_money_back() {
    let before_consent = Stop::ALL.into_iter().filter(|stop| *stop < Stop::Consent);
    the_printer_fails(
        Mood::PaperOut,
        FailureReason::PrinterOutOfPaper,
        before_consent,
    );
}

#[test]
fn a_tray_that_is_empty_once_the_paper_is_out_comes_too_late_to_matter() {
    let from_consent = Stop::ALL.into_iter().filter(|stop| *stop >= Stop::Consent);
    the_printer_fails(
        Mood::PaperOut,
        FailureReason::PrinterOutOfPaper,
        from_consent,
    );
}

#[test]
fn a_jam_voids_its_number_and_gives_the_money_back() {
    the_printer_fails(Mood::Jam, FailureReason::PrinterJammed, Stop::ALL);
}

fn the_printer_fails(mood: Mood, reason: FailureReason, stops: impl IntoIterator<Item = Stop>) {
    let mut stand = Stand::open(TUESDAY_10_00);
    for stop in stops {
        stand.walk_to(stop);

        stand.bench.document_printer.set_mood(mood).unwrap();
        let end = stand.go_on();
        stand.bench.document_printer.set_mood(Mood::Well).unwrap();

        let wanted = (stop <= Stop::Pay).then_some(reason);
        assert_eq!(failed_because(&end), wanted, "{stop:?}: {end:?}");
        let request = stand.assert_agreement(given(stop, &end));
        let issued = request.paper.count(PaperState::Issued);
        assert_eq!(issued, usize::from(stop > Stop::Pay), "{stop:?}");
        is_well(&mut stand);
    }
}
