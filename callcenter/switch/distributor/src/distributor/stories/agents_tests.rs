//! Agents: breaks, wrap-up, telephones that go away.

#![allow(clippy::wildcard_enum_match_arm)]

use super::*;
use crate::{AgentState, BreakReason, CallerHangUp, Miss, Transfer};

const FIRST: AgentId = AgentId(1);

fn state_of(commands: &[Command], agent: AgentId) -> Option<AgentState> {
    let mut told = commands.iter().rev().filter_map(|it| match it {
        Command::AgentChanged { agent: who, state } if *who == agent => Some(state.clone()),
        _ => None,
    });
    told.next()
}

#[test]
fn an_agent_whose_telephone_is_gone_is_not_offered_anything() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.sign_in(1);
    let gone = hall.tell(Event::DeviceGone { agent: FIRST });
    assert_eq!(state_of(&gone, FIRST), Some(AgentState::NoDevice));

    let waits = hall.call(1);
    assert!(offers(&waits).is_empty());

    let back = hall.tell(Event::DeviceRegistered { agent: FIRST });
    assert_eq!(offered(&back).agents, [FIRST]);
}

#[test]
fn an_offer_that_rings_nowhere_goes_to_somebody_else() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.sign_in(1);
    hall.pass(second());
    hall.sign_in(2);
    let first = offered(&hall.call(1));
    assert_eq!(first.agents, [FIRST]);

    let gone = hall.tell(Event::DeviceGone { agent: FIRST });

    let (offer, agent) = (first.offers[0], FIRST);
    assert!(gone.contains(&Command::Withdraw {
        offer,
        agent,
        missed: None
    }));
    assert_eq!(offered(&gone).agents, [AgentId(2)]);
}

#[test]
fn a_caller_whose_agent_vanishes_waits_again_before_the_others() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.sign_in(1);
    let offer = offered(&hall.call(1)).offers[0];
    hall.answer(offer);
    hall.call(2);

    hall.tell(Event::DeviceGone { agent: FIRST });
    let how = Departure::Lost;
    let lost = hall.tell(Event::AgentLeft { offer, how });

    let (call, queue) = (CallId(1), queue_id("residents"));
    assert!(lost.contains(&Command::Requeued { call, queue }));
    let next = offered(&hall.sign_in(2));
    assert_eq!(next.call, CallId(1));
    assert_eq!(next.reason.priority, Priority::CutOff);
}

#[test]
fn wrap_up_lasts_as_long_as_the_queue_of_the_call_says() {
    let mut hall = Hall::open(walk::plan(0));
    hall.sign_in_with(1, &["residents", "tax"], &["ko"], 3);
    let taken = offered(&hall.call_to(1, "tax", "ko", Priority::Ordinary, None));
    hall.answer(taken.offers[0]);
    hall.hang_up_agent(taken.offers[0]);
    hall.call(2);

    // Seven seconds after a talk about taxes, three after the others.
    assert!(offers(&hall.pass(second() * 6)).is_empty());
    assert_eq!(offered(&hall.pass(second())).call, CallId(2));
}

#[test]
fn wrap_up_can_be_extended_to_its_limit_and_ended_early() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.sign_in(1);
    let offer = offered(&hall.call(1)).offers[0];
    hall.answer(offer);
    hall.hang_up_agent(offer);
    hall.call(2);

    let by = second() * 60;
    hall.tell(Event::WrapUpExtended { agent: FIRST, by });
    assert!(offers(&hall.pass(second() * 9)).is_empty());
    let offer = offered(&hall.pass(second())).offers[0];
    assert_eq!(
        hall.refusal(Event::WrapUpExtended { agent: FIRST, by }),
        Some(Refused::NotInWrapUp)
    );

    hall.answer(offer);
    hall.hang_up_agent(offer);
    hall.call(3);
    let done = hall.tell(Event::WrapUpDone { agent: FIRST });
    assert_eq!(offered(&done).call, CallId(3));
}

