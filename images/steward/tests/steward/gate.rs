//! The health gate: what undoes an image, and what does not.

use std::{collections::BTreeSet, time::Duration};

use fleet::CheckResult;
use request::Timestamp;
use steward::{
    gate::{Event, Gate, PATIENCE, Surroundings, Verdict},
    pulse::{Port, Pulse},
};

use crate::NOON;

const SERVING: Surroundings = Surroundings {
    tpm: true,
    root_is_proven: true,
    var_is_encrypted: true,
    in_service: true,
};

fn pulse(ports: &[(&str, Port)]) -> Event {
    Event::Pulse(Some(Box::new(Pulse {
        at: NOON,
        started_at: NOON,
        first_frame: true,
        screen: "welcome".to_owned(),
        visit: false,
        maintenance: false,
        journal: true,
        line: true,
        ports: ports
            .iter()
            .map(|(role, port)| ((*role).to_owned(), *port))
            .collect(),
    })))
}

fn gate(surroundings: Surroundings, well_before: &[&str]) -> Gate {
    let well: BTreeSet<String> = well_before.iter().map(|it| (*it).to_owned()).collect();
    Gate::new(surroundings, well, NOON)
}

fn result(verdict: &Verdict, what: &str) -> CheckResult {
    verdict
        .checks
        .iter()
        .find(|it| it.what == what)
        .unwrap()
        .result
}

fn later(seconds: u64) -> Timestamp {
    NOON + Duration::from_secs(seconds)
}

#[test]
fn a_kiosk_that_shows_writes_and_prints_is_a_good_start() {
    let mut gate = gate(SERVING, &["cash"]);
    gate.handle(pulse(&[("cash", Port::Well)]), later(5));
    assert_eq!(gate.poll_verdict(), None, "a paper was not tried yet");
    assert!(gate.wants_dry_run());

    gate.handle(Event::DryRun(Ok(())), later(6));

    let verdict = gate.poll_verdict().unwrap();
    assert!(verdict.good);
    assert!(verdict.ports.contains("cash"));
}

#[test]
fn a_machine_that_is_not_in_service_needs_a_picture_alone() {
    let mut gate = gate(
        Surroundings {
            in_service: false,
            ..SERVING
        },
        &[],
    );
    gate.handle(pulse(&[]), later(5));

    let verdict = gate.poll_verdict().unwrap();
    assert!(verdict.good);
    assert_eq!(result(&verdict, "papers"), CheckResult::Skipped);
}

#[test]
fn no_picture_within_the_patience_is_no_start() {
    let mut gate = gate(SERVING, &[]);
    assert_eq!(gate.poll_timeout(), Some(NOON + PATIENCE));
    gate.handle_timeout(NOON + PATIENCE);

    let verdict = gate.poll_verdict().unwrap();
    assert!(!verdict.good);
    assert_eq!(result(&verdict, "screen"), CheckResult::Failed);
}

#[test]
fn a_program_that_ends_again_and_again_is_not_waited_for_and_says_why() {
    let mut gate = gate(SERVING, &[]);
    gate.handle(Event::Ends(2), later(8));
    assert!(gate.wants_dry_run());
    gate.handle(
        Event::DryRun(Err("the catalogue cannot be read".to_owned())),
        later(9),
    );
    gate.handle(Event::Ends(6), later(20));

    let verdict = gate.poll_verdict().unwrap();
    assert!(!verdict.good);
    let papers = verdict
        .checks
        .iter()
        .find(|it| it.what == "papers")
        .unwrap();
    assert!(papers.detail.contains("catalogue"), "{papers:?}");
}

#[test]
fn a_port_counts_only_when_it_was_well_before_and_does_not_answer_now() {
    for (before, now, good) in [
        (vec!["cash"], Some(Port::Well), true),
        // Its tray is empty: it answers.
        (vec!["cash"], Some(Port::Trouble), true),
        (vec!["cash"], Some(Port::Absent), false),
        (vec!["cash"], None, false),
        // It was broken before: no fault of this version.
        (vec![], Some(Port::Absent), true),
    ] {
        let mut gate = gate(SERVING, &before);
        let ports: Vec<(&str, Port)> = now.map(|it| ("cash", it)).into_iter().collect();
        gate.handle(pulse(&ports), later(5));
        gate.handle(Event::DryRun(Ok(())), later(6));
        gate.handle(pulse(&ports), later(70));
        let verdict = gate.poll_verdict().unwrap();
        assert_eq!(verdict.good, good, "{before:?} {now:?}");
    }
}

#[test]
fn where_there_is_a_tpm_root_and_disk_must_be_what_they_should() {
    for (root, disk) in [(false, true), (true, false)] {
        let surroundings = Surroundings {
            root_is_proven: root,
            var_is_encrypted: disk,
            ..SERVING
        };
        let mut gate = gate(surroundings, &[]);
        gate.handle(pulse(&[]), later(5));
        gate.handle(Event::DryRun(Ok(())), later(6));
        assert!(!gate.poll_verdict().unwrap().good);
    }
}
