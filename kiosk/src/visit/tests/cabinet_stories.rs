//! Somebody opens the cabinet, the power is about to end, headphones are plugged in.

use std::time::Duration;

use devices::{
    DeviceState,
    auxiliaries::{AuxiliariesEvent, Sensors},
    power_supply::{Power, PowerSupplyEvent, PowerSupplyStatus, Source},
};
use request::{Outcome, Stage};

use super::{
    citizen::{Citizen, FAMILY, JOB},
    laws,
    town::{Fitted, Town},
};
use crate::visit::{
    Event, Touch,
    step::Step,
    view::{Guidance, InsertCard, Means, Screen, Trouble},
};

const SHUT: Sensors = Sensors {
    cabinet_open: false,
    tampered: false,
    switch: devices::auxiliaries::OperatorSwitch::Run,
    headset: false,
};
const OPEN: Sensors = Sensors {
    cabinet_open: true,
    ..SHUT
};
const SHAKEN: Sensors = Sensors {
    tampered: true,
    ..SHUT
};
const HEADSET: Sensors = Sensors {
    headset: true,
    ..SHUT
};

fn sense(town: &mut Town, sensors: Sensors) {
    town.tell(Event::Auxiliaries(AuxiliariesEvent::Sensed(sensors)));
}

fn power(town: &mut Town, power: Option<Power>) {
    let status = PowerSupplyStatus {
        state: DeviceState::Ready,
        power,
        fault: None,
    };
    town.tell(Event::PowerSupply(PowerSupplyEvent::Status(status)));
}

const MAINS: Power = Power {
    source: Source::Mains,
    battery_low: false,
    replace_battery: false,
    shutting_down: false,
    charge: None,
    runtime_seconds: None,
};
const BATTERY: Power = Power {
    source: Source::Battery,
    ..MAINS
};

fn closed(town: &Town) -> bool {
    *town.screen() == Screen::OutOfService(Trouble::Cabinet)
}

/// Waits until nobody stands here any more, taking the card when it is given back.
fn see_out(town: &mut Town) {
    for _ in 0..600 {
        if town.visit.step == Step::Resting {
            return;
        }
        if town.visit.step == Step::TakingCard {
            town.pull_card();
        }
        town.pass_seconds(1);
    }
    panic!("it does not end at {:?}", town.visit.step);
}

/// Before anything is printed.
const BEFORE_PAPER: [fn(Step) -> bool; 10] = [
    |step| step == Step::Finding,
    |step| step == Step::Explaining,
    |step| step == Step::InsertingCard(InsertCard::Waiting),
    |step| step == Step::TypingNumber,
    |step| step == Step::Choosing,
    |step| step == Step::Consenting,
    |step| step == Step::Reviewing,
    |step| step == Step::Preparing,
    |step| step == Step::Fetching,
    |step| step == Step::Paying,
];

#[test]
fn whoever_stands_here_when_the_cabinet_is_opened_is_led_out_and_loses_nothing() {
    for sensors in [OPEN, SHAKEN] {
        for (index, step) in BEFORE_PAPER.into_iter().enumerate() {
            let mut town = Town::default();
            Citizen::default().walk_until(&mut town, step);
            let opened = !town.requests.is_empty();

            sense(&mut town, sensors);
            see_out(&mut town);

            assert!(closed(&town), "step {index}: {:?}", town.screen());
            assert!(town.printer.sheets.is_empty(), "step {index}");
            if opened {
                let withdrawn = Stage::Closed(Outcome::Withdrawn);
                assert_eq!(town.request().stage, withdrawn, "step {index}");
            }
            laws::reckon(&town);
        }
    }
}

#[test]
fn money_that_is_in_goes_back_when_the_cabinet_is_opened() {
    let mut town = Town::default();
    let mut citizen = Citizen::wanting(3);
    citizen.walk_until(&mut town, |step| step == Step::Paying);
    town.touch(Touch::PayWith(Means::Cash));
    town.pass_seconds(2);
    town.insert_coin(500);
    town.pass_seconds(2);

    sense(&mut town, OPEN);
    see_out(&mut town);

    assert_eq!((town.cash.in_won, town.cash.out_won), (500, 500));
    laws::reckon(&town);

    let mut town = Town::taking(Fitted::Card);
    let mut citizen = Citizen::default().by_card();
    citizen.walk_until(&mut town, |step| step == Step::Paying);
    town.touch(Touch::PayWith(Means::Card));
    town.pass_seconds(1);
    sense(&mut town, OPEN);
    see_out(&mut town);
    assert_eq!(town.terminal.taken_won(), 0);
    laws::reckon(&town);
}

