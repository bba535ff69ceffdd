//! Which release is taken, and when it starts.

use std::time::Duration;

use fleet::{Release, Rollback, Version};
use request::Timestamp;
use steward::{
    book::{Book, Staged, StagedState, Start},
    updates::{Command, Event, Here, Refused, Updates, accepts},
};

use crate::NOON;

pub(crate) fn version(text: &str) -> Version {
    text.parse().unwrap()
}

pub(crate) fn release(text: &str) -> Release {
    Release {
        version: version(text),
        model: "lobby".to_owned(),
        made_at: NOON,
        from: None,
        root_hash: String::new(),
        measured: Vec::new(),
        artefacts: Vec::new(),
    }
}

fn rolled_back(text: &str) -> Book {
    Book {
        rollbacks: vec![Rollback {
            failed: version(text),
            back_to: version("2"),
            at: NOON,
            checks: Vec::new(),
            log: Vec::new(),
        }],
        ..Book::default()
    }
}

#[test]
fn a_release_is_taken_when_it_is_newer_of_this_model_and_did_not_fail_here() {
    let (running, book) = (version("2"), rolled_back("3"));
    let here = |again| Here {
        model: "lobby",
        running: &running,
        book: &book,
        again,
    };
    assert_eq!(accepts(&release("4"), &here(false)), Ok(()));
    assert_eq!(
        accepts(&release("2"), &here(false)),
        Err(Refused::NotNewer(version("2")))
    );
    assert_eq!(
        accepts(&release("1.9"), &here(false)),
        Err(Refused::NotNewer(version("2")))
    );
    assert_eq!(
        accepts(&release("3"), &here(false)),
        Err(Refused::FailedHere(version("3")))
    );
    assert_eq!(accepts(&release("3"), &here(true)), Ok(()));
    let other = Release {
        model: "wall".to_owned(),
        ..release("4")
    };
    assert_eq!(
        accepts(&other, &here(false)),
        Err(Refused::OtherModel("wall".to_owned()))
    );
    let late = Release {
        from: Some(version("3.5")),
        ..release("4")
    };
    assert_eq!(
        accepts(&late, &here(false)),
        Err(Refused::StepMissing(version("3.5")))
    );
}

fn commands(updates: &mut Updates) -> Vec<Command> {
    std::iter::from_fn(|| updates.poll_command()).collect()
}

#[test]
fn it_is_laid_down_when_nobody_stands_there_and_starts_out_of_hours() {
    let mut updates = Updates::new(version("1"), None);
    let ready = Event::Ready {
        version: version("2"),
        not_before: NOON,
    };
    updates.handle(ready, NOON);
    assert_eq!(
        commands(&mut updates),
        [],
        "nobody knows whether somebody stands there"
    );
    updates.handle(Event::Busy(Some(true)), NOON);
    assert_eq!(commands(&mut updates), []);
    updates.handle(Event::Busy(Some(false)), NOON);
    assert_eq!(
        commands(&mut updates),
        [Command::Keep, Command::Install(version("2"))]
    );

    updates.handle(Event::Installed(version("2")), NOON);
    assert_eq!(
        commands(&mut updates),
        [Command::Keep],
        "the office is open"
    );
    updates.handle(Event::Busy(Some(true)), NOON);
    updates.handle(Event::Hours { open: false }, NOON);
    assert_eq!(commands(&mut updates), [], "somebody stands there");
    updates.handle(Event::Busy(Some(false)), NOON);
    assert_eq!(commands(&mut updates), [Command::Keep, Command::Restart]);
    updates.handle(Event::Busy(Some(false)), NOON);
    assert_eq!(commands(&mut updates), [], "it is told once");
}

#[test]
fn a_wave_that_has_not_come_yet_is_waited_for() {
    let tomorrow: Timestamp = NOON + Duration::from_hours(24);
    let mut updates = Updates::new(version("1"), None);
    updates.handle(Event::Busy(Some(false)), NOON);
    let ready = Event::Ready {
        version: version("2"),
        not_before: tomorrow,
    };
    updates.handle(ready, NOON);
    assert_eq!(commands(&mut updates), []);
    assert_eq!(updates.poll_timeout(), Some(tomorrow));
    updates.handle_timeout(tomorrow);
    assert_eq!(commands(&mut updates).len(), 2);
}

