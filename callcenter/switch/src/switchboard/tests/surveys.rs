//! Stories of callers who are asked after the talk.

use std::time::Duration;

use distributor::{Action, AgentId, AgentState, Destination, QueueId};

use super::world::World;
use crate::{
    call_book::Fact,
    switchboard::{Command, Leg, Shown, Wish},
};

/// What was noted of surveys and what was asked, in the order of the orders.
fn survey(world: &World) -> Vec<String> {
    let told = world.said.iter().filter_map(|it| match it {
        Command::Note {
            fact: Fact::SurveyBegun,
            ..
        } => Some("begun".to_owned()),
        Command::Note {
            fact: Fact::SurveyAnswered { question, answer },
            ..
        } => Some(format!("{question} is {}", u8::from(answer.clone()))),
        Command::Say { words, .. } => Some(words[0].name()),
        _ => None,
    });
    told.skip_while(|it| it != "begun").collect()
}

/// A caller whose agent has hung up.
fn asked() -> (World, Leg) {
    let mut world = World::open_surveying();
    let (caller, agent) = world.talk();
    world.hangs_up(agent);
    (world, caller)
}

#[test]
fn a_caller_who_stays_answers_and_is_thanked_and_hung_up() {
    let (mut world, caller) = asked();
    assert!(!world.is_ended(caller));
    assert_eq!(world.hears(caller), Some("question-friendly".to_owned()));

    world.heard_out(caller);
    world.presses(caller, '5');
    world.presses(caller, '2');
    world.heard_out(caller);

    let order = [
        "begun",
        "question-friendly",
        "friendly is 5",
        "question-solved",
        "solved is 2",
        "thanks",
    ];
    assert_eq!(survey(&world), order);
    world.settle();
    assert!(world.is_over(caller) && world.board.legs() == 0);
    assert_eq!(world.board.open_now(), Default::default());
}

#[test]
fn who_hangs_up_is_asked_no_more_and_what_was_answered_stays() {
    for keys in ["", "4", "44"] {
        let (mut world, caller) = asked();
        keys.chars().for_each(|it| world.presses(caller, it));

        world.hangs_up(caller);

        let answers = survey(&world)
            .iter()
            .filter(|it| it.contains(" is "))
            .count();
        assert_eq!(answers, keys.len());
        assert_eq!(world.board.open_now(), Default::default());
        world.passes(Duration::from_secs(300));
        assert!(!world.is_ended(caller), "nobody is hung up who has gone");
    }
}

#[test]
fn silence_leads_to_the_end_of_the_survey() {
    let (mut world, caller) = asked();

    world.passes(Duration::from_secs(200));
    world.settle();

    assert_eq!(
        survey(&world),
        ["begun", "question-friendly", "question-solved", "thanks"]
    );
    assert!(world.is_over(caller) && world.board.legs() == 0);
}

#[test]
fn the_agent_is_not_kept_and_hears_nothing_of_it() {
    let mut world = World::open_surveying();
    let (caller, agent) = world.talk();

    // Hung up from the desk; the telephone has not heard of it yet.
    world.tell(crate::switchboard::Event::Asked {
        agent: AgentId(1),
        wish: Wish::Act(Action::End),
    });
    assert!(!world.hears_voice_of(agent, caller) && !world.hears_voice_of(caller, agent));
    world.settle();

    assert!(world.showed(1, &Shown::State(AgentState::Idle)));
    assert_eq!(world.hears(caller), Some("question-friendly".to_owned()));
    let next = world.calls_from("110", "01099990000");
    world.presses(next, '2');
    let agent = world.ringing("agent-1").unwrap();
    world.answers(agent);
    assert!(world.hear_each_other(next, agent));
    assert!(!world.hears_voice_of(caller, agent));
}

#[test]
fn the_queue_that_served_the_caller_is_the_one_that_asks() {
    let mut world = World::open_surveying();
    world.registers("agent-2");
    let caller = world.calls("120");
    let agent = world.ringing("agent-2").unwrap();
    world.answers(agent);
    world.hangs_up(agent);
    assert!(world.is_over(caller), "taxes asks nothing");

    let mut world = World::open_surveying();
    world.registers("agent-2");
    world.calls("120");
    let agent = world.ringing("agent-2").unwrap();
    world.answers(agent);
    let queue = Destination::Queue(QueueId("general".to_owned()));
    world.asks(2, Wish::Act(Action::Transfer(queue)));
    let again = world.ringing("agent-2").unwrap();
    world.answers(again);
    world.hangs_up(again);

    assert_eq!(survey(&world), ["begun", "question-friendly"]);
}

