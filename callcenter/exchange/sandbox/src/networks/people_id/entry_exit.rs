//! When somebody left the country and came back, within the days that were asked about.

use serde_json::{Value, json};
use world::{Bilingual, Crossing, Date, Person, World};

use crate::networks::{Parameters, asked_by};

/// All who live here, about the years since 2020.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let until = world.today().to_string();
    let lives = |it: &&Person| it.died.is_none() && it.household.is_some();
    let asked = |it: &Person| {
        asked_by([
            ("resident_number", it.resident_number.as_str()),
            ("from", "2020-01-01"),
            ("until", until.as_str()),
        ])
    };
    world.persons().iter().filter(lives).map(asked).collect()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = world.person_by_number(asked.get("resident_number")?)?;
    let from = Date::parse(asked.get("from")?)?;
    let until = Date::parse(asked.get("until")?)?;
    if until < from {
        return None;
    }
    let crossings = world.crossings(person);
    let within = |it: &&Crossing| (from..=until).contains(&it.on);
    let movements: Vec<Value> = crossings
        .iter()
        .filter(within)
        .map(|it| {
            let kind = if it.leaving { "departure" } else { "entry" };
            json!({ "kind": kind, "on": it.on, "port": it.port })
        })
        .collect();
    let citizen = || Bilingual::of("대한민국", "Republic of Korea");
    let nationality = person
        .nationality
        .as_ref()
        .map_or_else(citizen, |it| it.name.clone());
    Some(json!({
        "person": {
            "name": person.name, "name_latin": person.name_latin, "sex": person.sex,
            "nationality": nationality, "resident_number": person.resident_number,
        },
        "from": from, "until": until,
        "movement_count": movements.len(),
        "movements": movements,
    }))
}
