//! Both ends of replication against each other, over a line that does its worst.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

#[path = "replication/world.rs"]
mod world;

use std::time::Instant;

use proptest::prelude::*;
use sync::Contradiction;
use world::{Disk, Exchange, Machine, later};

/// What may happen next; the number chooses which frame it happens to.
#[derive(Clone, Copy, Debug)]
enum Step {
    Record,
    Ask(usize),
    AskAgain(usize),
    Hear(usize),
    HearAgain(usize),
    Lose(usize),
    Tick,
    Crash,
    Publish,
    BackUp,
    /// The exchange goes on from its last backup.
    Restore,
}

fn step() -> impl Strategy<Value = Step> {
    let which = any::<usize>();
    prop_oneof![
        6 => Just(Step::Record),
        8 => which.prop_map(Step::Ask),
        2 => which.prop_map(Step::AskAgain),
        8 => which.prop_map(Step::Hear),
        2 => which.prop_map(Step::HearAgain),
        2 => which.prop_map(Step::Lose),
        3 => Just(Step::Tick),
        1 => Just(Step::Crash),
        3 => Just(Step::Publish),
        1 => Just(Step::BackUp),
        1 => Just(Step::Restore),
    ]
}

fn play(
    machine: &mut Machine,
    exchange: &mut Exchange,
    backup: &mut Exchange,
    now: &mut Instant,
    step: Step,
) {
    *now = later(*now, 1);
    match step {
        Step::Record => machine.record(*now),
        Step::Ask(which) => machine.ask(exchange, which, false),
        Step::AskAgain(which) => machine.ask(exchange, which, true),
        Step::Hear(which) => machine.hear(which, false, *now),
        Step::HearAgain(which) => machine.hear(which, true, *now),
        Step::Lose(which) => machine.lose(which, *now),
        Step::Tick => *now = machine.tick(*now),
        Step::Crash => machine.crash(*now),
        Step::Publish => exchange.publish(),
        Step::BackUp => *backup = exchange.clone(),
        Step::Restore => {
            exchange.restore(backup);
            machine.lose_line(*now);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn everything_arrives_once_and_in_order_whatever_the_line_does(
        steps in prop::collection::vec(step(), 0..150),
    ) {
        let mut now = Instant::now();
        let mut machine = Machine::boot(Disk::fresh(1), "true", now);
        let mut exchange = Exchange::new();
        let mut backup = exchange.clone();

        for step in steps {
            play(&mut machine, &mut exchange, &mut backup, &mut now, step);
            prop_assert!(machine.disk.entries.starts_with(&exchange.log));
            prop_assert_eq!(exchange.peer.quarantine(), None);
        }
        machine.calm_down(&mut exchange, now);

        prop_assert_eq!(&exchange.log, &machine.disk.entries);
        prop_assert_eq!(machine.disk.acknowledged, machine.disk.entries.len() as u64);
        prop_assert_eq!(machine.quarantined, None);
        // What the exchange tells arrives too, once and in order.
        let told = &machine.disk.told;
        prop_assert!(told.is_sorted_by(|one, next| one < next));
        prop_assert!(exchange.published().all(|number| told.contains(&number)));
    }

    #[test]
    fn of_two_machines_with_one_disk_one_is_believed_and_both_are_stopped(
        before in prop::collection::vec(step(), 0..60),
        after in prop::collection::vec((any::<bool>(), step()), 0..120),
    ) {
        let mut now = Instant::now();
        let mut one = Machine::boot(Disk::fresh(1), "one", now);
        let mut exchange = Exchange::new();
        let mut backup = exchange.clone();
        let honest = |it: &Step| !matches!(it, Step::Restore | Step::BackUp);
        for step in before.into_iter().filter(honest) {
            play(&mut one, &mut exchange, &mut backup, &mut now, step);
        }
        let mut other = Machine::boot(one.disk.clone(), "other", now);
        one.record(now);
        other.record(now);
        for (ones, step) in after.into_iter().filter(|(_, it)| honest(it)) {
            let machine = if ones { &mut one } else { &mut other };
            play(machine, &mut exchange, &mut backup, &mut now, step);
        }

        now = one.calm_down(&mut exchange, now);
        now = other.calm_down(&mut exchange, now);
        // Each learns of it when it has something to say.
        one.record(now);
        other.record(now);
        now = one.calm_down(&mut exchange, now);
        other.calm_down(&mut exchange, now);

        prop_assert!(exchange.peer.quarantine().is_some());
        prop_assert!(one.quarantined.is_some() && other.quarantined.is_some());
        let (ones, others) = (&one.disk.entries, &other.disk.entries);
        prop_assert!(ones.starts_with(&exchange.log) || others.starts_with(&exchange.log));
        // Whatever was not taken over is kept apart.
        for entry in ones.iter().chain(others) {
            let kept = exchange.log.contains(entry) || exchange.aside.contains(entry);
            prop_assert!(kept, "entry {} is lost", entry.number);
        }
    }
}

#[test]
fn an_older_copy_of_the_disk_is_named_as_one() {
    let now = Instant::now();
    let mut exchange = Exchange::new();
    let mut machine = Machine::boot(Disk::fresh(1), "true", now);
    machine.record(now);
    let old = machine.disk.clone();
    machine.record(now);
    let now = machine.calm_down(&mut exchange, now);

    let mut restored = Machine::boot(old, "true", now);
    restored.calm_down(&mut exchange, now);

    assert_eq!(exchange.peer.quarantine(), Some(Contradiction::Rewound));
    assert_eq!(restored.quarantined, Some(Contradiction::Rewound));
}

#[test]
fn an_earlier_journal_that_speaks_again_is_named_and_a_released_station_goes_on() {
    let now = Instant::now();
    let mut exchange = Exchange::new();
    let mut stolen = Machine::boot(Disk::fresh(1), "old", now);
    stolen.record(now);
    let now = stolen.calm_down(&mut exchange, now);
    let mut repaired = Machine::boot(Disk::fresh(2), "new", now);
    repaired.record(now);
    let now = repaired.calm_down(&mut exchange, now);
    assert_eq!(repaired.quarantined, None);

    stolen.record(now);
    let now = stolen.calm_down(&mut exchange, now);
    assert_eq!(exchange.peer.quarantine(), Some(Contradiction::Superseded));
    assert_eq!(exchange.aside.len(), 1);
    exchange.peer.release();
    repaired.record(now);
    repaired.calm_down(&mut exchange, now);

    assert_eq!(repaired.disk.acknowledged, 2);
    assert_eq!(exchange.log.len(), 3);
}

#[test]
fn a_new_journal_is_not_told_what_the_old_one_was_told() {
    let now = Instant::now();
    let mut exchange = Exchange::new();
    exchange.publish();
    exchange.publish();
    let mut old = Machine::boot(Disk::fresh(1), "old", now);
    let now = old.calm_down(&mut exchange, now);
    assert_eq!(old.disk.told.len(), 2);
    old.crash(now);
    let now = old.calm_down(&mut exchange, now);

    let mut new = Machine::boot(Disk::fresh(2), "new", now);
    exchange.publish();
    new.calm_down(&mut exchange, now);

    assert_eq!(
        new.disk.told,
        exchange.published().skip(2).collect::<Vec<_>>()
    );
}
