//! Stories of agents who say how the calls ended that they wrap up.

use std::time::Duration;

use distributor::{AgentId, AgentState, CallId};

use super::world::{World, center, morning};
use crate::{
    call_book::Fact,
    center::Center,
    switchboard::{Command, Event, Shown, ShownWrapUp, Wish},
};

const WRAP_UP: Duration = Duration::from_secs(30);
const CODES: &str = r#"
    [[code]]
    id = "answered"
    title = { ko = "안내로 끝남", en = "Answered" }

    [[code]]
    id = "refused"
    title = { ko = "해 드릴 수 없음", en = "Refused" }
    queues = ["general"]

    [[code]]
    id = "appealed"
    title = { ko = "이의신청", en = "Appealed" }
    queues = ["taxes"]
"#;

fn asking_center() -> Center {
    let mut center = center();
    center.dispositions = Some(toml::from_str(CODES).unwrap());
    for queue in &mut center.plan.queues {
        queue.wrap_up_seconds = 30;
    }
    center.check().unwrap();
    center
}

fn open() -> World {
    World::open_with(asking_center(), Vec::new(), 1, morning())
}

/// The first agent wraps a call up.
fn wrapping_up() -> (World, CallId) {
    let mut world = open();
    let (caller, _) = world.talk();
    world.hangs_up(caller);
    (world, CallId(1))
}

/// What is noted and shown of wrap-ups, in the order of the orders.
fn told(world: &World) -> Vec<String> {
    let told = world.said.iter().filter_map(|it| match it {
        Command::Note { call, fact } => match fact {
            Fact::WrapUpBegun { agent } => Some(format!("{} wraps {} up", agent.0, call.0)),
            Fact::DispositionUnsaid { agent } => {
                Some(format!("{} said nothing of {}", agent.0, call.0))
            }
            _ => None,
        },
        Command::WriteDisposition {
            agent, disposition, ..
        } => Some(format!("write {disposition} by {}", agent.0)),
        Command::Show { agent, shown } => match shown {
            Shown::WrapUp(shown) => {
                let ShownWrapUp { choices, said, .. } = &**shown;
                let said = said.as_deref().unwrap_or("nothing");
                Some(format!("{} sees {said} of {}", agent.0, choices.join("/")))
            }
            Shown::DispositionRefused { why, .. } => Some(format!("{} is told {why:?}", agent.0)),
            _ => None,
        },
        _ => None,
    });
    told.collect()
}

fn say(world: &mut World, call: CallId, disposition: &str) {
    world.asks(1, Wish::SayDisposition(call, disposition.to_owned()));
}

fn is_written(world: &mut World, call: CallId, disposition: &str, durable: bool) {
    world.tell(Event::DispositionWritten {
        agent: AgentId(1),
        call,
        disposition: disposition.to_owned(),
        durable,
    });
}

fn is_idle(world: &World) -> bool {
    world.board.states().next() == Some((AgentId(1), AgentState::Idle))
}

const ASKED: [&str; 2] = ["1 wraps 1 up", "1 sees nothing of answered/refused"];

#[test]
fn how_a_call_ended_is_confirmed_when_it_is_written_down_and_not_before() {
    let (mut world, call) = wrapping_up();
    say(&mut world, call, "refused");
    assert_eq!(told(&world), [&ASKED[..], &["write refused by 1"]].concat());

    is_written(&mut world, call, "refused", true);

    let seen = "1 sees refused of answered/refused";
    assert_eq!(told(&world).last().unwrap(), seen);
    world.passes(WRAP_UP);
    assert!(is_idle(&world));
    assert_eq!(told(&world).last().unwrap(), seen, "nothing is unsaid");
}

#[test]
fn a_wrap_up_that_ends_without_a_word_is_written_down_as_one() {
    let unsaid = [&ASKED[..], &["1 said nothing of 1"]].concat();

    for done in [None, Some(Wish::WrapUpDone), Some(Wish::SignOut)] {
        let (mut world, _) = wrapping_up();
        match done.clone() {
            Some(wish) => world.asks(1, wish),
            None => world.passes(WRAP_UP),
        }
        assert_eq!(told(&world), unsaid, "{done:?}");
    }
    let (mut world, call) = wrapping_up();
    say(&mut world, call, "answered");
    world.passes(WRAP_UP);
    is_written(&mut world, call, "answered", false);
    let end = [
        "write answered by 1",
        "1 is told NotWritten",
        "1 said nothing of 1",
    ];
    assert_eq!(told(&world), [&ASKED[..], &end].concat());
}

