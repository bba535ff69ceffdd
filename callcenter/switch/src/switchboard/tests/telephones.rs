//! What agents' telephones do by themselves: ring in vain, and transfer.

use std::time::Duration;

use distributor::{AgentId, Miss};

use super::{Command, world::World};
use crate::{call_book::Fact, switchboard::Leg};

/// Longer than a telephone may ring.
const RANG_OUT: Duration = Duration::from_secs(21);
const CLOSED: &str = "taxes";

fn noted_of_agents(world: &World) -> Vec<&Fact> {
    let noted = world.said.iter().filter_map(|it| match it {
        Command::Note { fact, .. } => Some(fact),
        _ => None,
    });
    noted
        .filter(|it| matches!(it, Fact::Missed { .. } | Fact::AgentLeft { .. }))
        .collect()
}

/// What was ordered of this leg that its telephone notices at its end.
fn told(world: &World, leg: Leg) -> Vec<Command> {
    let told = world.said.iter().filter(|it| match it {
        Command::TransferMade { leg: of, .. } | Command::End { leg: of } => *of == leg,
        _ => false,
    });
    told.cloned().collect()
}

#[test]
fn of_an_agent_whose_call_was_taken_back_nothing_is_written() {
    let mut world = World::open();
    world.registers("agent-1");
    let caller = world.waits();
    let agent = world.ringing("agent-1").unwrap();

    world.hangs_up(caller);
    // The lines tell the end of a leg that was taken back, not a refusal.
    world.hangs_up(agent);

    assert_eq!(noted_of_agents(&world), Vec::<&Fact>::new());
    assert_eq!(world.board.legs(), 0);
}

#[test]
fn who_lets_it_ring_has_missed_it_once() {
    let mut world = World::open();
    world.registers("agent-1");
    world.waits();
    let agent = world.ringing("agent-1").unwrap();

    world.passes(RANG_OUT);
    world.hangs_up(agent);

    let missed = Fact::Missed {
        agent: AgentId(1),
        how: Miss::NoAnswer,
    };
    assert_eq!(noted_of_agents(&world), [&missed]);
}

#[test]
fn who_answered_what_was_taken_back_has_left_nobody() {
    let mut world = World::open();
    world.registers("agent-1");
    let caller = world.waits();
    let agent = world.ringing("agent-1").unwrap();

    world.hangs_up(caller);
    world.answers(agent);
    assert!(world.is_ended(agent));
    world.hangs_up(agent);

    assert_eq!(noted_of_agents(&world), Vec::<&Fact>::new());
}

#[test]
fn a_transfer_is_told_to_the_telephone_before_it_is_hung_up() {
    let mut world = World::open();
    let (_, agent) = world.talk();

    world.transfers(agent, "120");

    let made = Command::TransferMade {
        leg: agent,
        made: true,
    };
    let told = told(&world, agent);
    assert_eq!(told[..2], [made, Command::End { leg: agent }]);
}

#[test]
fn a_transfer_into_a_closed_queue_fails_and_the_agent_keeps_the_call() {
    let mut world = World::open();
    let (caller, agent) = world.talk();
    world.closes(CLOSED);

    world.transfers(agent, "120");

    let made = Command::TransferMade {
        leg: agent,
        made: false,
    };
    assert_eq!(told(&world, agent), [made]);
    assert_eq!(world.hears(caller), Some("music".to_owned()));
}

#[test]
fn what_became_of_a_transfer_to_an_office_is_told_when_it_is_known() {
    for answers in [true, false] {
        let mut world = World::open();
        let (caller, agent) = world.talk();

        world.transfers(agent, "0312345678");
        let office = world.dialed_number("0312345678").unwrap();
        assert_eq!(told(&world, agent), []);
        if answers {
            world.answers(office);
        } else {
            world.refuses(office, 486);
        }

        let made = Command::TransferMade {
            leg: agent,
            made: answers,
        };
        assert_eq!(told(&world, agent).first(), Some(&made), "{answers}");
        assert_eq!(world.hear_each_other(caller, office), answers);
    }
}
