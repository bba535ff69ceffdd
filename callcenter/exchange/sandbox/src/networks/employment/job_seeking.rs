//! Somebody registers as looking for work.

use serde_json::{Value, json};
use world::{Person, World};

use crate::networks::{Parameters, asked_by};

/// Who may work.
const AGES: std::ops::Range<i32> = 16..76;

/// By resident number, with what is wanted.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let persons = world.persons().iter().filter(|it| may_work(world, it));
    let question = |it: &Person| {
        let number = it.resident_number.as_str();
        asked_by([
            ("resident_number", number),
            ("occupation", "office"),
            ("hours", "full"),
        ])
    };
    persons.map(question).collect()
}

fn may_work(world: &World, person: &Person) -> bool {
    person.alive_on(world.today()) && AGES.contains(&person.age_on(world.today()))
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let number = asked.get("resident_number")?;
    if let Some(record) = world.known().job_seekers.get(number) {
        return Some(record.clone());
    }
    let person = world
        .person_by_number(number)
        .filter(|it| may_work(world, it))?;
    let received = world.today();
    // Behind the numbers of the known ones.
    let receipt = format!("{}-{:07}", received.year(), 1_100_000 + person.id.0);
    Some(json!({
        "receipt_number": receipt,
        "received_on": received,
        "registered_until": received.plus_months(3),
        "center": { "ko": "한빛고용센터", "en": "Hanbit employment center" },
        "applicant": {
            "name": person.name,
            "name_latin": person.name_latin,
            "resident_number": person.resident_number,
        },
    }))
}
