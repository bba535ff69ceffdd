//! Callers: their place, their callback, and what they are told.

#![allow(clippy::wildcard_enum_match_arm)]

use super::*;
use crate::{CallbackEnd, CallerHangUp, DialId, Overflow, SkillNeed};

fn dial(commands: &[Command]) -> DialId {
    let mut dials = commands.iter().filter_map(|it| match it {
        Command::DialCallback { dial, .. } => Some(*dial),
        _ => None,
    });
    dials.next().expect("somebody is dialed")
}

#[test]
fn whoever_waits_is_told_his_place_and_how_long_it_takes() {
    let mut hall = Hall::open(one_queue(|it| it.wrap_up_seconds = 0));
    hall.sign_in(1);
    let offer = offered(&hall.call(1)).offers[0];
    hall.answer(offer);
    hall.pass(second() * 40);
    hall.hang_up_agent(offer);
    let offer = offered(&hall.call(2)).offers[0];
    hall.answer(offer);
    hall.call(3);

    let told = hall.call(4);

    let (call, position) = (CallId(4), 2);
    // One agent, forty seconds a talk.
    let expected_wait = Some(second() * 80);
    let announced = Command::Announce {
        call,
        position,
        expected_wait,
    };
    assert!(told.contains(&announced));
    hall.hang_up_agent(offer);
    let again = hall.pass(second() * 10);
    let position = 1;
    let place = |it: &Command| {
        matches!(it, Command::Announce { call, position: at, .. }
        if *call == CallId(4) && *at == position)
    };
    assert!(again.iter().any(place), "{again:?}");
}

#[test]
fn a_wait_of_nine_minutes_can_be_explained() {
    let mut hall = Hall::open(one_queue(|it| it.longest_wait_seconds = 3_600));
    hall.sign_in(1);
    let offer = offered(&hall.call(1)).offers[0];
    hall.answer(offer);
    hall.call(2);
    hall.call(3);
    hall.pass(second() * 535);
    hall.leave(2, Departure::HungUp);
    hall.hang_up_agent(offer);
    // Wrap-up, then a ringing telephone nobody takes; another agent comes.
    hall.pass(second() * 8);

    let why = offered(&hall.sign_in(2)).reason;

    assert_eq!(why.waited, second() * 543);
    assert_eq!(why.ahead_on_arrival, 1);
    assert_eq!(why.rang_in_vain, second() * 5);
    assert_eq!(why.missed[0].agent, AgentId(1));
    assert_eq!((why.serving, why.considered), (2, 1));
}

#[test]
fn an_emergency_goes_first_and_age_is_worth_what_the_plan_says() {
    let mut hall = Hall::open(one_queue(|it| it.priority_step_seconds = 60));
    hall.call_as(1, Priority::Ordinary, None);
    hall.pass(second() * 50);
    hall.call_as(2, Priority::Elderly, None);
    hall.pass(second());
    hall.call_as(3, Priority::Emergency, None);

    let order: Vec<u64> = (1..=3)
        .map(|it| offered(&hall.sign_in(it)).call.0)
        .collect();

    assert_eq!(order, [3, 2, 1]);
}

#[test]
fn a_callback_keeps_its_place_and_overtakes_nobody() {
    let mut hall = Hall::open(one_queue(|_| ()));
    for call in 1..=3 {
        hall.call(call);
        hall.pass(second());
    }
    let asked = hall.tell(Event::CallbackAsked { call: CallId(2) });
    let (call, why) = (CallId(2), CallerHangUp::WillBeCalledBack);
    assert!(asked.contains(&Command::HangUpCaller { call, why }));
    hall.leave(2, Departure::HungUp);

    assert_eq!(offered(&hall.sign_in(1)).call, CallId(1));
    let second_offer = offered(&hall.sign_in(2));
    assert_eq!(
        (second_offer.call, second_offer.callback),
        (CallId(2), true)
    );
    assert_eq!(offered(&hall.sign_in(3)).call, CallId(3));

    let dialed = hall.answer(second_offer.offers[0]);
    let answered = hall.tell(Event::CallbackAnswered {
        dial: dial(&dialed),
    });
    assert!(answered.iter().any(|it| matches!(
        it,
        Command::Bridge {
            call: CallId(2),
            ..
        }
    )));
}

