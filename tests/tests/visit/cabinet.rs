//! Lights that show the way, a cabinet that is opened, and power that is about to end, at the
//! whole kiosk.

use std::time::{Duration, Instant};

use kiosk::visit::view::{Screen, Trouble};
use request::{Outcome, Stage};
use tests::{
    office::TUESDAY_10_00,
    stand::Stand,
    walk::{End, Stop},
};

const CARD_READER: usize = 0;
const RECEIPT_PRINTER: usize = 1;
const PATIENCE: Duration = Duration::from_secs(30);

/// A lamp follows its screen by some milliseconds on its line.
fn until_lit(stand: &Stand, lamp: usize, lit: bool) {
    let module = &stand.bench.cabinet.as_ref().unwrap().module;
    let given_up = Instant::now() + PATIENCE;
    while module.with(|it| it.lamp(lamp)) != lit {
        assert!(Instant::now() < given_up, "lamp {lamp} does not change");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn open_cabinet(stand: &Stand, open: bool) {
    let module = &stand.bench.cabinet.as_ref().unwrap().module;
    module.with(|it| it.open_cabinet(open));
}

#[test]
fn a_light_shows_where_the_card_goes_and_an_opened_cabinet_ends_the_visit() {
    let mut stand = Stand::with_cabinet(TUESDAY_10_00);
    stand.walk_to(Stop::Service);
    stand.touch("신청 시작하기");
    stand.wait_for("insert-card");
    until_lit(&stand, CARD_READER, true);

    open_cabinet(&stand, true);

    let closed = Screen::OutOfService(Trouble::Cabinet);
    stand.wait_until("nobody is served", |view| view.screen == closed);
    until_lit(&stand, CARD_READER, false);

    open_cabinet(&stand, false);
    stand.wait_for("welcome");
    stand.walk_to(Stop::TakeCard);
    stand.pull_card();
    stand.wait_for("farewell");
    until_lit(&stand, RECEIPT_PRINTER, true);
    assert_eq!(stand.go_on(), End::Thanked);
    let request = stand.assert_agreement(200);
    assert_eq!(request.stage, Stage::Closed(Outcome::Done));
}

#[test]
fn a_battery_that_is_about_to_end_lets_nobody_begin() {
    let mut stand = Stand::with_cabinet(TUESDAY_10_00);
    let says = |stand: &Stand, status: &str| {
        let supply = &stand.bench.cabinet.as_ref().unwrap().power_supply;
        supply.with(|it| it.set_status(status, 8));
    };

    says(&stand, "OB DISCHRG LB");

    let dark = Screen::OutOfService(Trouble::Power);
    stand.wait_until("nobody is served", |view| view.screen == dark);
    says(&stand, "OL CHRG LB");
    stand.wait_for("welcome");
}
