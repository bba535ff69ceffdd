//! Stories of whole calls, through the switchboard alone.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

mod day;
mod early;
mod kiosks;
mod recorded;
mod second_calls;
mod surveys;
mod telephones;
mod walk;
mod world;
mod wrap_ups;

use std::time::Duration;

use distributor::{Action, AgentId, Mode, PartyState};
use privacy::Personal;

use super::{Callee, Command, Event, Recipient, Refusal, Shown, Wish, Words};
use crate::call_book::Fact;
use world::World;

pub(super) use day::Mutant;

const SOON: Duration = Duration::from_secs(2);

#[test]
fn a_caller_presses_a_key_waits_and_talks_to_the_agent_who_answers() {
    let mut world = World::open();
    let caller = world.calls("110");
    assert_eq!(world.hears(caller), Some("welcome-main".to_owned()));
    world.presses(caller, '2');
    assert_eq!(world.hears(caller), Some("place-1".to_owned()));
    world.heard_out(caller);
    assert_eq!(world.hears(caller), Some("music".to_owned()));

    world.registers("agent-1");
    let agent = world.ringing("agent-1").unwrap();
    world.answers(agent);

    assert!(world.hear_each_other(caller, agent));
    assert_eq!(world.hears(caller), None);
    world.hangs_up(agent);
    assert!(world.is_over(caller) && world.board.legs() == 0);
}

#[test]
fn who_presses_nothing_is_served_all_the_same() {
    let mut world = World::open();
    world.registers("agent-1");
    let caller = world.calls("110");

    world.heard_out(caller);
    world.passes(Duration::from_secs(6));

    assert!(world.ringing("agent-1").is_some());
}

#[test]
fn a_caller_who_gives_up_while_it_rings_frees_the_agent_at_once() {
    let mut world = World::open();
    world.registers("agent-1");
    let first = world.waits();
    let agent = world.ringing("agent-1").unwrap();

    world.hangs_up(first);
    assert!(world.is_ended(agent));
    world.refuses(agent, 487);
    let second = world.waits();

    let agent = world.ringing("agent-1").unwrap();
    world.answers(agent);
    assert!(world.hear_each_other(second, agent));
}

#[test]
fn what_one_agent_refuses_is_offered_to_the_next() {
    let mut world = World::open();
    world.registers("agent-1");
    let caller = world.waits();
    let agent = world.ringing("agent-1").unwrap();
    world.registers("agent-2");

    world.refuses(agent, 486);

    let agent = world.ringing("agent-2").unwrap();
    world.answers(agent);
    assert!(world.hear_each_other(caller, agent));
}

#[test]
fn the_hold_key_of_an_agents_telephone_plays_music_to_the_caller() {
    let mut world = World::open();
    let (caller, agent) = world.talk();

    world.holds(agent, true);
    assert!(!world.hear_each_other(caller, agent));
    assert_eq!(world.hears(caller), Some("music".to_owned()));
    world.holds(agent, false);

    assert!(world.hear_each_other(caller, agent));
    assert_eq!(world.hears(caller), None);
}

#[test]
fn a_transfer_to_a_number_of_the_center_puts_the_caller_into_its_queue() {
    let mut world = World::open();
    let (caller, agent) = world.talk();
    world.registers("agent-2");

    world.transfers(agent, "120");

    assert!(world.is_ended(agent) && !world.is_ended(caller));
    let other = world.ringing("agent-2").unwrap();
    world.answers(other);
    assert!(world.hear_each_other(caller, other));
}

#[test]
fn an_agent_consults_another_and_goes() {
    let mut world = World::open();
    let (caller, agent) = world.talk();
    world.registers("agent-2");
    let target = distributor::Target::Agent(AgentId(2));

    world.asks(1, Wish::Act(Action::Consult(target)));
    let other = world.ringing("agent-2").unwrap();
    world.answers(other);
    assert!(world.hear_each_other(agent, other));
    assert_eq!(world.hears(caller), Some("music".to_owned()));
    world.asks(1, Wish::Act(Action::CompleteTransfer));

    assert!(world.is_ended(agent));
    assert!(world.hear_each_other(caller, other));
}

