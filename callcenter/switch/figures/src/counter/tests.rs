//! A center's figures, counted by hand and by dice.

#![allow(clippy::unwrap_used)]

use distributor::{AgentId, AgentState, BreakReason, CallId, Plan, QueueId, WallTime};
use proptest::prelude::*;

use super::{Counter, Goal};
use crate::{
    Board, Counts, Event, Interval, Ledger, LocalDay, Opinion, PromiseEnd, Satisfaction,
    ServiceLevel, Share,
};

/// 2026-11-24 09:30 in Korea.
const MORNING: i64 = 1_795_480_200_000;
const KOREA: i32 = 9 * 60;
const SWITCH: CallId = CallId(0);

fn plan() -> Plan {
    let queue = |id: &str| {
        serde_json::json!({
            "id": id, "skill": null, "languages": ["ko"], "strategy": "longest-idle",
            "ring_seconds": 20, "wrap_up_seconds": 30, "wrap_up_longest_seconds": 300,
            "service_level_seconds": 20, "longest_wait_seconds": 300, "overflow": "callback",
            "announce_every_seconds": 60, "priority_step_seconds": 60, "misses_before_break": 3,
        })
    };
    serde_json::from_value(serde_json::json!({
        "queues": [queue("residents"), queue("taxes")],
        "rest_after_miss_seconds": 5, "place_kept_seconds": 300,
        "callback": {"attempts": 2, "rest_seconds": 60, "ring_seconds": 30},
    }))
    .unwrap()
}

fn queue(name: &str) -> QueueId {
    QueueId(name.to_owned())
}

struct Center(Counter);

impl Center {
    fn open() -> Self {
        Self(Counter::new(&plan(), KOREA))
    }

    fn hears(&mut self, second: i64, call: u64, event: Event) {
        let at = WallTime(MORNING + second * 1_000);
        self.0.handle(CallId(call), &event, at);
    }

    fn calls(&mut self, second: i64, call: u64, to: &str) {
        let queue = queue(to);
        self.hears(second, call, Event::Queued { queue });
    }

    fn agent(&mut self, second: i64, agent: u32, state: AgentState) {
        let agent = AgentId(agent);
        self.hears(second, SWITCH.0, Event::AgentState { agent, state });
    }

    /// From the first word to the end of the wrap-up.
    fn talks(&mut self, second: i64, call: u64, agent: u32, seconds: i64, wrap_up: i64) {
        self.agent(second, agent, AgentState::Talking);
        let who = AgentId(agent);
        self.hears(second, call, Event::Bridged { agent: who });
        self.hears(second + seconds, call, Event::CallerLeft);
        self.agent(second + seconds, agent, AgentState::WrapUp);
        self.agent(second + seconds + wrap_up, agent, AgentState::Idle);
    }

    fn of(&self, name: &str) -> Counts {
        let day = LocalDay::of(WallTime(MORNING), KOREA);
        self.0.ledger().sum(day.intervals(), &queue(name))
    }
}

#[test]
fn a_quarter_of_an_hour_comes_to_what_it_was() {
    let mut center = Center::open();
    center.agent(0, 1, AgentState::Idle);
    center.calls(0, 1, "residents");
    center.talks(10, 1, 1, 100, 30);
    center.calls(20, 2, "residents");
    center.calls(30, 3, "residents");
    center.calls(40, 4, "residents");
    center.hears(43, 4, Event::CallerLeft);
    center.hears(130, 3, Event::CallerLeft);
    center.talks(140, 2, 1, 60, 10);

    let counts = center.of("residents");

    assert_eq!(
        (counts.offered, counts.answered, counts.abandoned),
        (4, 2, 2)
    );
    assert_eq!(counts.service_level(ServiceLevel::OfAll), Some(0.25));
    let without = counts.service_level(ServiceLevel::WithoutShortAbandons);
    assert_eq!(without, Some(1.0 / 3.0));
    assert_eq!(counts.service_level(ServiceLevel::OfAnswered), Some(0.5));
    assert_eq!(counts.abandonment(), Some(0.5));
    assert_eq!(counts.average_speed_of_answer().unwrap().as_secs(), 65);
    assert_eq!(counts.average_handling_time().unwrap().as_secs(), 100);
    assert_eq!(counts.longest_wait_ms, 120_000);
    let board = center.0.board(WallTime(MORNING + 220_000));
    assert_eq!(board.all.service_level, Some(Share(333)));
    // 200 of 220 seconds: 100 + 30 + 60 + 10.
    assert_eq!(board.occupancy, Some(Share(909)));
}

