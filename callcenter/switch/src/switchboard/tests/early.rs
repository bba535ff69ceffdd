//! Stories of callers who are not answered before an agent answers.

use super::world::{World, center, morning};
use crate::{
    call_book::Fact,
    switchboard::{Command, Leg},
};

/// Of a center where callers of 120 are answered by agents alone.
fn open_early() -> World {
    let mut center = center();
    let numbers = center.numbers.iter_mut();
    for number in numbers.filter(|it| it.dialed == "120") {
        number.early = true;
    }
    World::open_with(center, Vec::new(), 1, morning())
}

fn waiting() -> (World, Leg) {
    let mut world = open_early();
    let caller = world.calls("120");
    assert!(world.hears(caller).is_some());
    assert!(world.said.contains(&Command::EarlyMedia { leg: caller }));
    assert!(!world.up.contains(&caller));
    (world, caller)
}

#[test]
fn an_early_caller_is_answered_once_the_bridge_is_written() {
    let (mut world, caller) = waiting();
    world.registers("agent-2");
    let agent = world.ringing("agent-2").unwrap();
    assert!(!world.up.contains(&caller), "it rings at the agent's alone");

    world.answers(agent);
    world.confirms(caller);

    let place = |of: &dyn Fn(&Command) -> bool| world.said.iter().position(of).unwrap();
    let bridged = |it: &Command| {
        matches!(
            it,
            Command::Note {
                fact: Fact::Bridged { .. },
                ..
            }
        )
    };
    let accepted = Command::Accept { leg: caller };
    assert!(place(&bridged) < place(&|it| *it == accepted));
    assert_eq!(world.said.iter().filter(|it| **it == accepted).count(), 1);
    assert!(world.hear_each_other(caller, agent));
    assert_eq!(world.hears(caller), None);
}

#[test]
fn an_early_caller_who_is_transferred_is_not_answered_twice() {
    let (mut world, caller) = waiting();
    world.registers("agent-2");
    let agent = world.ringing("agent-2").unwrap();
    world.answers(agent);
    world.registers("agent-1");

    world.transfers(agent, "agent-1");
    let next = world.ringing("agent-1").unwrap();
    world.answers(next);

    let accepted = Command::Accept { leg: caller };
    assert_eq!(world.said.iter().filter(|it| **it == accepted).count(), 1);
    assert!(world.hear_each_other(caller, next));
}

#[test]
fn an_early_caller_who_is_turned_away_was_never_answered() {
    let mut world = open_early();
    world.closes("taxes");

    let caller = world.calls("120");
    world.heard_out(caller);
    world.settle();

    assert!(world.is_ended(caller));
    assert!(!world.said.contains(&Command::Accept { leg: caller }));
    assert_eq!(world.board.open_now(), Default::default());
}

#[test]
fn who_waits_for_our_offer_is_answered_at_once() {
    let mut world = open_early();

    let caller = world.comes_in("01012345678", "120", |call| call.early_sound = false);

    assert!(world.up.contains(&caller));
    assert!(!world.said.contains(&Command::EarlyMedia { leg: caller }));
}