#[test]
fn a_callback_in_vain_frees_the_agent_and_is_given_up_in_the_end() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.call(1);
    hall.tell(Event::CallbackAsked { call: CallId(1) });
    let offer = offered(&hall.sign_in(1)).offers[0];
    let first = dial(&hall.answer(offer));
    hall.tell(Event::CallbackFailed { dial: first });
    assert!(offers(&hall.pass(second() * 7)).is_empty());
    let offer = offered(&hall.pass(second())).offers[0];
    let second_dial = dial(&hall.answer(offer));

    // Six seconds of ringing.
    let given_up = hall.pass(second() * 6);

    assert!(given_up.contains(&Command::CancelDial { dial: second_dial }));
    let (call, why) = (CallId(1), CallbackEnd::Unreached);
    assert!(given_up.contains(&Command::CallbackEnded { call, why }));
    // An answer that crossed is hung up, and the agent has the next call.
    let late = hall.tell(Event::CallbackAnswered { dial: second_dial });
    assert_eq!(late, [Command::CancelDial { dial: second_dial }]);
    assert_eq!(offered(&hall.call(2)).agents, [AgentId(1)]);
}

#[test]
fn nobody_is_called_back_at_night_and_in_the_morning_the_place_is_the_old_one() {
    let mut hall = Hall::open(one_queue(|_| ()));
    let queue = || queue_id("residents");
    hall.call(1);
    hall.pass(second());
    hall.tell(Event::CallbackAsked { call: CallId(1) });
    hall.tell(Event::QueueClosed { queue: queue() });
    assert!(offers(&hall.sign_in(1)).is_empty());
    assert!(offers(&hall.pass(second() * 36_000)).is_empty());

    let morning = offered(&hall.tell(Event::QueueOpened { queue: queue() }));

    assert_eq!((morning.call, morning.callback), (CallId(1), true));
    assert_eq!(morning.reason.waited, second() * 36_001);
}

#[test]
fn who_could_not_be_reached_before_the_night_is_tried_again_after_it() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.call(1);
    hall.tell(Event::CallbackAsked { call: CallId(1) });
    let offer = offered(&hall.sign_in(1)).offers[0];
    let first = dial(&hall.answer(offer));
    let queue = queue_id("residents");
    hall.tell(Event::QueueClosed { queue });
    hall.tell(Event::CallbackFailed { dial: first });
    assert!(offers(&hall.pass(second() * 36_000)).is_empty());

    let queue = queue_id("residents");
    let morning = offered(&hall.tell(Event::QueueOpened { queue }));

    assert_eq!((morning.call, morning.callback), (CallId(1), true));
}

#[test]
fn whoever_calls_instead_of_waiting_for_the_callback_has_its_place() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.call_as(1, Priority::Ordinary, Some(7));
    hall.tell(Event::CallbackAsked { call: CallId(1) });
    hall.pass(second() * 20);
    hall.call(2);

    let returned = hall.call_as(3, Priority::Ordinary, Some(7));

    let why = CallbackEnd::CallerReturned(CallId(3));
    let call = CallId(1);
    assert!(returned.contains(&Command::CallbackEnded { call, why }));
    // He hangs up again, and has the promise still.
    hall.leave(3, Departure::HungUp);
    let next = offered(&hall.sign_in(1));
    assert_eq!((next.call, next.callback), (CallId(3), true));
    assert_eq!(next.reason.waited, second() * 20);
}

