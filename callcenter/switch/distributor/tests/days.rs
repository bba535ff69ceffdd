//! Whole days of calls in virtual time, judged by Erlang's forms.

#![allow(clippy::unwrap_used)]

#[path = "days/center.rs"]
mod center;

use std::{cmp::Reverse, collections::BinaryHeap, time::Duration};

use center::{Center, Day};
use distributor::staffing::{ErlangA, ErlangC};

/// In a day of 24 hours: on average 16.7 of 72 seconds at a time.
const CALLS: u64 = 20_000;
const PER_HOUR: f64 = 20_000.0 / 24.0;
const TALK: Duration = Duration::from_secs(72);
const WITHIN: Duration = Duration::from_secs(20);

/// Days with the same load and other dice, as one.
fn days(agents: u32, patience: Option<Duration>, seeds: std::ops::Range<u64>) -> Day {
    let mut all = Day::default();
    for seed in seeds {
        let mut center = Center::open(agents, seed);
        let day = center.run(CALLS, PER_HOUR, TALK, patience, WITHIN);
        all.add(day);
    }
    all
}

fn tell(name: &str, day: &Day) {
    eprintln!(
        "{name}: {} calls, mean wait {:.2?}, longest {:.1?}, within {WITHIN:?} {:.2} %, \
         gave up {:.2} %, calls an agent {} to {}",
        day.calls,
        day.mean_wait(),
        day.longest_wait,
        100.0 * day.service_level(),
        100.0 * day.abandonment(),
        day.fewest,
        day.most,
    );
}

fn off_by(found: f64, expected: f64) -> f64 {
    (found / expected - 1.0).abs()
}

/// Ten days for 20 agents. The mean wait of such a day varies by 22 % (one
/// standard deviation of forty days) and its service level by 2.3 points, that
/// of ten days by 7 % and 0.7 points; the bounds are twice that.
#[test]
fn patient_callers_wait_as_long_as_erlang_c_says() {
    let form = ErlangC::new(20, PER_HOUR, TALK).unwrap();

    let day = days(20, None, 1..11);

    tell("patient callers", &day);
    let speed = form.average_speed_of_answer();
    eprintln!(
        "Erlang C: mean wait {speed:.2?}, within {WITHIN:?} {:.2} %",
        100.0 * form.service_level(WITHIN),
    );
    assert_eq!(day.abandoned, 0);
    assert!(off_by(day.mean_wait().as_secs_f64(), speed.as_secs_f64()) < 0.14);
    assert!((day.service_level() - form.service_level(WITHIN)).abs() < 0.014);
    // Longest idle first: nobody works much more than the others.
    let spread = day.most - day.fewest;
    assert!(spread < day.fewest / 5, "{} to {}", day.fewest, day.most);
}

/// Whoever comes first is served first, by whoever is free first: the wait of
/// every single caller follows from that (Kiefer and Wolfowitz 1955).
#[test]
fn every_caller_waits_exactly_as_long_as_his_turn_takes() {
    const AGENTS: usize = 112;
    let mut center = Center::open(112, 1);

    let day = center.run(CALLS, 2_000.0, Duration::from_secs(180), None, WITHIN);

    tell("a day of 112 agents", &day);
    let mut free_at = BinaryHeap::from([Reverse(Duration::ZERO); AGENTS]);
    for (came, waited, talked) in &day.talks {
        let Reverse(free) = free_at.pop().unwrap();
        let begins = free.max(*came);
        assert_eq!(*waited, begins - *came);
        free_at.push(Reverse(begins + *talked));
    }
    assert_eq!(day.talks.len() as u64, CALLS);
    assert!(
        day.longest_wait > Duration::from_secs(20),
        "nobody had to wait"
    );
}

/// More load than the agents can handle: who is not patient gives up.
#[test]
fn impatient_callers_give_up_as_often_as_erlang_a_says() {
    let patience = Duration::from_secs(60);
    let form = ErlangA::new(16, PER_HOUR, TALK, patience).unwrap();

    let day = days(16, Some(patience), 11..14);

    tell("impatient callers", &day);
    eprintln!(
        "Erlang A: mean wait {:.2?}, within {WITHIN:?} {:.2} %, gave up {:.2} %",
        form.average_wait(),
        100.0 * form.service_level(WITHIN),
        100.0 * form.abandonment(),
    );
    let wait = form.average_wait().as_secs_f64();
    assert!(off_by(day.mean_wait().as_secs_f64(), wait) < 0.05);
    assert!((day.abandonment() - form.abandonment()).abs() < 0.01);
    assert!((day.service_level() - form.service_level(WITHIN)).abs() < 0.015);
}

/// A form that were always agreed with would judge nothing.
#[test]
fn one_agent_fewer_is_noticed() {
    let form = ErlangC::new(20, PER_HOUR, TALK).unwrap();

    let day = days(19, None, 1..6);

    let speed = form.average_speed_of_answer().as_secs_f64();
    assert!(off_by(day.mean_wait().as_secs_f64(), speed) > 0.5);
    assert!((day.service_level() - form.service_level(WITHIN)).abs() > 0.05);
}
