//! What nobody who belongs there does is told once, and what everybody does is not.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use fleet::AlarmKind;
use steward::{
    alarms::{Alarms, Event},
    pulse::Port,
};

use crate::NOON;

const SECOND: Duration = Duration::from_secs(1);

fn raised(alarms: &mut Alarms) -> Vec<(AlarmKind, String)> {
    std::iter::from_fn(|| alarms.poll_alarm())
        .map(|it| (it.kind, it.detail))
        .collect()
}

fn strangers(names: &[&str]) -> Event {
    Event::Strangers(names.iter().map(|it| (*it).to_owned()).collect())
}

fn ports(state: Port) -> Event {
    Event::Ports(Some(BTreeMap::from([("card-reader".to_owned(), state)])))
}

#[test]
fn what_is_plugged_in_and_does_not_belong_is_told_once_each_time() {
    let mut alarms = Alarms::new(None, NOON);
    alarms.handle(strangers(&[]), NOON);
    assert_eq!(raised(&mut alarms), []);
    for _ in 0..3 {
        alarms.handle(strangers(&["1-4 046d:c31c"]), NOON);
    }
    let told = (AlarmKind::StrangeDevice, "1-4 046d:c31c".to_owned());
    assert_eq!(raised(&mut alarms), std::slice::from_ref(&told));
    alarms.handle(strangers(&[]), NOON);
    alarms.handle(strangers(&["1-4 046d:c31c"]), NOON);
    assert_eq!(raised(&mut alarms), [told], "and again when it comes again");
}

#[test]
fn a_device_that_answered_and_is_gone_for_half_a_minute_is_told_once() {
    let mut alarms = Alarms::new(None, NOON);
    alarms.handle(ports(Port::Well), NOON);
    alarms.handle(ports(Port::Absent), NOON);
    alarms.handle(ports(Port::Absent), NOON + 29 * SECOND);
    assert_eq!(raised(&mut alarms), []);
    assert_eq!(alarms.poll_timeout(), Some(NOON + 30 * SECOND));
    alarms.handle_timeout(NOON + 30 * SECOND);
    let told = (AlarmKind::DeviceGone, "card-reader".to_owned());
    assert_eq!(raised(&mut alarms), std::slice::from_ref(&told));
    alarms.handle(ports(Port::Absent), NOON + 90 * SECOND);
    assert_eq!(raised(&mut alarms), []);
    assert_eq!(alarms.poll_timeout(), None);

    alarms.handle(ports(Port::Trouble), NOON + 91 * SECOND);
    alarms.handle(ports(Port::Absent), NOON + 92 * SECOND);
    alarms.handle_timeout(NOON + 122 * SECOND);
    assert_eq!(raised(&mut alarms), [told]);
}

#[test]
fn a_kiosk_that_restarts_and_a_device_that_never_was_are_no_alarm() {
    let mut alarms = Alarms::new(None, NOON);
    alarms.handle(ports(Port::Absent), NOON);
    alarms.handle_timeout(NOON + 60 * SECOND);
    assert_eq!(raised(&mut alarms), [], "the self-test has said so");

    alarms.handle(ports(Port::Well), NOON + 61 * SECOND);
    alarms.handle(ports(Port::Absent), NOON + 62 * SECOND);
    alarms.handle(Event::Ports(None), NOON + 70 * SECOND);
    alarms.handle(ports(Port::Absent), NOON + 89 * SECOND);
    alarms.handle(ports(Port::Well), NOON + 100 * SECOND);
    alarms.handle_timeout(NOON + 200 * SECOND);
    assert_eq!(raised(&mut alarms), []);
}

#[test]
fn a_clock_that_went_back_is_told_and_one_that_was_set_right_is_not() {
    let back = |seconds| Alarms::new(Some(NOON + seconds * SECOND), NOON);
    assert_eq!(raised(&mut back(300)), []);
    let told = (AlarmKind::ClockWentBack, String::new());
    assert_eq!(raised(&mut back(301)), [told]);
}

#[test]
fn strangers_that_stay_are_no_new_ones() {
    let both: BTreeSet<String> = ["1-1 a:b".to_owned(), "1-2 c:d".to_owned()].into();
    let mut alarms = Alarms::new(None, NOON);
    alarms.handle(strangers(&["1-1 a:b"]), NOON);
    let _ = raised(&mut alarms);
    alarms.handle(Event::Strangers(both), NOON);
    assert_eq!(
        raised(&mut alarms),
        [(AlarmKind::StrangeDevice, "1-2 c:d".to_owned())]
    );
}