#[test]
fn what_callers_answer_is_shown_once_five_of_them_have_gone_or_were_cut_off() {
    let mut center = Center::open();
    let board = |center: &Center| center.0.board(WallTime(MORNING + 900_000));
    for call in 1..=5 {
        center.calls(0, call, "taxes");
        let answer = Satisfaction::try_from(4).unwrap();
        center.hears(10, call, Event::SurveyAnswered { answer });
    }
    for call in 1..=4 {
        center.hears(20, call, Event::CallerLeft);
    }
    assert_eq!(board(&center).all.opinion, None);

    center.hears(30, SWITCH.0, Event::Started);

    let opinion = Some(Opinion {
        answers: 5,
        mean_hundredths: 400,
    });
    assert_eq!(board(&center).all.opinion, opinion);
    let queues = board(&center).queues;
    assert_eq!(
        (queues[0].row.opinion, queues[1].row.opinion),
        (None, opinion)
    );
}

#[test]
fn a_promise_is_no_lost_call_and_its_talk_no_quick_answer() {
    let mut center = Center::open();
    center.calls(0, 1, "residents");
    center.hears(300, 1, Event::CallbackPromised);
    center.hears(306, 1, Event::CallerLeft);
    center.calls(310, 2, "residents");
    center.hears(400, 2, Event::CallbackPromised);
    center.hears(401, 2, Event::CallerLeft);

    let board = center.0.board(WallTime(MORNING + 500_000));
    assert_eq!((board.all.waiting, board.all.callbacks_waiting), (0, 2));
    center.agent(600, 1, AgentState::Idle);
    center.talks(1_200, 1, 1, 60, 5);
    let why = PromiseEnd::Unreached;
    center.hears(1_300, 2, Event::CallbackEnded { why });

    let counts = center.of("residents");
    assert_eq!(
        (
            counts.promised,
            counts.callbacks_kept,
            counts.callbacks_unreached
        ),
        (2, 1, 1)
    );
    assert_eq!(
        (counts.answered, counts.abandoned, counts.handled),
        (0, 0, 1)
    );
}

#[test]
fn who_overflows_counts_once_in_all_and_waits_from_the_first_moment() {
    let mut center = Center::open();
    center.calls(0, 1, "residents");
    let to = queue("taxes");
    center.hears(300, 1, Event::Moved { to });
    center.talks(310, 1, 2, 10, 5);

    let (from, to) = (center.of("residents"), center.of("taxes"));
    assert_eq!((from.offered, from.moved_out, from.answered), (1, 1, 0));
    assert_eq!(
        (to.offered, to.moved_in, to.answered, to.answered_within),
        (0, 1, 1, 0)
    );
    assert_eq!(to.waited_ms, 310_000);
    let board = center.0.board(WallTime(MORNING + 400_000));
    assert_eq!((board.all.offered, board.all.answered), (1, 1));
}