#[test]
fn whoever_was_cut_off_or_gave_up_finds_his_place_for_a_while() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.call_as(1, Priority::Ordinary, Some(1));
    hall.pass(second() * 10);
    hall.call_as(2, Priority::Ordinary, Some(2));
    hall.leave(1, Departure::HungUp);
    hall.pass(second() * 15);
    hall.call_as(3, Priority::Ordinary, Some(1));
    assert_eq!(offered(&hall.sign_in(1)).call, CallId(3));

    // Thirty seconds and no longer.
    hall.leave(2, Departure::Lost);
    let lapsed = hall.pass(second() * 30);
    assert!(lapsed.contains(&Command::Forget(CallId(2))));
}

#[test]
fn a_closed_queue_refuses_new_callers_and_serves_those_who_wait() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.call(1);
    let queue = queue_id("residents");
    hall.tell(Event::QueueClosed {
        queue: queue.clone(),
    });

    let refused = hall.call(2);
    let (call, why) = (CallId(2), CallerHangUp::Closed);
    assert_eq!(refused, [Command::HangUpCaller { call, why }]);
    assert_eq!(offered(&hall.sign_in(1)).call, CallId(1));

    hall.tell(Event::QueueOpened { queue });
    hall.sign_in(2);
    assert_eq!(offered(&hall.call(3)).call, CallId(3));
}

#[test]
fn the_longest_wait_ends_as_the_plan_says() {
    let mut hall = Hall::open(walk::plan(0));
    hall.call_to(1, "residents", "ko", Priority::Ordinary, None);
    hall.call_to(2, "tax", "ko", Priority::Ordinary, None);
    let over = hall.pass(second() * 60);
    assert!(over.contains(&Command::OfferCallback { call: CallId(2) }));
    let (from, to) = (queue_id("residents"), queue_id("night"));
    let call = CallId(1);
    assert!(over.contains(&Command::Moved { call, from, to }));

    let refused = hall.pass(second() * 60);
    let why = CallerHangUp::WaitedTooLong;
    assert!(refused.contains(&Command::HangUpCaller { call, why }));
    // Who was offered a callback keeps his place until he decides.
    assert_eq!(
        hall.distributor.figures(hall.now)[&queue_id("tax")].waiting,
        1
    );
}

#[test]
fn a_supervisor_sees_what_became_of_the_callers() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.call(1);
    hall.pass(second() * 30);
    let offer = offered(&hall.sign_in(1)).offers[0];
    hall.answer(offer);
    hall.call(2);
    hall.call(3);
    hall.leave(3, Departure::HungUp);
    hall.pass(second() * 4);

    let figures = hall.distributor.figures(hall.now)[&queue_id("residents")];

    assert_eq!(
        (figures.arrived, figures.answered, figures.abandoned),
        (3, 1, 1)
    );
    assert_eq!((figures.waiting, figures.longest_wait), (1, second() * 4));
    assert_eq!(figures.average_speed_of_answer, second() * 30);
    assert_eq!(figures.within_service_level, 0);
    assert_eq!((figures.agents.talking, figures.agents.idle), (1, 0));
}

#[test]
fn senseless_events_are_refused_and_change_nothing() {
    let mut hall = Hall::open(one_queue(|it| {
        it.overflow = Overflow::Refuse;
        it.skill = Some(SkillNeed {
            name: Skill("tax".into()),
            least_level: 1,
        });
    }));
    let ordinary = Priority::Ordinary;
    hall.call(1);
    let elsewhere = hall.called(2, "elsewhere", "ko", ordinary, None);
    let in_french = hall.called(2, "residents", "fr", ordinary, None);
    let again = hall.called(1, "residents", "ko", ordinary, None);
    for (event, why) in [
        (elsewhere, Refused::UnknownQueue),
        (in_french, Refused::LanguageNotServed),
        (again, Refused::CallKnown),
        (
            Event::CallbackAsked { call: CallId(9) },
            Refused::UnknownCall,
        ),
        (Event::SentOut { call: CallId(1) }, Refused::NotTalking),
        (Event::Ready { agent: AgentId(9) }, Refused::UnknownAgent),
    ] {
        assert_eq!(hall.refusal(event), Some(why));
        assert!(hall.commands().is_empty());
    }
}