#[test]
fn a_supervisor_whispers_to_the_agent_alone() {
    let mut world = World::open();
    let (caller, agent) = world.talk();

    world.asks(9, Wish::Watch(AgentId(1), Mode::Whisper));
    let supervisor = world.ringing("supervisor").unwrap();
    world.answers(supervisor);

    assert!(world.hears_voice_of(agent, supervisor));
    assert!(!world.hears_voice_of(caller, supervisor));
    assert!(world.hears_voice_of(supervisor, caller));
    assert!(world.showed(1, &Shown::Monitored(Some(Mode::Whisper))));
    let part = Some((AgentId(1), Mode::Whisper));
    assert!(world.showed(9, &Shown::Monitoring(part)));
    world.asks(9, Wish::StopWatching);
    assert!(world.is_ended(supervisor));
    assert!(world.showed(9, &Shown::Monitoring(None)));
}

#[test]
fn only_a_supervisor_may_listen() {
    let mut world = World::open();
    world.talk();
    world.registers("agent-2");

    world.asks(2, Wish::Watch(AgentId(1), Mode::Listen));

    assert!(world.ringing("agent-2").is_none());
}

#[test]
fn who_waits_too_long_is_called_back_and_keeps_the_place() {
    let mut world = World::open();
    let caller = world.waits();
    world.passes(Duration::from_secs(301));
    assert_eq!(world.hears(caller), Some("callback-offer".to_owned()));
    world.presses(caller, '1');
    world.heard_out(caller);
    assert!(world.is_ended(caller));
    world.hangs_up(caller);

    world.registers("agent-1");
    let agent = world.ringing("agent-1").unwrap();
    world.answers(agent);
    let again = world.dialed_number("01012345678").unwrap();
    world.answers(again);

    assert!(world.hear_each_other(again, agent));
}

#[test]
fn after_a_restart_who_was_first_is_first() {
    let mut world = World::open();
    for number in ["0101", "0102"] {
        let caller = world.calls_from("110", number);
        world.presses(caller, '2');
        world.passes(SOON);
    }
    world.passes(Duration::from_secs(10));

    let mut world = world.restarted();
    let second = world.calls_from("110", "0102");
    let first = world.calls_from("110", "0101");
    for caller in [second, first] {
        world.presses(caller, '2');
    }
    world.registers("agent-1");
    let agent = world.ringing("agent-1").unwrap();
    world.answers(agent);

    assert!(world.hear_each_other(first, agent));
}

#[test]
fn an_agent_who_vanishes_does_not_cost_the_caller_the_place() {
    let mut world = World::open();
    let (caller, agent) = world.talk();

    world.vanishes(agent);

    assert!(!world.is_ended(caller));
    let again = world.ringing("agent-1").unwrap();
    world.unregisters("agent-1");
    world.registers("agent-2");
    assert!(world.is_ended(again));
    let other = world.ringing("agent-2").unwrap();
    world.answers(other);
    assert!(world.hear_each_other(caller, other));
}

#[test]
fn a_closed_queue_says_so_and_hangs_up() {
    let mut world = World::open();
    world.closes("general");

    let caller = world.waits();

    assert_eq!(world.hears(caller), Some("closed".to_owned()));
    world.heard_out(caller);
    assert!(world.is_ended(caller));
}

#[test]
fn a_number_nobody_has_is_not_found() {
    let mut world = World::open();

    let caller = world.calls("999");

    let refusal = Command::Refuse {
        leg: caller,
        status: 404,
    };
    assert!(world.said.contains(&refusal));
}

#[test]
fn positions_and_minutes_are_told_as_far_as_they_are_spoken() {
    let words = |place, seconds| Words::position(place, Some(Duration::from_secs(seconds)));

    assert_eq!(words(1, 10), [Words::Place(1), Words::Wait(1)]);
    assert_eq!(words(3, 200), [Words::Place(3), Words::Wait(5)]);
    assert_eq!(words(500, 36_000), [Words::Place(10), Words::Wait(30)]);
    assert_eq!(Words::position(2, None), [Words::Place(2)]);
}

