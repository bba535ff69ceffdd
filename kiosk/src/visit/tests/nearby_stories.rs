//! What this kiosk cannot do now, and where it can be had.

use std::time::Duration;

use super::{
    citizen::{Citizen, FAMILY},
    town::{PrinterMood, Town},
};
use crate::visit::{
    Touch,
    step::Step,
    view::{Nearby, Screen, Trouble},
};

fn nearby(town: &Town) -> Option<Nearby> {
    town.view.as_ref().unwrap().nearby.clone()
}

fn unavailable(town: &Town) -> Option<Trouble> {
    match town.screen() {
        Screen::Service(sheet) => sheet.unavailable,
        other => panic!("no service: {other:?}"),
    }
}

#[test]
fn a_kiosk_without_paper_says_where_the_next_one_stands_how_far_and_until_when() {
    let mut town = Town::default();
    assert_eq!(nearby(&town), None);

    town.set_printer(PrinterMood::OutOfPaper);

    let station = Nearby {
        place: "가온역 2번 출구 안".to_owned(),
        address: "한빛시 가온구 역전로 3".to_owned(),
        distance: "1.0 km".to_owned(),
        until: "24:00".to_owned(),
    };
    assert_eq!(nearby(&town), Some(station.clone()));
    town.touch(Touch::Start);
    assert_eq!(nearby(&town), None);
    town.touch(Touch::ChooseService(FAMILY.to_owned()));
    assert_eq!(unavailable(&town), Some(Trouble::PrinterPaper));
    assert_eq!(nearby(&town), Some(station));
}

#[test]
fn nobody_is_sent_to_another_kiosk_for_what_is_closed_everywhere() {
    let mut town = Town::default();
    // To ten at night, when the courts' network is closed.
    town.pass(Duration::from_secs(12 * 3_600 + 1_800));
    town.touch(Touch::Start);

    town.touch(Touch::ChooseService(FAMILY.to_owned()));

    assert_eq!(unavailable(&town), Some(Trouble::OutsideHours));
    assert_eq!(nearby(&town), None);
}

#[test]
fn a_printer_that_fails_on_the_way_says_at_the_end_where_to_go() {
    let mut town = Town::default();
    Citizen::default().walk_until(&mut town, |step| step == Step::Fetching);

    town.set_printer(PrinterMood::CoverOpen);
    town.pass_seconds(5);

    assert!(matches!(town.screen(), Screen::Failed(_)));
    assert!(nearby(&town).is_some());
}
