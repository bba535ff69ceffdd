//! Agents who help at a kiosk's screen.

use super::{Hall, offered, offers, one_queue, second};
use crate::{AgentId, AgentState, BreakReason, Command, Event, Refused};

const AGENT: AgentId = AgentId(1);

fn states(commands: &[Command]) -> Vec<AgentState> {
    let mut changed = Vec::new();
    for command in commands {
        if let Command::AgentChanged {
            agent: AGENT,
            state,
        } = command
        {
            changed.push(state.clone());
        }
    }
    changed
}

#[test]
fn who_helps_at_a_kiosk_is_offered_nothing_until_he_has_left_it() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.sign_in(1);

    let taken = hall.tell(Event::KioskTaken { agent: AGENT });
    assert_eq!(states(&taken), [AgentState::AtKiosk]);
    assert!(offers(&hall.call(1)).is_empty());
    let left = hall.tell(Event::KioskLeft { agent: AGENT });

    assert_eq!(states(&left)[0], AgentState::Idle);
    assert_eq!(offered(&left).agents, [AGENT]);
}

#[test]
fn what_rings_at_an_agent_who_takes_a_kiosk_is_withdrawn_and_goes_to_the_next() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.sign_in(1);
    hall.pass(second());
    hall.sign_in(2);
    let offer = offered(&hall.call(1)).offers[0];

    let taken = hall.tell(Event::KioskTaken { agent: AGENT });

    let (agent, missed) = (AGENT, None);
    let withdrawn = Command::Withdraw {
        offer,
        agent,
        missed,
    };
    assert_eq!(taken[0], withdrawn);
    assert_eq!(states(&taken), [AgentState::AtKiosk]);
    assert_eq!(offered(&taken).agents, [AgentId(2)]);
}

#[test]
fn a_talk_goes_on_and_the_kiosk_comes_after_its_wrap_up() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.sign_in(1);
    let offer = offered(&hall.call(1)).offers[0];
    hall.answer(offer);

    assert_eq!(hall.tell(Event::KioskTaken { agent: AGENT }), []);
    let ended = hall.hang_up_agent(offer);
    assert_eq!(states(&ended), [AgentState::WrapUp]);
    let after = hall.tell(Event::WrapUpDone { agent: AGENT });

    assert_eq!(states(&after), [AgentState::AtKiosk]);
}

#[test]
fn who_was_on_a_break_has_it_again_after_the_kiosk() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.sign_in(1);
    let meal = || "meal".to_owned();
    let (agent, reason) = (AGENT, meal());
    hall.tell(Event::BreakBegun { agent, reason });

    let taken = hall.tell(Event::KioskTaken { agent });
    assert_eq!(states(&taken), [AgentState::AtKiosk]);
    let left = hall.tell(Event::KioskLeft { agent });

    let on_break = AgentState::Break(BreakReason::Asked(meal()));
    assert_eq!(states(&left), [on_break]);
}

#[test]
fn who_signs_out_at_a_kiosk_is_signed_out_and_takes_none() {
    let mut hall = Hall::open(one_queue(|_| ()));
    hall.sign_in(1);
    let agent = AGENT;
    hall.tell(Event::KioskTaken { agent });

    let out = hall.tell(Event::SignedOut { agent });

    assert_eq!(states(&out), [AgentState::SignedOut]);
    let refused = hall.refusal(Event::KioskTaken { agent });
    assert_eq!(refused, Some(Refused::UnknownAgent));
    let again = hall.sign_in(1);
    assert_eq!(states(&again), [AgentState::Idle]);
}
