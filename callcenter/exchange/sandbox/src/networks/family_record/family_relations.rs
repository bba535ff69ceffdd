//! Parents, spouse and children of somebody.

use serde_json::{Value, json};
use world::{Person, PersonId, World};

use crate::networks::{Parameters, asked_by};

/// By resident number; foreigners are in no family register.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let persons = world.persons().iter().filter(|it| !it.is_foreign());
    persons
        .map(|it| {
            asked_by([
                ("resident_number", &it.resident_number),
                ("kind", "general"),
            ])
        })
        .collect()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let number = asked.get("resident_number")?;
    if let Some(record) = world.known().families.get(number) {
        return Some(record.clone());
    }
    let person = world
        .person_by_number(number)
        .filter(|it| !it.is_foreign())?;
    Some(record(world, person))
}

fn record(world: &World, person: &Person) -> Value {
    let relative = |relation: &str, id: &PersonId| {
        let mut entry = entry(world.person(*id));
        entry["relation"] = json!(relation);
        entry
    };
    let spouse = person.spouse_on(world.today());
    let relatives: Vec<Value> = [
        ("father", person.father),
        ("mother", person.mother),
        ("spouse", spouse),
    ]
    .iter()
    .filter_map(|(relation, id)| Some(relative(relation, id.as_ref()?)))
    .chain(person.children.iter().map(|it| relative("child", it)))
    .collect();
    json!({
        "registration_base": person.registration_base,
        "person": entry(person),
        "relatives": relatives,
    })
}

fn entry(person: &Person) -> Value {
    json!({
        "name": person.name,
        "name_latin": person.name_latin,
        "resident_number": person.resident_number,
        "sex": person.sex,
        "deceased": person.died.is_some(),
    })
}
