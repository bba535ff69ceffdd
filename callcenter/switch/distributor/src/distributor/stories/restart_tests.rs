//! The switch dies: who waited has his place still, and nobody is stuck.

use super::*;
use crate::{Place, Standing};

/// The hall after a restart that took so long; what was written down is read
/// from its written form.
fn restart(hall: &mut Hall, away: Duration) -> Hall {
    let written = serde_json::to_string(&hall.distributor.places()).expect("written");
    let places: Vec<Place> = serde_json::from_str(&written).expect("read");
    let now = hall.now + away;
    let wall = START.after(now - hall.start);
    let plan = one_queue(|_| ());
    Hall {
        distributor: Distributor::restore(plan, places, wall, now).expect("the plan is sound"),
        start: hall.start,
        now,
    }
}

#[test]
fn whoever_calls_again_after_a_restart_goes_on_waiting() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.call_as(1, Priority::Ordinary, Some(1));
    hall.pass(second() * 40);

    let mut hall = restart(&mut hall, second() * 5);
    hall.call_as(2, Priority::Ordinary, Some(2));
    hall.pass(second());
    hall.call_as(3, Priority::Ordinary, Some(1));

    let first = offered(&hall.sign_in(1));
    assert_eq!(first.call, CallId(3));
    assert_eq!(first.reason.waited, second() * 46);
}

#[test]
fn whoever_was_talking_is_cut_off_and_goes_before_most() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.sign_in(1);
    let offer = offered(&hall.call_as(1, Priority::Ordinary, Some(1))).offers[0];
    hall.answer(offer);

    let mut hall = restart(&mut hall, second());
    hall.call_as(2, Priority::Elderly, None);
    hall.call_as(3, Priority::Ordinary, Some(1));

    // The agent signs in again and is on no call.
    let first = offered(&hall.sign_in(1));
    assert_eq!(first.call, CallId(3));
    assert_eq!(first.reason.priority, Priority::CutOff);
}

#[test]
fn promised_callbacks_are_dialed_after_a_restart() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.call(1);
    hall.tell(Event::CallbackAsked { call: CallId(1) });
    hall.pass(second() * 10);

    let mut hall = restart(&mut hall, second() * 600);

    let first = offered(&hall.sign_in(1));
    assert_eq!((first.call, first.callback), (CallId(1), true));
    assert_eq!(first.reason.waited, second() * 610);
}

#[test]
fn a_place_is_kept_for_its_time_and_then_forgotten() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.call_as(1, Priority::Ordinary, Some(1));
    hall.leave(1, Departure::HungUp);
    hall.pass(second() * 10);

    let mut lapsed = restart(&mut hall, second() * 21);
    assert_eq!(lapsed.commands(), [Command::Forget(CallId(1))]);

    let mut kept = restart(&mut hall, second() * 19);
    assert!(matches!(kept.commands()[..], [Command::Remember(_)]));
    assert_eq!(kept.pass(second()), [Command::Forget(CallId(1))]);
}

#[test]
fn a_place_in_a_queue_that_is_no_more_is_forgotten() {
    let place = Place {
        call: CallId(1),
        caller: Some(CallerKey([1; 16])),
        queue: queue_id("elsewhere"),
        language: Language("ko".into()),
        priority: Priority::Ordinary,
        arrived: START,
        standing: Standing::Waiting,
    };
    let (plan, now) = (one_queue(|_| ()), Instant::now());

    let mut restored = Distributor::restore(plan, vec![place], START, now).expect("sound");

    assert_eq!(restored.poll_command(), Some(Command::Forget(CallId(1))));
}
