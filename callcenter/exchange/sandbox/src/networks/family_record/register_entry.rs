//! How persons and what was entered on them stand in the family register.

use serde_json::{Value, json};
use world::{Bilingual, Date, Person, World};

use crate::networks::{
    Parameters,
    entries::{asked_person, of_residents},
};

/// The registers of today began (2008-01-01).
pub(super) const BEGAN: Date = Date(13_879);

/// What is asked of everybody who is in the register and has a record.
pub(super) fn of_registered(
    world: &World,
    others: &[(&str, &str)],
    has_record: impl Fn(&Person) -> bool,
) -> Vec<Parameters> {
    of_residents(world, others, |it| is_registered(it) && has_record(it))
}

pub(super) fn registered<'a>(world: &'a World, asked: &Parameters) -> Option<&'a Person> {
    asked_person(world, asked).filter(|it| is_registered(it))
}

/// Foreigners are in no family register, nor is who has no registration base.
fn is_registered(person: &Person) -> bool {
    !person.is_foreign() && !person.registration_base.ko.is_empty()
}

/// A person as a row of the register.
pub(super) fn row(person: &Person) -> Value {
    let clan = Some(&person.clan).filter(|it| !person.is_foreign() && !it.ko.is_empty());
    json!({
        "name": person.name,
        "name_latin": person.name_latin,
        "resident_number": person.resident_number,
        "sex": person.sex,
        "deceased": person.died.is_some(),
        "clan": clan,
    })
}

pub(super) fn entry(kind: &str, current: bool, items: Vec<(&str, Bilingual)>) -> Value {
    let item = |(item, value): (&str, Bilingual)| json!({ "item": item, "value": value });
    let items: Vec<Value> = items.into_iter().map(item).collect();
    json!({ "kind": kind, "current": current, "items": items })
}

pub(super) fn day(date: Date) -> Bilingual {
    Bilingual::of(date.to_string(), date.to_string())
}

pub(super) fn name(person: &Person) -> Bilingual {
    Bilingual::of(person.name.as_str(), person.name_latin.as_str())
}

/// Where it was reported: the borough of the registration base.
pub(super) fn office(person: &Person) -> Bilingual {
    let base = &person.registration_base;
    let ko: Vec<&str> = base.ko.split_whitespace().take(2).collect();
    let mut en: Vec<&str> = base.en.rsplit(", ").take(2).collect();
    en.reverse();
    Bilingual::of(ko.join(" "), en.join(", "))
}