#[test]
fn a_restart_ends_who_was_on_the_line_and_keeps_what_was_promised() {
    let mut center = Center::open();
    center.agent(0, 1, AgentState::Idle);
    center.calls(0, 1, "residents");
    center.calls(1, 2, "residents");
    center.hears(2, 2, Event::CallbackPromised);
    center.hears(900, SWITCH.0, Event::Started);

    let board = center.0.board(WallTime(MORNING + 1_000_000));

    assert!(board.agents.is_empty());
    assert_eq!((board.all.waiting, board.all.callbacks_waiting), (0, 1));
    assert_eq!(center.of("residents").cut_off, 1);
    // Idle until the last that was heard, not until the switch was there again.
    let served = center.0.ledger().agents(Interval::of(WallTime(MORNING)));
    assert_eq!(served.idle, 2_000);
}

#[test]
fn agents_time_is_told_by_quarter_of_an_hour() {
    let mut center = Center::open();
    center.agent(0, 1, AgentState::Idle);
    center.agent(0, 2, AgentState::Break(BreakReason::Asked("meal".into())));

    let board = center.0.board(WallTime(MORNING + 45 * 60_000));

    let served: Vec<u64> = board.day.iter().map(|it| it.agents_tenths).collect();
    assert_eq!(served.get(38..42), Some([10, 10, 10, 0].as_slice()));
    assert_eq!(
        board.present().unwrap().start,
        WallTime(MORNING + 45 * 60_000)
    );
}

#[derive(Clone, Debug)]
enum Step {
    Calls(u64, bool),
    Talks(u64, u32),
    Promised(u64),
    Ended(u64),
    Leaves(u64),
    Moves(u64),
    TurnedAway(u64),
    Agent(u32, AgentState),
    Restarts,
}

fn step() -> impl Strategy<Value = Step> {
    let call = 1..12_u64;
    let state = prop_oneof![
        Just(AgentState::Idle),
        Just(AgentState::Talking),
        Just(AgentState::WrapUp),
        Just(AgentState::SignedOut),
    ];
    prop_oneof![
        5 => (call.clone(), any::<bool>()).prop_map(|(call, taxes)| Step::Calls(call, taxes)),
        3 => (call.clone(), 1..4_u32).prop_map(|(call, agent)| Step::Talks(call, agent)),
        1 => call.clone().prop_map(Step::Promised),
        1 => call.clone().prop_map(Step::Ended),
        4 => call.clone().prop_map(Step::Leaves),
        1 => call.clone().prop_map(Step::Moves),
        1 => call.prop_map(Step::TurnedAway),
        3 => (1..4_u32, state).prop_map(|(agent, state)| Step::Agent(agent, state)),
        1 => Just(Step::Restarts),
    ]
}

fn event(step: Step) -> (u64, Event) {
    match step {
        Step::Calls(call, taxes) => {
            let queue = queue(if taxes { "taxes" } else { "residents" });
            (call, Event::Queued { queue })
        }
        Step::Talks(call, agent) => (
            call,
            Event::Bridged {
                agent: AgentId(agent),
            },
        ),
        Step::Promised(call) => (call, Event::CallbackPromised),
        Step::Ended(call) => (
            call,
            Event::CallbackEnded {
                why: PromiseEnd::Returned,
            },
        ),
        Step::Leaves(call) => (call, Event::CallerLeft),
        Step::Moves(call) => (call, Event::Moved { to: queue("taxes") }),
        Step::TurnedAway(call) => (call, Event::TurnedAway),
        Step::Agent(agent, state) => (
            0,
            Event::AgentState {
                agent: AgentId(agent),
                state,
            },
        ),
        Step::Restarts => (0, Event::Started),
    }
}

