//! Whole visits: the window is touched where its labels stand, devices answer on
//! their wires, the exchange signs, paper falls into trays.

#![allow(clippy::unwrap_used)]

use request::{Outcome, PaperState, Stage};
use tests::{
    office::TUESDAY_10_00,
    stand::Stand,
    walk::{End, Stop},
};

#[test]
fn a_citizen_walks_away_with_a_signed_certificate() {
    let mut stand = Stand::open(TUESDAY_10_00);

    stand.walk_to(Stop::Service);
    let end = stand.go_on();

    assert_eq!(end, End::Thanked);
    let request = stand.assert_agreement(200);
    assert_eq!(request.stage, Stage::Closed(Outcome::Done));
    assert_eq!(request.paper.count(PaperState::Issued), 1);
    assert_eq!(request.money.captured_won, 200);
    assert!(request.receipt_printed);
}
