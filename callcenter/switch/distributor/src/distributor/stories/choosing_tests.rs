//! Which agent has the call.

use super::*;

/// Three agents, signed in one second after the other, of these levels.
fn hall_of(strategy: Strategy, levels: [u8; 3]) -> Hall {
    let mut plan = one_queue(|it| {
        it.strategy = strategy;
        it.wrap_up_seconds = 0;
        it.wrap_up_longest_seconds = 0;
        it.skill = Some(crate::SkillNeed {
            name: Skill("tax".into()),
            least_level: 1,
        });
    });
    plan.queues[0].languages.insert(Language("en".into()));
    let mut hall = Hall::open(plan);
    for (agent, level) in (1..).zip(levels) {
        hall.sign_in_with(agent, &["residents"], &["ko"], level);
        hall.pass(second());
    }
    hall
}

/// Who has each of these calls, if every talk lasts so many seconds.
fn who_has(hall: &mut Hall, calls: &[u64]) -> Vec<u32> {
    calls
        .iter()
        .zip(1..)
        .map(|(call, lasts)| {
            let taken = offered(&hall.call(*call));
            hall.answer(taken.offers[0]);
            hall.pass(second() * lasts);
            hall.hang_up_agent(taken.offers[0]);
            taken.agents[0].0
        })
        .collect()
}

#[test]
fn the_longest_idle_has_the_call() {
    let mut hall = hall_of(Strategy::LongestIdle, [1, 1, 1]);

    assert_eq!(who_has(&mut hall, &[1, 2, 3, 4, 5]), [1, 2, 3, 1, 2]);
}

#[test]
fn an_offer_that_was_withdrawn_costs_nobody_his_turn() {
    let mut hall = hall_of(Strategy::LongestIdle, [1, 1, 1]);
    assert_eq!(offered(&hall.call(1)).agents, [AgentId(1)]);
    hall.leave(1, Departure::HungUp);

    assert_eq!(offered(&hall.call(2)).agents, [AgentId(1)]);
}

#[test]
fn whoever_had_the_fewest_calls_has_the_next() {
    let mut hall = hall_of(Strategy::FewestCalls, [1, 1, 1]);
    who_has(&mut hall, &[1, 2, 3, 4]);
    let (agent, reason) = (AgentId(2), "lunch".to_owned());
    hall.tell(Event::BreakBegun { agent, reason });

    // The first had two calls, the third had one.
    let next = offered(&hall.call(5));
    assert_eq!(next.agents, [AgentId(3)]);
    let calls: Vec<u64> = next.reason.candidates.iter().map(|it| it.calls).collect();
    assert_eq!(calls, [1, 2]);
}

#[test]
fn a_round_goes_on_after_whoever_was_last() {
    let mut hall = hall_of(Strategy::RoundRobin, [1, 1, 1]);

    assert_eq!(who_has(&mut hall, &[1, 2, 3, 4]), [1, 2, 3, 1]);
}

#[test]
fn the_best_level_is_tried_first_and_too_low_a_level_never() {
    let mut hall = hall_of(Strategy::Linear, [1, 0, 5]);

    assert_eq!(who_has(&mut hall, &[1, 2]), [3, 3]);
    assert_eq!(offered(&hall.call(3)).agents, [AgentId(3)]);
    assert_eq!(offered(&hall.call(4)).agents, [AgentId(1)]);
    assert!(offers(&hall.call(5)).is_empty());
}

#[test]
fn all_ring_and_the_first_who_answers_has_the_call() {
    let mut hall = hall_of(Strategy::RingAll, [1, 1, 1]);
    let ringing = offered(&hall.call(1));
    assert_eq!(ringing.agents, [AgentId(1), AgentId(2), AgentId(3)]);

    let answered = hall.answer(ringing.offers[1]);

    for at in [0, 2] {
        let (offer, agent) = (ringing.offers[at], ringing.agents[at]);
        assert!(answered.contains(&Command::Withdraw {
            offer,
            agent,
            missed: None
        }));
    }
    // The others are free for the next.
    assert_eq!(offered(&hall.call(2)).agents, [AgentId(1), AgentId(3)]);
}

#[test]
fn a_language_nobody_speaks_waits_for_whoever_does() {
    let mut hall = hall_of(Strategy::LongestIdle, [1, 1, 1]);
    let waits = hall.call_to(1, "residents", "en", Priority::Ordinary, None);
    assert!(offers(&waits).is_empty());
    // Nobody else has to wait for that.
    assert_eq!(offered(&hall.call(2)).call, CallId(2));

    let speaks = hall.sign_in_with(4, &["residents"], &["en"], 1);

    assert_eq!(offered(&speaks).call, CallId(1));
}

#[test]
fn an_agent_of_two_queues_takes_whoever_waits_longest_in_any() {
    let mut hall = Hall::open(walk::plan(0));
    hall.call_to(1, "tax", "ko", Priority::Ordinary, None);
    hall.pass(second());
    hall.call_to(2, "residents", "ko", Priority::Ordinary, None);

    let first = hall.sign_in_with(1, &["residents", "tax"], &["ko"], 2);

    assert_eq!(offered(&first).call, CallId(1));
}
