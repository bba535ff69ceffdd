//! What each rule is worth, and the written form.

use request::Timestamp;

use super::score;
use crate::{
    Certainty, Disclosure, Event, Exercise, Kind, Must, Obligation, Score, TrainingRecord,
    practice::{as_wanted, rings, seconds, something_else},
};

/// Plays events four seconds apart, and judges.
fn judged(id: &str, events: impl FnOnce(&Exercise) -> Vec<Event>) -> Score {
    let (scenario, mut exercise, mut now) = rings(id, 5);
    for event in events(&exercise) {
        now += seconds(4);
        exercise.handle(event, now);
    }
    score(&scenario, exercise.caller(), exercise.observed())
}

fn broken(score: &Score) -> Vec<&Must> {
    let broken = score.findings.iter().filter(|it| !it.kept);
    let musts = broken.filter_map(|it| match &it.must {
        Obligation::OnTheTelephone(must) => Some(must),
        Obligation::AtAKiosk(_) => None,
    });
    musts.collect()
}

#[test]
fn a_request_before_its_holder_said_who_calls_fails_whatever_the_points() {
    let prepare = |exercise: &Exercise| Event::Prepared(as_wanted(exercise.caller()));
    let right = judged("household-register", |it| {
        let sure = Event::Identified(Certainty::Stated);
        vec![
            Event::Answered,
            sure,
            prepare(it),
            Event::HungUp,
            Event::WrappedUp,
        ]
    });
    let wrong = judged("household-register", |it| {
        let late = Event::Identified(Certainty::Stated);
        vec![
            Event::Answered,
            prepare(it),
            late,
            Event::HungUp,
            Event::WrappedUp,
        ]
    });

    assert_eq!((right.points, right.passed), (100, true));
    assert_eq!((wrong.points, wrong.passed), (80, false));
    assert_eq!(broken(&wrong), [&Must::Identify(Certainty::Stated)]);
}

#[test]
fn a_record_is_told_to_nobody_and_an_earlier_request_to_who_knew_it() {
    let told = |what, sure: Option<Certainty>| {
        let score = judged("someone-elses-request", |_| {
            let sure = sure.map(Event::Identified);
            let begin = std::iter::once(Event::Answered).chain(sure);
            let end = [Event::Disclosed(what), Event::Explained, Event::HungUp];
            begin.chain(end).chain([Event::WrappedUp]).collect()
        });
        score.passed
    };

    assert!(!told(Disclosure::EarlierRequests, None));
    assert!(!told(Disclosure::EarlierRequests, Some(Certainty::Stated)));
    assert!(told(Disclosure::EarlierRequests, Some(Certainty::Checked)));
    assert!(!told(Disclosure::Records, Some(Certainty::Checked)));
}

#[test]
fn other_values_two_requests_and_the_wrong_office_give_no_points() {
    let other = judged("land-ledger", |_| {
        vec![
            Event::Answered,
            Event::Prepared(something_else()),
            Event::HungUp,
        ]
    });
    let twice = judged("land-ledger", |it| {
        let wanted = Event::Prepared(as_wanted(it.caller()));
        vec![
            Event::Answered,
            Event::Prepared(something_else()),
            wanted,
            Event::WrappedUp,
        ]
    });
    let away = judged("tax-office", |_| {
        vec![
            Event::Answered,
            Event::Transferred("other".to_owned()),
            Event::WrappedUp,
        ]
    });
    let right = judged("tax-office", |_| {
        vec![
            Event::Answered,
            Event::Transferred("gaon-tax".to_owned()),
            Event::WrappedUp,
        ]
    });

    assert!(broken(&other).contains(&&Must::Prepare));
    assert!(broken(&twice).contains(&&Must::Prepare));
    assert_eq!(broken(&away), [&Must::Transfer, &Must::KeepCaller]);
    assert_eq!((right.points, right.passed), (100, true));
}

#[test]
fn a_finding_says_why_in_both_languages() {
    let score = judged("land-ledger", |it| {
        vec![
            Event::Answered,
            Event::Prepared(as_wanted(it.caller())),
            Event::HungUp,
        ]
    });

    let said: Vec<_> = score
        .findings
        .iter()
        .map(|it| (it.why_ko.as_str(), it.why_en.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            ("전화를 받기까지 4초, 20초까지", "Answered: 4 s, up to 20 s"),
            ("후처리를 끝내지 않았어요", "The wrap-up was not ended"),
            ("바라던 대로 접수했어요", "Prepared as it was wanted"),
            ("통화 8초, 300초까지", "Talk: 8 s, up to 300 s"),
            (
                "전화한 사람이 바라던 것을 얻었어요",
                "The caller got what they called for"
            ),
        ]
    );
}

#[test]
fn a_record_is_written_as_it_always_was() {
    let frozen = r#"{"agent":"agent-1","kind":"exercise","scenario":"tax-office","version":1,"seed":5,"ended_at":1764374400000,"score":{"points":40,"passed":false,"findings":[{"must":{"answer-within":20},"kept":true,"points":10,"possible":10,"why_ko":"전화를 받기까지 4초, 20초까지","why_en":"Answered: 4 s, up to 20 s"},{"must":{"wrap-up-within":60},"kept":true,"points":10,"possible":10,"why_ko":"후처리 4초, 60초까지","why_en":"Wrap-up: 4 s, up to 60 s"},{"must":"transfer","kept":false,"points":0,"possible":50,"why_ko":"맡은 부서로 연결하지 않았어요","why_en":"Not given over to the office in charge"},{"must":"prepare-nothing","kept":true,"points":10,"possible":10,"why_ko":"접수할 것이 없었고 접수하지 않았어요","why_en":"There was nothing to prepare, and nothing was"},{"must":{"hold-at-most":45},"kept":true,"points":10,"possible":10,"why_ko":"가장 긴 보류 0초, 45초까지","why_en":"Longest hold: 0 s, up to 45 s"},{"must":"keep-caller","kept":false,"points":0,"possible":10,"why_ko":"전화가 바라던 것 없이 끝났어요","why_en":"The call ended without what it was for"}]}}"#;
    let record = TrainingRecord {
        agent: "agent-1".to_owned(),
        kind: Kind::Exercise,
        scenario: "tax-office".to_owned(),
        version: 1,
        seed: 5,
        ended_at: Timestamp::from_millis(1_764_374_400_000),
        score: judged("tax-office", |_| {
            vec![Event::Answered, Event::HungUp, Event::WrappedUp]
        }),
    };

    assert_eq!(serde_json::to_string(&record).unwrap(), frozen);
    // Before there were versions.
    let older = frozen.replacen(r#""version":1,"#, "", 1);
    assert_eq!(
        serde_json::from_str::<TrainingRecord>(&older).unwrap(),
        record
    );
    let read: TrainingRecord = serde_json::from_str(frozen).unwrap();
    assert_eq!(read, record);
}