#[test]
fn a_desk_that_vanishes_in_a_wrap_up_keeps_nobody_from_the_next_call() {
    let agent = AgentId(1);
    let mut world = open();
    world.tell(Event::DeskCame { agent });
    let (caller, _) = world.talk();
    world.hangs_up(caller);
    world.tell(Event::DeskWent { agent });

    world.passes(WRAP_UP);
    assert_eq!(told(&world).last().unwrap(), "1 said nothing of 1");
    world.tell(Event::DeskCame { agent });

    assert!(is_idle(&world));
    world.waits();
    assert!(world.ringing("agent-1").is_some());
}

#[test]
fn a_desk_that_comes_back_sees_what_it_wraps_up_as_long_as_it_does() {
    let (mut world, call) = wrapping_up();
    say(&mut world, call, "answered");
    is_written(&mut world, call, "answered", true);
    let shown = |world: &World| {
        let shown = world.board.shown_to(AgentId(1), morning().instant);
        shown.into_iter().find_map(|it| match it {
            Shown::WrapUp(shown) => Some((shown.call, shown.said)),
            _ => None,
        })
    };

    assert_eq!(shown(&world), Some((call, Some("answered".to_owned()))));
    world.passes(WRAP_UP);
    assert_eq!(shown(&world), None);
}

#[test]
fn what_is_said_late_counts_until_the_next_call_is_wrapped_up() {
    let (mut world, call) = wrapping_up();
    world.passes(WRAP_UP);
    assert_eq!(world.board_now().wrap_ups.unsaid, 1);
    say(&mut world, call, "answered");
    is_written(&mut world, call, "answered", true);
    assert_eq!(world.board_now().wrap_ups.unsaid, 0);

    let caller = world.calls_from("110", "01099990000");
    world.presses(caller, '2');
    let agent = world.ringing("agent-1").unwrap();
    world.answers(agent);
    world.hangs_up(caller);
    say(&mut world, call, "refused");

    assert_eq!(told(&world).last().unwrap(), "1 is told WrapUpOver");
}

#[test]
fn each_agent_of_a_call_says_it_of_the_own_part_and_by_the_queues_own_codes() {
    let mut world = open();
    world.registers("agent-2");
    let caller = world.calls("120");
    let first = world.ringing("agent-2").unwrap();
    world.answers(first);
    world.transfers(first, "110");
    world.registers("agent-1");
    let second = world.ringing("agent-1").unwrap();
    world.answers(second);
    world.hangs_up(caller);

    let parts = [
        "2 wraps 1 up",
        "2 sees nothing of answered/appealed",
        "1 wraps 1 up",
        "1 sees nothing of answered/refused",
    ];
    assert_eq!(told(&world), parts);
    say(&mut world, CallId(1), "appealed");
    assert_eq!(told(&world).last().unwrap(), "1 is told UnknownCode");
}

#[test]
fn nobody_is_asked_where_the_center_has_no_codes() {
    let mut center = asking_center();
    center.dispositions = None;
    let mut world = World::open_with(center, Vec::new(), 1, morning());
    let (caller, _) = world.talk();
    world.hangs_up(caller);
    world.passes(WRAP_UP);
    say(&mut world, CallId(1), "answered");

    assert_eq!(told(&world), ["1 is told WrapUpOver"]);
    assert!(world.board_now().wrap_ups.is_empty());
}

fn serve(world: &mut World, from: &str) {
    let caller = world.calls_from("110", from);
    world.presses(caller, '2');
    let agent = world.ringing("agent-1").unwrap();
    world.answers(agent);
    world.hangs_up(caller);
}

#[test]
fn five_calls_ends_are_on_the_board_together() {
    let mut world = open();
    world.registers("agent-1");
    for (call, disposition) in [
        (1, "answered"),
        (2, "refused"),
        (3, "answered"),
        (4, "answered"),
        (5, "refused"),
    ] {
        assert!(world.board_now().wrap_ups.is_empty());
        serve(&mut world, &format!("0101234567{call}"));
        say(&mut world, CallId(call), disposition);
        is_written(&mut world, CallId(call), disposition, true);
        world.asks(1, Wish::WrapUpDone);
    }

    let told = world.board_now().wrap_ups;
    let counts = told
        .said
        .iter()
        .map(|it| (it.disposition.as_str(), it.count));
    let counts: Vec<_> = counts.collect();
    assert_eq!(
        (counts, told.unsaid),
        (vec![("answered", 3), ("refused", 2)], 0)
    );
}