#[test]
fn the_version_that_was_activated_and_does_not_run_has_failed_and_its_checks_say_why() {
    let check = fleet::Check {
        what: "papers".to_owned(),
        result: fleet::CheckResult::Failed,
        detail: "no fonts".to_owned(),
    };
    let mut book = Book {
        staged: Some(Staged {
            version: version("2"),
            over: version("1"),
            state: StagedState::Activated,
        }),
        ..Book::default()
    };
    book.note_start(Start {
        version: version("2"),
        boot: "b".to_owned(),
        at: NOON,
        good: false,
        checks: vec![check.clone()],
        log: vec!["the kiosk ended".to_owned()],
    });

    let rollback = book.judge_start(&version("1"), NOON).unwrap();

    assert_eq!(
        (rollback.failed, rollback.back_to),
        (version("2"), version("1"))
    );
    assert_eq!(rollback.checks, [check]);
    assert_eq!(rollback.log, ["the kiosk ended"]);
    assert!(book.has_failed(&version("2")));
    assert_eq!(
        book.judge_start(&version("1"), NOON),
        None,
        "it is told once"
    );
}

#[test]
fn a_version_that_runs_was_no_failure() {
    let mut book = Book {
        staged: Some(Staged {
            version: version("2"),
            over: version("1"),
            state: StagedState::Activated,
        }),
        ..Book::default()
    };
    assert_eq!(book.judge_start(&version("2"), NOON), None);
    assert!(
        book.staged.is_some(),
        "it has not shown yet that it is good"
    );
    book.note_start(Start {
        version: version("2"),
        boot: "b".to_owned(),
        at: NOON,
        good: true,
        checks: Vec::new(),
        log: Vec::new(),
    });
    assert_eq!(book.staged, None);
}

#[test]
fn a_version_that_was_started_by_the_plug_and_failed_is_told_as_any_other() {
    let mut book = Book {
        staged: Some(Staged {
            version: version("2"),
            over: version("1"),
            state: StagedState::Whole,
        }),
        ..Book::default()
    };
    assert_eq!(
        book.judge_start(&version("1"), NOON),
        None,
        "nobody has started it"
    );
    assert_eq!(book.judge_start(&version("2"), NOON), None);
    let rollback = book.judge_start(&version("1"), NOON).unwrap();
    assert_eq!(rollback.failed, version("2"));
}

fn ready(text: &str) -> Event {
    Event::Ready {
        version: version(text),
        not_before: NOON,
    }
}

#[test]
fn a_release_that_is_withdrawn_before_it_is_laid_is_laid_no_more() {
    let mut updates = Updates::new(version("1"), None);
    updates.handle(ready("2"), NOON);
    assert!(!updates.is_looking());
    updates.handle(Event::Withdrawn(version("3")), NOON);
    assert!(!updates.is_looking(), "another one was");
    updates.handle(Event::Withdrawn(version("2")), NOON);
    assert!(updates.is_looking());
    updates.handle(Event::Busy(Some(false)), NOON);
    assert_eq!(commands(&mut updates), []);
}

#[test]
fn what_cannot_be_laid_is_tried_again_after_a_rest() {
    let mut updates = Updates::new(version("1"), None);
    updates.handle(ready("2"), NOON);
    updates.handle(Event::Busy(Some(false)), NOON);
    let laid = [Command::Keep, Command::Install(version("2"))];
    assert_eq!(commands(&mut updates), laid);
    updates.handle(Event::NotInstalled(version("2")), NOON);
    assert_eq!(commands(&mut updates), [Command::Keep]);
    assert!(updates.is_looking());

    let rested = NOON + Duration::from_mins(10);
    updates.handle(ready("2"), NOON);
    assert_eq!(commands(&mut updates), []);
    assert_eq!(updates.poll_timeout(), Some(rested));
    updates.handle_timeout(rested);
    assert_eq!(commands(&mut updates), laid);
}