proptest! {
    #[test]
    fn nobody_is_lost_in_the_counting(steps in prop::collection::vec((0..400_i64, step()), 1..120)) {
        let (mut center, mut second) = (Center::open(), 0);
        for (span, step) in steps {
            second += span;
            let (call, event) = event(step);
            center.hears(second, call, event);

            let mut all = center.of("residents");
            all += &center.of("taxes");
            let waiting = center.0.waiting() as u64;
            prop_assert_eq!(all.offered + all.moved_in, all.settled() + waiting);
        }
    }

    /// A day cut in two at a moment when nobody is there adds up to the whole.
    #[test]
    fn two_halves_make_the_whole(
        first in prop::collection::vec((0..400_i64, step()), 1..60),
        second in prop::collection::vec((0..400_i64, step()), 1..60),
    ) {
        let (mut whole, mut before, mut after) = (Center::open(), Center::open(), Center::open());
        let mut clock = 0;
        let mut play = |steps: Vec<(i64, Step)>, half: &mut Center, call_from: u64| {
            half.hears(clock, 0, Event::Started);
            whole.hears(clock, 0, Event::Started);
            for (span, step) in steps {
                clock += span;
                let (call, event) = event(step);
                let call = if call == 0 { 0 } else { call_from + call };
                half.hears(clock, call, event.clone());
                whole.hears(clock, call, event);
            }
            half.hears(clock, 0, Event::Started);
            whole.hears(clock, 0, Event::Started);
        };
        play(first, &mut before, 0);
        play(second, &mut after, 100);

        let mut sum = before.0.ledger().clone();
        sum.add(after.0.ledger());

        prop_assert_eq!(&sum, whole.0.ledger());
    }
}

#[test]
fn the_written_form_of_a_ledger_stays_as_it_is() {
    let mut center = Center::open();
    center.agent(0, 1, AgentState::Idle);
    center.calls(0, 1, "residents");
    center.talks(10, 1, 1, 100, 30);
    let written = r#"{"callers":{"1994978":{"residents":{"offered":1,"moved_in":0,"answered":1,"answered_within":1,"abandoned":0,"abandoned_short":0,"turned_away":0,"moved_out":0,"promised":0,"cut_off":0,"callbacks_kept":0,"callbacks_unreached":0,"callbacks_returned":0,"waited_ms":10000,"waited_in_vain_ms":0,"longest_wait_ms":10000,"handled":1,"talk_ms":100000,"wrap_up_ms":30000}}},"agents":{"1994978":{"idle":10000,"offered":0,"talking":100000,"wrap_up":30000,"resting":0,"at_kiosk":0,"on_break":0,"no_device":0}}}"#;
    // Before agents helped at kiosks.
    let earlier = written.replace(r#""at_kiosk":0,"#, "");

    assert_eq!(serde_json::to_string(center.0.ledger()).unwrap(), written);
    for text in [written, &earlier] {
        assert_eq!(
            &serde_json::from_str::<Ledger>(text).unwrap(),
            center.0.ledger()
        );
    }
}

#[test]
fn a_board_says_why_and_how_long_an_agent_is_away() {
    let mut center = Center::open();
    let meal = BreakReason::Asked("meal".to_owned());
    center.agent(0, 1, AgentState::Break(meal.clone()));
    center.agent(10, 2, AgentState::Idle);

    let board = center.0.board(WallTime(MORNING + 70_000));

    let told: Vec<_> = (board.agents.iter())
        .map(|it| (it.agent.0, it.reason.as_ref(), it.seconds))
        .collect();
    assert_eq!(told, [(1, Some(&meal), 70), (2, None, 60)]);
}

#[test]
fn a_board_of_a_great_center_is_cut_and_its_sum_is_not() {
    let mut center = Center::open();
    for agent in 1..=250 {
        center.agent(0, agent, AgentState::Idle);
    }
    let many = 60;
    center.0.goals = (0..many)
        .map(|number| Goal {
            queue: queue(&format!("queue-{number}")),
            within_seconds: 20,
        })
        .collect();
    for number in 0..many {
        center.calls(1, number, &format!("queue-{number}"));
    }

    let board = center.0.board(WallTime(MORNING + 2_000));

    assert_eq!(board.agents.len(), Board::AGENTS_MOST);
    assert_eq!(board.queues.len(), Board::QUEUES_MOST);
    assert_eq!((board.all.waiting, board.all.offered), (many, many));
}
