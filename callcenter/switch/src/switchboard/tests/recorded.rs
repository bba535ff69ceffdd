//! Who is recorded: the caller, and whoever he hears.

use std::{collections::BTreeSet, time::Duration};

use distributor::{Action, AgentId, Mode, Target};

use super::{Command, Wish, world::World};
use crate::switchboard::Leg;

/// Beginnings, changes and ends of recordings since the talk began: whom the caller
/// is recorded with; none is an end.
fn recorded(world: &World) -> Vec<Option<BTreeSet<Leg>>> {
    let said = world.said.iter().filter_map(|it| match it {
        Command::Record { heard, .. } => Some(Some(heard.clone())),
        Command::FinishRecording { .. } => Some(None),
        _ => None,
    });
    said.collect()
}

fn with(legs: &[Leg]) -> Option<BTreeSet<Leg>> {
    Some(legs.iter().copied().collect())
}

#[test]
fn a_colleague_who_joins_later_is_recorded_from_then_on() {
    let mut world = World::open_recording();
    let (_, agent) = world.talk();
    world.registers("agent-2");
    assert_eq!(recorded(&world), [with(&[agent])]);

    world.asks(1, Wish::Act(Action::Consult(Target::Agent(AgentId(2)))));
    let other = world.ringing("agent-2").unwrap();
    world.answers(other);
    world.said.clear();
    world.asks(1, Wish::Act(Action::Conference));
    assert_eq!(recorded(&world).last(), Some(&with(&[agent, other])));
    world.hangs_up(agent);

    assert_eq!(recorded(&world).last(), Some(&with(&[other])));
}

#[test]
fn what_a_supervisor_whispers_is_not_recorded_and_what_he_says_to_the_caller_is() {
    let mut world = World::open_recording();
    let (_, agent) = world.talk();
    world.asks(9, Wish::Watch(AgentId(1), Mode::Whisper));
    let supervisor = world.ringing("supervisor").unwrap();
    world.answers(supervisor);
    assert_eq!(recorded(&world).last(), Some(&with(&[agent])));

    world.asks(9, Wish::Watch(AgentId(1), Mode::Barge));

    assert_eq!(recorded(&world).last(), Some(&with(&[agent, supervisor])));
}

#[test]
fn the_talk_with_the_next_agent_is_a_recording_of_its_own() {
    let mut world = World::open_recording();
    let (_, agent) = world.talk();
    world.registers("agent-2");
    world.transfers(agent, "120");
    world.passes(Duration::from_secs(1));
    let other = world.ringing("agent-2").unwrap();
    world.answers(other);

    let recorded = recorded(&world);
    assert_eq!(recorded.first(), Some(&with(&[agent])));
    assert_eq!(recorded.last(), Some(&with(&[other])));
    assert!(recorded.contains(&None));
}

#[test]
fn a_center_that_does_not_record_begins_nothing() {
    let mut world = World::open();
    world.talk();

    assert_eq!(recorded(&world), []);
}
