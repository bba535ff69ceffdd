//! Citizens at kiosks who speak with the agent who helps at their screen.

use std::time::Duration;

use distributor::{AgentId, Miss, PartyState};
use request::StationId;

use super::{Command, Shown, Wish, world::World};
use crate::{
    call_book::Fact,
    switchboard::{KioskVisit, Leg, Refusal, event::Event},
};

const ROOM: &str = "1795480200000-3";
const AGENT: AgentId = AgentId(1);

fn visit() -> KioskVisit {
    KioskVisit {
        kiosk: StationId::new("kiosk-1"),
        room: ROOM.to_owned(),
    }
}

/// The first agent has a telephone and helps at the kiosk.
fn helping() -> World {
    let mut world = World::open_recording();
    world.registers("agent-1");
    world.asks(1, Wish::TakeKiosk(visit()));
    world
}

/// They talk: the kiosk's leg and the agent's.
fn talking() -> (World, Leg, Leg) {
    let mut world = helping();
    let kiosk = world.calls_from_kiosk("kiosk-1", ROOM);
    let agent = world.ringing("agent-1").unwrap();
    world.answers(agent);
    world.confirms(kiosk);
    (world, kiosk, agent)
}

fn status_of(world: &World, of: Leg) -> Option<u16> {
    world.said.iter().find_map(|it| match it {
        Command::Refuse { leg, status } if *leg == of => Some(*status),
        _ => None,
    })
}

fn noted(world: &World) -> Vec<&Fact> {
    let noted = world.said.iter().filter_map(|it| match it {
        Command::Note { call, fact } if call.0 > 0 => Some(fact),
        _ => None,
    });
    noted.collect()
}

#[test]
fn a_citizen_at_a_kiosk_speaks_with_the_agent_who_helps_there_past_menu_queue_and_recording() {
    let mut world = helping();

    let kiosk = world.calls_from_kiosk("kiosk-1", ROOM);
    let agent = world.ringing("agent-1").unwrap();
    assert!(
        world.is_over(kiosk),
        "the kiosk is answered after the agent"
    );
    world.answers(agent);
    assert!(!world.hear_each_other(kiosk, agent));
    world.confirms(kiosk);

    assert!(world.hear_each_other(kiosk, agent));
    let played = |it: &Command| matches!(it, Command::Say { .. } | Command::Music { .. });
    let records = |it: &Command| matches!(it, Command::Record { .. });
    assert!(!world.said.iter().any(|it| played(it) || records(it)));
    let ringing = world.said.iter().find_map(|it| match it {
        Command::Show {
            agent: AGENT,
            shown: Shown::Ringing(ringing),
        } => Some(ringing),
        _ => None,
    });
    assert_eq!(ringing.unwrap().visit, Some(visit()));
    let talk = |it: &Command| {
        matches!(it, Command::Show { agent: AGENT, shown: Shown::Talk(talk) }
            if talk.state == PartyState::Talking && talk.call.visit == Some(visit()))
    };
    assert!(world.said.iter().any(talk));
}

#[test]
fn who_helps_at_a_kiosk_is_offered_no_call_until_the_help_is_over() {
    let (mut world, kiosk, agent) = talking();
    world.waits();
    assert!(world.ringing("agent-1").is_none());

    world.asks(1, Wish::LeaveKiosk);

    assert!(world.is_ended(kiosk) && world.is_ended(agent));
    assert!(world.showed(1, &Shown::TalkOver));
    let (agent, lost) = (AGENT, false);
    let left = Fact::AgentLeft { agent, lost };
    let written = |it: &Command| matches!(it, Command::Note { fact, .. } if *fact == left);
    assert!(world.said.iter().any(written));
    assert!(world.ringing("agent-1").is_some());
}

#[test]
fn either_hangs_up_and_the_other_is_hung_up_on_while_the_help_goes_on() {
    for citizen_first in [true, false] {
        let (mut world, kiosk, agent) = talking();
        let (first, other) = match citizen_first {
            true => (kiosk, agent),
            false => (agent, kiosk),
        };

        world.hangs_up(first);

        assert!(world.is_over(other) && world.board.legs() == 0);
        assert!(world.showed(1, &Shown::TalkOver));
        world.waits();
        assert!(world.ringing("agent-1").is_none(), "the help goes on");
        let lost = false;
        let left = match citizen_first {
            true => Fact::CallerLeft { lost },
            false => Fact::AgentLeft { agent: AGENT, lost },
        };
        let noted = noted(&world);
        assert!(matches!(noted[0], Fact::Arrived { dialed, .. } if dialed == ROOM));
        let joined = Fact::JoinedAtKiosk { agent: AGENT };
        assert_eq!(noted[1..3], [&joined, &left]);
    }
}

