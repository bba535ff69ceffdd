//! What a kiosk still knows of its citizens when their visits are long over.

#![allow(clippy::unwrap_used)]

use std::time::Duration;

use request::{Outcome, Stage};
use sync::Content;
use tests::{
    office::TUESDAY_10_00,
    stand::Stand,
    walk::{CITIZEN, End, Stop},
};

const TWO_DAYS: Duration = Duration::from_hours(48);

/// All bodies of entries that the journal still has.
fn said(stand: &Stand) -> String {
    let entries = stand.open_journal().entries(0, u32::MAX).unwrap();
    let bodies = entries.into_iter().filter_map(|entry| match entry.content {
        Content::Whole { body, .. } => Some(body.reveal().clone()),
        Content::Erased { .. } => None,
    });
    bodies.collect()
}

#[test]
fn a_day_after_a_visit_the_kiosk_does_not_know_whose_it_was() {
    let mut stand = Stand::open(TUESDAY_10_00);
    stand.walk_to(Stop::TakeCard);
    assert_eq!(stand.go_on(), End::Thanked);
    let request = stand.assert_agreement(200);
    stand.until("the exchange has it", Stand::outbox_is_empty);
    assert!(said(&stand).contains(CITIZEN.name));

    stand.switch_off();
    stand.let_pass(TWO_DAYS);
    stand.switch_on();
    stand.until("the citizen is forgotten", |stand| {
        !said(stand).contains(CITIZEN.name)
    });

    let said = said(&stand);
    assert!(!said.contains(CITIZEN.resident_number), "{said}");
    let (after, _) = stand.journal().remove(0);
    assert_eq!(after.id, request.id);
    assert_eq!(after.stage, Stage::Closed(Outcome::Done));
    assert_eq!(after.money, request.money, "money is not personal");
}
