//! The registration of a foreigner: status of stay and places of stay.

use serde_json::{Value, json};
use world::World;

use crate::networks::{Parameters, entries::of_residents};

/// By alien registration number.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    of_residents(world, &[], |it| it.alien.is_some())
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = world.person_by_number(asked.get("resident_number")?)?;
    let alien = person.alien.as_ref().filter(|_| person.died.is_none())?;
    let residences: Vec<Value> = person
        .residences
        .iter()
        .map(|it| json!({ "from": it.from, "address": it.address }))
        .collect();
    Some(json!({
        "person": {
            "name": person.name, "name_latin": person.name_latin, "sex": person.sex, "born": person.born,
            "nationality": person.nationality, "registration_number": person.resident_number,
            "passport_number": alien.passport,
        },
        "status": { "code": alien.status, "title": alien.status_name, "until": alien.until },
        "entered_on": alien.entered,
        "registered_on": alien.registered,
        "residences": residences,
    }))
}