#[test]
fn a_sheet_that_was_begun_comes_out_and_nothing_is_offered_after_it() {
    for step in [
        (|step| step == Step::Printing) as fn(Step) -> bool,
        |step| matches!(step, Step::TakingPaper { .. }),
        |step| step == Step::OfferingReceipt,
        |step| step == Step::PrintingReceipt,
        |step| step == Step::TakingCard,
    ] {
        let mut town = Town::default();
        Citizen::default().walk_until(&mut town, step);

        sense(&mut town, OPEN);
        see_out(&mut town);

        assert!(closed(&town));
        assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
        assert_eq!(town.printer.sheets.len(), 1);
        laws::reckon(&town);
    }
}

#[test]
fn of_several_certificates_those_that_are_paid_come_out_and_the_rest_is_given_back() {
    for step in [
        (|step| step == Step::Preparing) as fn(Step) -> bool,
        |step| step == Step::Paying,
        |step| step == Step::Printing,
        |step| matches!(step, Step::TakingPaper { .. }),
    ] {
        let mut town = Town::default();
        let mut citizen = Citizen::wanting_all(FAMILY, &[JOB]);
        citizen.walk_until(&mut town, step);

        sense(&mut town, OPEN);
        see_out(&mut town);

        assert!(closed(&town));
        laws::reckon(&town);
    }
}

#[test]
fn an_open_cabinet_lets_nobody_begin_and_a_shut_one_everybody() {
    let mut town = Town::default();
    sense(&mut town, OPEN);
    assert!(closed(&town));
    town.touch(Touch::Start);
    assert_eq!(town.visit.step, Step::Resting);

    sense(&mut town, SHUT);
    assert!(matches!(town.screen(), Screen::Welcome(_)));
    town.touch(Touch::Start);
    assert_eq!(town.visit.step, Step::Finding);
}

#[test]
fn on_a_battery_that_ends_nobody_begins_and_whoever_has_begun_is_served() {
    let mut town = Town::default();
    let mut citizen = Citizen::default();
    power(&mut town, Some(MAINS));
    citizen.walk_until(&mut town, |step| step == Step::Choosing);
    power(&mut town, Some(BATTERY));
    let ending = Power {
        battery_low: true,
        ..BATTERY
    };
    power(&mut town, Some(ending));
    citizen.walk_home(&mut town);
    assert_eq!(town.request().stage, Stage::Closed(Outcome::Done));
    town.pass_seconds(60);

    let dark = Screen::OutOfService(Trouble::Power);
    assert_eq!(*town.screen(), dark);
    town.touch(Touch::Start);
    assert_eq!(town.visit.step, Step::Resting);

    // Nobody can say any more how it stands: it has not become better by that.
    power(&mut town, None);
    assert_eq!(*town.screen(), dark);
    power(&mut town, Some(BATTERY));
    assert!(matches!(town.screen(), Screen::Welcome(_)));
    power(&mut town, None);
    assert_eq!(
        *town.screen(),
        dark,
        "it ran on its battery when last heard of"
    );
    power(&mut town, Some(MAINS));
    power(&mut town, None);
    assert!(matches!(town.screen(), Screen::Welcome(_)));
}

#[test]
fn headphones_that_are_plugged_in_begin_the_guidance_and_end_it_when_they_are_pulled() {
    let guidance = |town: &Town| town.view.as_ref().unwrap().accessibility.guidance;
    let mut town = Town::default();
    sense(&mut town, HEADSET);
    assert_eq!(guidance(&town), Some(Guidance::default()));

    Citizen::default().walk_until(&mut town, |step| step == Step::Choosing);
    // A door that moves says nothing of the headphones.
    sense(&mut town, HEADSET);
    assert_eq!(guidance(&town), Some(Guidance::default()));
    sense(&mut town, SHUT);
    assert_eq!(guidance(&town), None);
    assert_eq!(town.visit.step, Step::Choosing);

    sense(&mut town, HEADSET);
    town.pass(Duration::from_secs(600));
    assert_eq!(town.visit.step, Step::Resting);
    assert_eq!(guidance(&town), None, "the next one begins as everybody");
}
