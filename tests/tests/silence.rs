//! Whole visits with every log at TRACE: no invented person is in it.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

use std::path::Path;

use bench::{magnetic_stripe_reader::Mood as CardMood, people::PEOPLE};
use kiosk::visit::view::{InsertCard, Screen};
use sandbox::Mood;
use serde_json::Value;
use tests::{
    log::Log,
    office::TUESDAY_10_00,
    stand::Stand,
    walk::{CITIZEN, Stop},
};

#[test]
fn no_person_is_ever_in_the_log() {
    let log = Log::listen();
    let mut stand = Stand::open(TUESDAY_10_00);

    a_visit_that_ends_well(&mut stand);
    a_visit_with_every_mistake(&mut stand);
    visits_to_a_network_in_a_mood(&mut stand);
    a_visit_cut_off_from_the_exchange(&mut stand);

    let text = log.text();
    for witness in ["kiosk", "exchange", "sandbox", "drivers", "journal", "link"] {
        assert!(
            text.contains(witness),
            "{witness} logged nothing: the log is not whole"
        );
    }
    let people = people();
    assert!(people.len() > 50, "the invented people were not found");
    for person in &people {
        if let Some(at) = text.find(person.as_str()) {
            let line = text[..at].lines().count();
            panic!("line {line} of the log names a person");
        }
    }
}

fn a_visit_that_ends_well(stand: &mut Stand) {
    stand.walk_to(Stop::Service);
    stand.go_on();
}

/// A damaged card, a strange card, a wrong number, a number that cannot be.
fn a_visit_with_every_mistake(stand: &mut Stand) {
    stand.walk_to(Stop::Service);
    stand.touch("신청 시작하기");
    stand.wait_for("insert-card");
    for mood in [CardMood::Damaged, CardMood::Truncated, CardMood::Stranger] {
        stand.bench.card_reader.with(|reader| reader.mood = mood);
        stand.insert_card(CITIZEN);
        stand.wait_until("the card is read", |view| {
            view.screen == Screen::InsertCard(InsertCard::Reading)
        });
        stand.wait_until("the card is refused", |view| {
            matches!(view.screen, Screen::InsertCard(InsertCard::Refused(_)))
        });
        stand.pull_card();
    }
    stand
        .bench
        .card_reader
        .with(|reader| reader.mood = CardMood::Well);
    stand.insert_card(CITIZEN);
    stand.wait_for("resident-number");
    for wrong in [PEOPLE[1].resident_number, "9013999999999"] {
        stand.type_digits(wrong);
        stand.touch("다 입력했어요");
        stand.wait_until(
            "the number is refused",
            |view| matches!(&view.screen, Screen::ResidentNumber(entry) if entry.refusal.is_some()),
        );
        stand.touch("모두 지우기");
    }
    stand.touch("처음으로");
    stand.wait_for("take-card");
    stand.go_on();
}

fn visits_to_a_network_in_a_mood(stand: &mut Stand) {
    for mood in [Mood::Nonsense, Mood::Misfit, Mood::Truncated, Mood::Failing] {
        stand.office.set_mood("people-id", mood);
        stand.walk_to(Stop::Service);
        stand.go_on();
    }
}

fn a_visit_cut_off_from_the_exchange(stand: &mut Stand) {
    stand.office.set_mood("people-id", Mood::Well);
    stand.walk_to(Stop::Review);
    stand.cable.cut();
    stand.go_on();
}

/// Names and resident numbers of everybody the networks know, and of the cards.
fn people() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../callcenter/exchange/sandbox/data");
    let mut found: Vec<String> = PEOPLE
        .iter()
        .flat_map(|person| [person.name, person.resident_number])
        .map(str::to_owned)
        .collect();
    for file in ["people-id.json", "family-record.json", "land-registry.json"] {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        collect(&serde_json::from_str(&text).unwrap(), &mut found);
    }
    let hyphened: Vec<String> = found
        .iter()
        .filter(|it| it.len() == 13 && it.bytes().all(|byte| byte.is_ascii_digit()))
        .map(|it| format!("{}-{}", &it[..6], &it[6..]))
        .collect();
    found.extend(hyphened);
    found.sort();
    found.dedup();
    found
}

fn collect(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text)
                        if ["name", "name_latin", "resident_number"].contains(&name.as_str()) =>
                    {
                        found.push(text.clone());
                    }
                    other => collect(other, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
