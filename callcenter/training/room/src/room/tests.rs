//! Stories of trainees at the real workplace, as the caller and the room have them.

mod bench;
mod visits;

use std::time::Duration;

use training::{Goal, Kind};

use super::view::{Notice, Pane, Stage};
use bench::Bench;

/// Longer than any line takes.
const WHILE: Duration = Duration::from_secs(3);

#[test]
fn a_trainee_who_asks_and_listens_prepares_what_is_wanted_and_passes() {
    let mut bench = Bench::signed_in();
    bench.begins("land-ledger");
    bench.answers_the_call();
    assert!(bench.is_at(Stage::Talking));
    let Goal::Request(wanted) = bench.caller().goal else {
        panic!("nothing is wanted");
    };
    let district = bench.words_of("districts", wanted.answers["district"].reveal());
    let parcel = wanted.answers["parcel_number"].reveal().clone();

    bench.press(&["F2"]);
    bench.opens_service("ㅌㅈㄷㅈ");
    bench.press(&["Enter"]);
    // Whatever he says wrong first he puts right when he is asked again.
    bench.asks_until_told(&district);
    bench.fills("district", &district);
    bench.press(&["Alt+1"]);
    bench.asks_until_told(&parcel);
    bench.fills("parcel_number", &parcel);
    bench.asks_until_told(&wanted.copies.to_string());
    for _ in 1..wanted.copies {
        bench.press(&["Ctrl+↑"]);
    }
    bench.press(&["Enter", "Enter"]);
    bench.hears_the_caller_hang_up();
    bench.press(&["F6"]);

    let Pane::Judged { points, passed, .. } = bench.pane() else {
        panic!("{:?}", bench.pane());
    };
    assert_eq!((points, passed), (100, true));
    let record = bench.only_record();
    assert_eq!(record.kind, Kind::Exercise);
    assert_eq!((record.agent.as_str(), record.seed), ("kim.2", 3));
    bench.key(super::Key::Choose);
    assert_eq!(bench.passed(), ["land-ledger"]);
}

#[test]
fn a_request_with_other_values_is_prepared_for_nobody() {
    let mut bench = Bench::signed_in();
    bench.begins("land-ledger");
    bench.answers_the_call();

    bench.press(&["F2"]);
    bench.opens_service("ㅌㅈㄷㅈ");
    bench.press(&["Enter"]);
    bench.fills("district", "새빛");
    bench.press(&["Alt+1"]);
    bench.fills("parcel_number", "9999");
    bench.press(&["Enter", "Enter"]);
    bench.hangs_up();
    bench.press(&["F6"]);

    let Pane::Judged {
        passed, findings, ..
    } = bench.pane()
    else {
        panic!("{:?}", bench.pane());
    };
    let prepared = findings.iter().find(|it| it.possible == 50).unwrap();
    assert!(!passed && !prepared.kept);
}

#[test]
fn who_wants_a_word_is_content_with_an_explanation_and_not_with_a_cough() {
    let mut bench = Bench::signed_in();
    bench.begins("seal-certificate");
    bench.answers_the_call();

    bench.speaks_for(Duration::from_secs(1));
    bench.waits(Duration::from_secs(8));
    assert!(!bench.has_hung_up());
    bench.speaks_for(Duration::from_secs(6));
    bench.hears_the_caller_hang_up();
    bench.press(&["F6"]);

    let Pane::Judged { passed, .. } = bench.pane() else {
        panic!("{:?}", bench.pane());
    };
    assert!(passed);
}

#[test]
fn who_talks_into_the_callers_words_is_not_heard() {
    let mut bench = Bench::signed_in();
    bench.begins("land-ledger");
    bench.picks_up();

    bench.sounds(Duration::from_millis(600));
    bench.waits(Duration::from_secs(2));
    assert_eq!(bench.lines_said(), 1);

    bench.sounds(Duration::from_millis(600));
    assert_eq!(bench.lines_said(), 2);
}

#[test]
fn a_caller_given_over_to_the_right_office_is_where_he_wanted_to_be() {
    let mut bench = Bench::signed_in();
    bench.begins("tax-office");
    bench.answers_the_call();
    bench.speaks_for(WHILE);

    bench.press(&["F8"]);
    bench.looks_for("세무");
    bench.press(&["Ctrl+T"]);
    bench.gives_the_caller_over();
    bench.press(&["F6"]);

    let Pane::Judged { points, passed, .. } = bench.pane() else {
        panic!("{:?}", bench.pane());
    };
    assert_eq!((points, passed), (100, true));
}

#[test]
fn a_caller_who_is_hung_up_on_was_not_kept() {
    let mut bench = Bench::signed_in();
    bench.begins("tax-office");
    bench.answers_the_call();

    bench.hangs_up();
    bench.press(&["F6"]);

    let Pane::Judged { passed, .. } = bench.pane() else {
        panic!("{:?}", bench.pane());
    };
    assert!(!passed);
}

#[test]
fn a_center_that_takes_no_call_is_told_and_costs_nothing() {
    let mut bench = Bench::signed_in();
    bench.begins("land-ledger");

    bench.line_ends();

    assert_eq!(bench.notice(), Some(Notice::NoCall));
    assert!(matches!(bench.pane(), Pane::Choose { .. }));
    assert!(bench.has_no_record());
}

#[test]
fn an_exercise_that_is_broken_off_hangs_up_and_leaves_no_record() {
    let mut bench = Bench::signed_in();
    bench.begins("land-ledger");
    bench.answers_the_call();

    bench.key(super::Key::Back);

    assert!(bench.has_hung_up());
    assert!(matches!(bench.pane(), Pane::Choose { .. }));
    assert!(bench.has_no_record());
}

#[test]
fn nobody_is_trained_who_has_not_signed_in() {
    let mut bench = Bench::empty();

    bench.key(super::Key::Choose);

    assert_eq!(bench.notice(), Some(Notice::SignInFirst));
}

#[test]
fn the_test_at_the_end_is_marked_and_written_down() {
    let mut bench = Bench::signed_in();
    bench.chooses_the_test();

    for _ in 0..5 {
        assert!(matches!(bench.pane(), Pane::Question { of: 5, .. }));
        bench.key(super::Key::Answer(9));
        bench.key(super::Key::Answer(0));
    }

    let Pane::Marked { of, .. } = bench.pane() else {
        panic!("{:?}", bench.pane());
    };
    assert_eq!(of, 5);
    assert_eq!(bench.only_record().kind, Kind::Examination);
}
