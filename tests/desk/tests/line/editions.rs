//! Editions of the catalogue: from a clerk over the exchange to a desk.

use std::process::ExitCode;

use desk::preparation::PreparationView;
use desk_line::Office;
use request::Timestamp;
use tests::clerk::{Clerk, DOG, hand_in};

use crate::{
    beside,
    booth::{Booth, STATION, TUESDAY_10_00},
    caller::{begin_land_ledger, finish_land_ledger, step, wait},
};

const NOW: Timestamp = Timestamp::from_millis(TUESDAY_10_00);

/// What the exchange knows of the desk's edition.
fn running(office: &Office) -> Option<u64> {
    let told = office.read("/v1/editions");
    let stations = told["stations"].as_array()?;
    let desk = stations.iter().find(|it| it["station"] == STATION)?;
    desk["running"].as_u64()
}

/// Begins the search for a service that the edition brings.
fn search(booth: &mut Booth) {
    booth.press("F2");
    wait(booth, "a service is searched", |it| {
        matches!(it, PreparationView::Find(_))
    });
    booth.type_text("반려견");
}

fn finds_it(view: &PreparationView) -> bool {
    matches!(view, PreparationView::Find(find) if !find.tiles.is_empty())
}

#[test]
fn an_edition_goes_down_to_a_desk_and_counts_between_two_callers() {
    let mut office = Office::open();
    let mut booth = beside(&office, None);
    booth.sign_in();
    booth.wait_for("the line is up", |view| view.line.linked);
    begin_land_ledger(&mut booth);

    let clerk = Clerk::of(office.catalog(), DOG);
    let signed = clerk.signs(1, NOW);
    assert_eq!(
        hand_in(&office.data(), &signed, &clerk.key),
        ExitCode::SUCCESS
    );
    office.close();
    office.reopen();
    booth.until("the edition lies at the desk", |it| {
        it.file("editions/1.edition").exists()
    });

    // The form that is open is filled in by the rules it was begun under.
    finish_land_ledger(&mut booth);
    booth.wait_for("the exchange has all of it", |view| view.line.waiting == 0);
    assert_eq!(running(&office), Some(0));
    booth.press("Esc");
    booth.wait_for("the form is gone", |view| step(view).is_none());
    booth.until("the exchange knows", |_| running(&office) == Some(1));
    search(&mut booth);
    wait(&mut booth, "the new service is there", finds_it);

    booth.switch_off();
    booth.switch_on();
    booth.sign_in();
    search(&mut booth);
    wait(&mut booth, "it is still there", finds_it);
}
