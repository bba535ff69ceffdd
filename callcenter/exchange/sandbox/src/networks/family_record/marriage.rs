//! Whom somebody is and was married to.

use serde_json::{Value, json};
use world::{EndOfMarriage, Marriage, Person, World};

use super::register_entry::{day, entry, name, of_registered, office, registered, row};
use crate::networks::Parameters;

/// Who never was gets a paper that says so.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    of_registered(world, &[("kind", "general")], |_| true)
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = registered(world, asked)?;
    let spouse = person.spouse_on(world.today());
    let entries = person
        .marriages
        .iter()
        .flat_map(|it| entries(world, person, it));
    Some(json!({
        "registration_base": person.registration_base,
        "person": row(person),
        "spouse": spouse.map(|it| row(world.person(it))),
        "registrations": entries.collect::<Vec<_>>(),
    }))
}

fn entries(world: &World, person: &Person, marriage: &Marriage) -> Vec<Value> {
    let spouse = name(world.person(marriage.spouse));
    let lasts = marriage.ended.is_none();
    let items = vec![
        ("reported_on", day(marriage.on)),
        ("spouse", spouse.clone()),
        ("office", office(person)),
    ];
    let mut found = vec![entry("marriage", lasts, items)];
    found.extend(marriage.ended.map(|ended| {
        let kind = match ended.how {
            EndOfMarriage::Divorce => "divorce",
            EndOfMarriage::Death => "spouse_death",
        };
        entry(
            kind,
            false,
            vec![("occurred_on", day(ended.on)), ("spouse", spouse)],
        )
    }));
    found
}
