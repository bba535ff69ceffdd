//! Questions out of a record: the same for the same seed, about different things, and
//! none that gives anything away.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

mod household;

use std::collections::BTreeSet;

use vouching::{NotDrawn, draw};

use household::{BITNA, Household, check};

fn ids(seed: u64, household: &Household) -> Vec<String> {
    let drawn = draw(&check(), &household.record(), &household.asks(BITNA), seed).unwrap();
    drawn.into_iter().map(|it| it.id).collect()
}

#[test]
fn a_seed_draws_the_same_questions_and_another_one_others() {
    let household = Household::default();

    assert_eq!(ids(7, &household), ids(7, &household));
    let orders: BTreeSet<_> = (0..64).map(|seed| ids(seed, &household)).collect();
    assert!(orders.len() > 20, "{}", orders.len());
}

#[test]
fn nothing_is_asked_about_twice_before_everything_was_asked_about_once() {
    let check = check();
    for seed in 0..200 {
        let ids = ids(seed, &Household::default());

        let about = |id: &String| check.question(id).unwrap().about.clone();
        let first: BTreeSet<_> = ids.iter().take(4).map(about).collect();
        assert_eq!(first.len(), 4, "{ids:?}");
        assert_eq!(ids.len(), check.bounds.asked_max as usize);
    }
}

#[test]
fn a_number_without_its_name_and_a_name_without_its_number_are_nobody() {
    let household = Household::default();
    let drawn = |name: &str, number: &str| {
        let applicant = household::applicant(name, number);
        draw(&check(), &household.record(), &applicant, 1).map(drop)
    };

    assert_eq!(drawn("한빛나", BITNA), Ok(()));
    assert_eq!(drawn(" 한 빛 나 ", BITNA), Ok(()));
    assert_eq!(drawn("이서우", BITNA), Err(NotDrawn::SomebodyElse));
    assert_eq!(drawn("", BITNA), Err(NotDrawn::SomebodyElse));
    assert_eq!(
        drawn("한빛나", "9001012990015"),
        Err(NotDrawn::SomebodyElse)
    );
}

#[test]
fn who_lives_alone_and_never_moved_is_asked_nothing() {
    let household = Household {
        others: false,
        history: false,
    };

    let drawn = draw(&check(), &household.record(), &household.asks(BITNA), 1);

    let few = drawn.map(|it| it.len());
    // Street, neighborhood and month of moving in: three, and three are needed.
    assert_eq!(few, Ok(3));
    let mut record = household.record();
    record["members"][0]["moved_in"] = "unknown".into();
    let drawn = draw(&check(), &record, &household.asks(BITNA), 1);
    assert_eq!(drawn.map(drop), Err(NotDrawn::TooFewQuestions));
}

#[test]
fn what_is_no_record_is_nobodys() {
    let household = Household::default();
    for record in [
        "null",
        "[]",
        "7",
        r#"{"members":{}}"#,
        r#"{"members":[null]}"#,
    ] {
        let record = serde_json::from_str(record).unwrap();

        let drawn = draw(&check(), &record, &household.asks(BITNA), 1);

        assert_eq!(drawn.map(drop), Err(NotDrawn::SomebodyElse));
    }
}

#[test]
fn no_wording_says_what_the_record_says() {
    let household = Household::default();
    let record = household.record().to_string();

    for question in draw(&check(), &household.record(), &household.asks(BITNA), 3).unwrap() {
        let words = question.wording.ko + " " + &question.wording.en;
        for secret in ["다온", "이든", "늘봄", "이서우", "SEOU", "2015", BITNA] {
            assert!(record.contains(secret) && !words.contains(secret));
        }
    }
}
