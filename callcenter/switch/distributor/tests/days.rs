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

/// Days with the same load and other dice, of each of which a figure is taken.
const DAYS: u64 = 20;
/// Student's t of nineteen degrees of freedom: of a thousand samples one lies
/// farther from the truth than so many of its standard errors.
const STUDENT: f64 = 3.883;

fn days(agents: u32, calls: u64, patience: Option<Duration>) -> Vec<Day> {
    let day = |seed| Center::open(agents, seed).run(calls, PER_HOUR, TALK, patience, WITHIN);
    (1..=DAYS).map(day).collect()
}

/// A figure of all days, and how far it may be from the truth by their own scatter.
#[derive(Clone, Copy, Debug)]
struct Sample {
    mean: f64,
    bound: f64,
}

impl Sample {
    fn of(days: &[Day], figure: impl Fn(&Day) -> f64) -> Self {
        let count = days.len() as f64;
        let mean = days.iter().map(&figure).sum::<f64>() / count;
        let square = |day: &Day| (figure(day) - mean).powi(2);
        let variance = days.iter().map(square).sum::<f64>() / (count - 1.0);
        Self {
            mean,
            bound: STUDENT * (variance / count).sqrt(),
        }
    }

    fn agrees_with(self, expected: f64) -> bool {
        (self.mean - expected).abs() <= self.bound
    }
}

/// The forms say what was seen. A sample that agreed with one agent fewer or more
/// would judge nothing.
fn judge(name: &str, sample: Sample, form: impl Fn(u32) -> f64, agents: u32) {
    let expected = form(agents);
    eprintln!(
        "{name}: {:.4} ± {:.4}, expected {expected:.4}",
        sample.mean, sample.bound
    );
    assert!(sample.agrees_with(expected), "{name}: {sample:?}");
    for other in [agents - 1, agents + 1] {
        let wrong = form(other);
        assert!(
            !sample.agrees_with(wrong),
            "{name} of {other}: {wrong}, {sample:?}"
        );
    }
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

#[test]
fn patient_callers_wait_as_long_as_erlang_c_says() {
    let form = |agents| ErlangC::new(agents, PER_HOUR, TALK).unwrap();

    let days = days(20, CALLS, None);

    let speed = |agents| form(agents).average_speed_of_answer().as_secs_f64();
    let wait = Sample::of(&days, |it| it.mean_wait().as_secs_f64());
    judge("mean wait", wait, speed, 20);
    let level = Sample::of(&days, Day::service_level);
    let expected = |agents| form(agents).service_level(WITHIN);
    judge("within 20 s", level, expected, 20);
    for day in &days {
        assert_eq!(day.abandoned, 0);
        // Longest idle first: nobody works much more than the others.
        let spread = day.most - day.fewest;
        assert!(spread < day.fewest / 5, "{} to {}", day.fewest, day.most);
    }
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
    let form = |agents| ErlangA::new(agents, PER_HOUR, TALK, patience).unwrap();

    let days = days(16, CALLS / 4, Some(patience));

    let wait = Sample::of(&days, |it| it.mean_wait().as_secs_f64());
    let average = |agents| form(agents).average_wait().as_secs_f64();
    judge("mean wait", wait, average, 16);
    let gave_up = Sample::of(&days, Day::abandonment);
    judge("gave up", gave_up, |agents| form(agents).abandonment(), 16);
    let level = Sample::of(&days, Day::service_level);
    let expected = |agents| form(agents).service_level(WITHIN);
    judge("within 20 s", level, expected, 16);
}
