//! Who is recorded: the caller, and whoever he hears.

use std::{collections::BTreeSet, time::Duration};

use distributor::{Action, AgentId, Mode, Sensitive, Target};

use super::{Command, Wish, world::World};
use crate::{
    call_book::Fact,
    switchboard::{Leg, Refusal, Shown, Tape},
};

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

fn pause() -> Wish {
    Wish::Act(Action::PauseRecording(Sensitive::AgentsWish))
}

fn resume() -> Wish {
    Wish::Act(Action::ResumeRecording(Sensitive::AgentsWish))
}

/// Where it was ordered, after the fact that was written of it.
fn is_written_first(world: &World, fact: &Fact, order: impl Fn(&Command) -> bool) -> bool {
    let said = &world.said;
    let noted = |it: &Command| matches!(it, Command::Note { fact: it, .. } if it == fact);
    let written = said.iter().position(noted);
    written.is_some() && written < said.iter().position(order)
}

#[test]
fn an_agents_key_pauses_the_recording_and_goes_on_with_it_and_the_book_says_who() {
    let mut world = World::open_recording();
    let (_, agent) = world.talk();
    let by = AgentId(1);
    assert!(world.showed(1, &Shown::Recording(Tape::On)));

    world.asks(1, pause());
    let paused = Fact::RecordingPaused { by };
    let is_pause = |it: &Command| matches!(it, Command::PauseRecording { .. });
    assert!(is_written_first(&world, &paused, is_pause));
    assert!(world.showed(1, &Shown::Recording(Tape::Paused)));

    // A caller who was on hold meanwhile is not recorded by coming back.
    world.holds(agent, true);
    world.holds(agent, false);
    let is_resumed = |it: &Command| matches!(it, Command::ResumeRecording { .. });
    assert!(!world.said.iter().any(is_resumed));

    world.asks(1, resume());
    let resumed = Fact::RecordingResumed { by };
    assert!(is_written_first(&world, &resumed, is_resumed));
    assert_eq!(
        world.said.last(),
        Some(&Command::Show {
            agent: by,
            shown: Shown::Recording(Tape::On),
        })
    );
}

#[test]
fn what_is_not_recorded_is_not_paused_and_the_book_says_nothing_of_it() {
    for (recording, wishes) in [
        (false, vec![pause()]),
        (false, vec![resume()]),
        (true, vec![resume()]),
        (true, vec![pause(), pause()]),
    ] {
        let mut world = match recording {
            true => World::open_recording(),
            false => World::open(),
        };
        world.talk();
        for wish in wishes {
            world.said.clear();
            world.asks(1, wish);
        }

        let (agent, shown) = (AgentId(1), Shown::Refused(Refusal::NotNow));
        assert_eq!(world.said, [Command::Show { agent, shown }]);
    }
}