#[test]
fn a_talk_that_broke_off_is_no_talk_to_ask_about() {
    let mut world = World::open_surveying();
    let (caller, agent) = world.talk();

    world.vanishes(agent);

    assert!(!world.is_ended(caller));
    assert_eq!(survey(&world), [""; 0]);
}

#[test]
fn whoever_talked_on_with_an_office_is_not_asked() {
    let mut world = World::open_surveying();
    let (caller, _) = world.talk();
    let entry = distributor::EntryId("narae-tax".to_owned());
    world.asks(1, Wish::Act(Action::Transfer(Destination::Entry(entry))));
    let office = world.dialed_number("0312345678").unwrap();
    world.answers(office);
    world.settle();

    world.hangs_up(office);

    assert!(world.is_over(caller));
    assert_eq!(survey(&world), [""; 0]);
}

#[test]
fn in_an_emergency_nobody_is_asked() {
    let mut world = World::open_surveying();
    world.registers("agent-1");
    let caller = world.calls("119");
    let agent = world.ringing("agent-1").unwrap();
    world.answers(agent);

    world.hangs_up(agent);

    assert!(world.is_over(caller));
    assert_eq!(survey(&world), [""; 0]);
}

#[test]
fn who_did_not_want_to_be_recorded_is_not_asked_and_others_are() {
    for (refused, expected) in [(true, 0), (false, 2)] {
        let mut world = World::open_surveying_and_recording();
        let (_, agent) = world.talk();
        if refused {
            world.asks(1, Wish::Act(Action::StopRecording));
        }

        world.hangs_up(agent);

        assert_eq!(survey(&world).len(), expected, "refused: {refused}");
    }
    let mut world = World::open_surveying_and_recording();
    world.talk();
    world.registers("agent-2");
    let other = Destination::Agent(AgentId(2));
    world.asks(1, Wish::Act(Action::Transfer(other)));
    let agent = world.ringing("agent-2").unwrap();
    world.answers(agent);
    world.hangs_up(agent);
    assert_eq!(survey(&world).len(), 2, "a transfer ends a recording, too");
}

#[test]
fn a_callback_nobody_answers_leads_to_no_question_and_a_kept_one_does() {
    let promised = || {
        let mut world = World::open_surveying();
        let caller = world.waits();
        world.passes(Duration::from_secs(301));
        world.presses(caller, '1');
        world.heard_out(caller);
        world.hangs_up(caller);
        world.registers("agent-1");
        let agent = world.ringing("agent-1").unwrap();
        world.answers(agent);
        let again = world.dialed_number("01012345678").unwrap();
        (world, agent, again)
    };

    let (mut world, _, again) = promised();
    world.refuses(again, 486);
    world.settle();
    assert_eq!(survey(&world), [""; 0]);

    let (mut world, agent, again) = promised();
    world.answers(again);
    world.hangs_up(agent);
    assert_eq!(world.hears(again), Some("question-friendly".to_owned()));
}

#[test]
fn five_callers_answers_are_on_the_board_together() {
    let mut world = World::open_surveying();
    world.registers("agent-1");
    for (number, key) in ('0'..).zip("54532".chars()) {
        let caller = world.calls_from("110", &format!("0101234567{number}"));
        world.presses(caller, '2');
        let agent = world.ringing("agent-1").unwrap();
        world.answers(agent);
        world.hangs_up(agent);
        assert_eq!(world.board_now().all.opinion, None);
        world.presses(caller, key);
        world.hangs_up(caller);
    }

    let board = world.board_now();
    let opinion = board.all.opinion.unwrap();
    assert_eq!((opinion.answers, opinion.mean_hundredths), (5, 380));
    assert_eq!(board.queues[0].row.opinion, Some(opinion));
    assert_eq!(board.queues[1].row.opinion, None);
}