#[test]
fn a_citizen_who_hung_up_calls_again() {
    let (mut world, kiosk, _) = talking();
    world.hangs_up(kiosk);

    let again = world.calls_from_kiosk("kiosk-1", ROOM);
    let agent = world.ringing("agent-1").unwrap();
    world.answers(agent);
    world.confirms(again);

    assert!(world.hear_each_other(again, agent));
}

#[test]
fn a_room_nobody_has_taken_another_kiosks_and_a_room_left_again_cannot_be_called() {
    let mut world = helping();
    for (kiosk, room) in [("kiosk-1", "1795480200000-4"), ("kiosk-2", ROOM)] {
        let leg = world.calls_from_kiosk(kiosk, room);
        assert_eq!(status_of(&world, leg), Some(480), "{kiosk} {room}");
    }

    world.asks(1, Wish::LeaveKiosk);
    let leg = world.calls_from_kiosk("kiosk-1", ROOM);

    assert_eq!(status_of(&world, leg), Some(480));
    assert!(world.ringing("agent-1").is_none() && world.board.legs() == 0);
}

#[test]
fn no_queue_answers_a_kiosk() {
    let mut world = helping();

    let leg = world.calls_from_kiosk("kiosk-1", "110");

    assert_eq!(status_of(&world, leg), Some(480));
}

#[test]
fn an_agent_on_the_telephone_is_busy_for_the_kiosk_too() {
    let mut world = World::open();
    let (caller, agent) = world.talk();
    world.asks(1, Wish::TakeKiosk(visit()));

    let kiosk = world.calls_from_kiosk("kiosk-1", ROOM);

    assert_eq!(status_of(&world, kiosk), Some(486));
    assert!(world.hear_each_other(caller, agent));
}

#[test]
fn what_the_agents_telephone_says_the_kiosk_is_told() {
    for (status, told, how) in [
        (486, 486, Miss::Busy),
        (603, 603, Miss::Rejected),
        (404, 480, Miss::Unreachable),
    ] {
        let mut world = helping();
        let kiosk = world.calls_from_kiosk("kiosk-1", ROOM);
        let agent = world.ringing("agent-1").unwrap();

        world.refuses(agent, status);

        assert_eq!(status_of(&world, kiosk), Some(told));
        assert!(world.showed(1, &Shown::RingingOver));
        let missed = Fact::Missed { agent: AGENT, how };
        assert_eq!(noted(&world)[1], &missed);
        assert_eq!(world.board.legs(), 1, "the kiosk's, until it has heard");
    }
}

#[test]
fn a_call_the_agent_declines_at_the_desk_and_one_nobody_answers_come_to_an_end() {
    let mut world = helping();
    let kiosk = world.calls_from_kiosk("kiosk-1", ROOM);
    world.asks(1, Wish::HangUp);
    assert_eq!(status_of(&world, kiosk), Some(603));

    let kiosk = world.calls_from_kiosk("kiosk-1", ROOM);
    let agent = world.ringing("agent-1").unwrap();
    world.passes(Duration::from_secs(61));

    assert_eq!(status_of(&world, kiosk), Some(480));
    assert!(world.is_ended(agent));
}

#[test]
fn an_agent_without_a_telephone_and_one_who_signed_out_are_not_called() {
    let mut world = helping();
    world.unregisters("agent-1");
    let kiosk = world.calls_from_kiosk("kiosk-1", ROOM);
    assert_eq!(status_of(&world, kiosk), Some(480));
    let (mut world, kiosk, agent) = talking();

    world.asks(1, Wish::SignOut);

    assert!(world.is_ended(kiosk) && world.is_ended(agent));
    let kiosk = world.calls_from_kiosk("kiosk-1", ROOM);
    assert_eq!(status_of(&world, kiosk), Some(480));
}

#[test]
fn a_room_is_one_agents_and_who_is_not_signed_in_takes_none() {
    let mut world = helping();
    world.registers("agent-2");

    world.asks(2, Wish::TakeKiosk(visit()));
    world.asks(9, Wish::TakeKiosk(visit()));

    for agent in [2, 9] {
        assert!(world.showed(agent, &Shown::Refused(Refusal::NotNow)));
    }
}

#[test]
fn a_desk_that_comes_back_says_its_room_again_and_the_talk_goes_on() {
    let (mut world, kiosk, agent) = talking();
    world.tell(Event::DeskWent { agent: AGENT });
    world.tell(Event::DeskCame { agent: AGENT });

    world.asks(1, Wish::TakeKiosk(visit()));

    assert!(world.hear_each_other(kiosk, agent));
    assert!(!world.is_ended(kiosk) && !world.is_ended(agent));
    let shown = world.board.shown_to(AGENT, std::time::Instant::now());
    assert!(shown.iter().any(|it| matches!(it, Shown::Talk(_))));
}