#[test]
fn an_agent_sees_who_calls_before_the_first_word() {
    let mut world = World::open();
    world.registers("agent-1");
    world.waits();

    let ringing = world.said.iter().find_map(|it| match it {
        Command::Show {
            shown: Shown::Ringing(ringing),
            ..
        } => Some(ringing.clone()),
        _ => None,
    });

    let ringing = ringing.unwrap();
    assert_eq!(ringing.queue, "general");
    assert_eq!(ringing.from.reveal(), "01012345678");
    assert!(matches!(
        world.said.iter().find(|it| matches!(it, Command::Dial { .. })),
        Some(Command::Dial { callee: Callee::Account(account), .. }) if account == "agent-1"
    ));
}

#[test]
fn a_desk_that_is_gone_is_offered_nothing_and_keeps_its_talk() {
    let mut world = World::open();
    let (caller, agent) = world.talk();
    let of_first = AgentId(1);

    world.tell(Event::DeskCame { agent: of_first });
    world.tell(Event::DeskWent { agent: of_first });
    assert!(world.hear_each_other(caller, agent));
    world.hangs_up(caller);
    world.waits();
    assert!(world.ringing("agent-1").is_none());
    world.tell(Event::DeskCame { agent: of_first });

    assert!(world.ringing("agent-1").is_some());
}

#[test]
fn a_desk_is_shown_each_turn_of_its_talk_and_again_when_it_comes_back() {
    let mut world = World::open();
    world.talk();
    world.registers("agent-2");
    let target = Recipient::Agent(AgentId(2));
    let states = |world: &World, agent: u32| -> Vec<PartyState> {
        let shown = world.said.iter().filter_map(|it| match it {
            Command::Show {
                agent: AgentId(of),
                shown: Shown::Talk(talk),
            } if *of == agent => Some(talk.state),
            _ => None,
        });
        shown.collect()
    };

    world.asks(1, Wish::Act(Action::Hold));
    world.asks(1, Wish::Consult(target));
    let other = world.ringing("agent-2").unwrap();
    world.answers(other);
    world.asks(1, Wish::Act(Action::Conference));

    let consulting = |answered| PartyState::Consulting { answered };
    assert_eq!(
        states(&world, 1),
        [
            PartyState::Talking,
            PartyState::Held,
            consulting(false),
            consulting(true),
            PartyState::Conferenced
        ]
    );
    assert_eq!(
        states(&world, 2),
        [PartyState::Consulted, PartyState::Conferenced]
    );
    let again = world.board.shown_to(AgentId(2), std::time::Instant::now());
    assert!(
        again
            .iter()
            .any(|it| matches!(it, Shown::Talk(talk) if talk.state == PartyState::Conferenced))
    );
}

#[test]
fn what_an_agent_declines_is_rejected_and_goes_to_the_next() {
    let mut world = World::open();
    world.registers("agent-1");
    world.waits();
    world.registers("agent-2");

    world.asks(1, Wish::HangUp);

    assert!(world.showed(1, &Shown::RingingOver));
    let how = distributor::Miss::Rejected;
    let missed = |it: &Command| {
        matches!(it, Command::Note { fact: Fact::Missed { agent: AgentId(1), how: noted }, .. }
            if *noted == how)
    };
    assert!(world.said.iter().any(missed));
    assert!(world.ringing("agent-2").is_some());
}

#[test]
fn a_caller_is_given_to_a_number_that_was_typed() {
    let mut world = World::open();
    let (caller, agent) = world.talk();
    let typed = Recipient::Number(Personal::new("031-999 0000".to_owned()));

    world.asks(1, Wish::Transfer(typed));
    let outside = world.dialed_number("0319990000").unwrap();
    world.answers(outside);

    assert!(world.is_ended(agent));
    assert!(world.hear_each_other(caller, outside));
}

#[test]
fn words_that_are_no_number_lead_nowhere() {
    let mut world = World::open();
    world.talk();

    for typed in ["세무과", "12", "sip:x@y", ""] {
        let typed = Recipient::Number(Personal::new(typed.to_owned()));
        world.said.clear();
        world.asks(1, Wish::Transfer(typed));
        assert!(world.showed(1, &Shown::Refused(Refusal::UnknownDestination)));
    }
}