#[test]
fn a_break_asked_for_in_a_talk_begins_after_its_wrap_up() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.sign_in(1);
    let offer = offered(&hall.call(1)).offers[0];
    hall.answer(offer);
    let (agent, reason) = (FIRST, "lunch".to_owned());
    hall.tell(Event::BreakBegun { agent, reason });

    let ended = hall.hang_up_agent(offer);
    assert_eq!(state_of(&ended, FIRST), Some(AgentState::WrapUp));

    let lunch = BreakReason::Asked("lunch".into());
    let after = hall.pass(second() * 3);
    assert_eq!(state_of(&after, FIRST), Some(AgentState::Break(lunch)));
    let ready = hall.tell(Event::Ready { agent });
    assert_eq!(state_of(&ready, FIRST), Some(AgentState::Idle));
}

#[test]
fn who_misses_three_offers_in_a_row_is_sent_on_a_break() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.sign_in(1);
    hall.call(1);
    // Five seconds of ringing and two of rest, three times.
    let missed = hall.pass(second() * 19);

    let on_break = AgentState::Break(BreakReason::OffersMissed);
    assert_eq!(state_of(&missed, FIRST), Some(on_break));
    let again = offered(&hall.tell(Event::Ready { agent: FIRST }));
    assert_eq!(again.reason.missed.len(), 3);
    assert_eq!(again.reason.rang_in_vain, second() * 15);
    assert!(again.reason.candidates[0].tried);
}

#[test]
fn an_offer_that_fails_rests_its_agent_and_tries_another() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.sign_in(1);
    hall.pass(second());
    hall.sign_in(2);
    let offer = offered(&hall.call(1)).offers[0];

    let how = Miss::Busy;
    let failed = hall.tell(Event::OfferFailed { offer, how });

    assert_eq!(state_of(&failed, FIRST), Some(AgentState::Resting));
    assert_eq!(offered(&failed).agents, [AgentId(2)]);
}

#[test]
fn an_answer_after_the_withdrawal_is_hung_up() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.sign_in(1);
    let offer = offered(&hall.call(1)).offers[0];
    hall.leave(1, Departure::HungUp);

    let late = hall.answer(offer);

    let why = crate::AgentHangUp::AnsweredTooLate;
    assert_eq!(late, [Command::HangUpAgent { offer, why }]);
}

#[test]
fn a_colleague_joins_and_keeps_the_caller_when_the_first_agent_leaves() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.sign_in(1);
    let offer = offered(&hall.call(1)).offers[0];
    hall.answer(offer);
    hall.sign_in(2);
    let (call, agent) = (CallId(1), AgentId(2));
    let invited = offered(&hall.tell(Event::AgentInvited { call, agent }));
    let second_offer = invited.offers[0];
    let joined = hall.answer(second_offer);
    let offer_of_second = second_offer;
    assert!(joined.contains(&Command::Join {
        call,
        offer: offer_of_second,
        agent
    }));

    let first_left = hall.hang_up_agent(offer);
    assert_eq!(state_of(&first_left, FIRST), Some(AgentState::WrapUp));
    let all_left = hall.hang_up_agent(second_offer);

    let why = CallerHangUp::AgentHungUp;
    assert!(all_left.contains(&Command::HangUpCaller { call, why }));
    assert_eq!(state_of(&all_left, agent), Some(AgentState::WrapUp));
}

#[test]
fn a_caller_is_sent_only_to_an_agent_who_is_free() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.sign_in(1);
    let offer = offered(&hall.call(1)).offers[0];
    hall.answer(offer);
    hall.sign_in(2);
    let other = offered(&hall.call(2)).offers[0];
    let (call, to) = (CallId(1), Transfer::Agent(AgentId(2)));
    let sent = Event::Transferred { call, to };
    assert_eq!(hall.refusal(sent.clone()), Some(Refused::NotFree));

    hall.answer(other);
    hall.hang_up_agent(other);
    hall.tell(Event::WrapUpDone { agent: AgentId(2) });
    let commands = hall.tell(sent);

    assert_eq!(offered(&commands).agents, [AgentId(2)]);
    assert_eq!(offered(&commands).reason.choice, crate::Choice::Transfer);
}

#[test]
fn a_cry_for_help_names_the_call() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.sign_in(1);
    let offer = offered(&hall.call(1)).offers[0];
    hall.answer(offer);

    let (agent, call) = (FIRST, Some(CallId(1)));
    let help = hall.tell(Event::HelpAsked { agent });
    assert_eq!(help, [Command::HelpWanted { agent, call }]);
}
