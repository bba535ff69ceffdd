//! Who adopted whom.

use serde_json::{Value, json};
use world::{Adoption, Bilingual, Person, PersonId, Sex, World};

use super::register_entry::{day, entry, name, of_registered, office, registered, row};
use crate::networks::Parameters;

/// Who has to do with no adoption gets a paper that says so.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    of_registered(world, &[("kind", "detailed")], |_| true)
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = registered(world, asked)?;
    let (mut relatives, mut entries) = (Vec::new(), Vec::new());
    if let Some(adoption) = open(person) {
        let adopters = adoption
            .by
            .iter()
            .map(|it| (it, ["adoptive_father", "adoptive_mother"]));
        let parents = adoption.birth_parents.iter();
        let parents = parents.map(|it| (it, ["birth_father", "birth_mother"]));
        relatives.extend(
            adopters
                .chain(parents)
                .map(|(it, roles)| by_sex(world, *it, roles)),
        );
        let by = adoption.by.first().map(|it| name(world.person(*it)));
        let named = by.into_iter().map(|it| ("adopter", it)).collect();
        entries.push(adopted(person, adoption, named));
    }
    for child in world.persons() {
        let theirs = open(child).filter(|it| it.by.contains(&person.id));
        if let Some(adoption) = theirs {
            relatives.push(relative("adopted_child", child));
            entries.push(adopted(person, adoption, vec![("adoptee", name(child))]));
        }
    }
    Some(json!({
        "registration_base": person.registration_base,
        "person": row(person),
        "relatives": relatives,
        "registrations": entries,
    }))
}

/// A full adoption is on a paper of its own, which is not at kiosks.
fn open(person: &Person) -> Option<&Adoption> {
    person.adopted.as_ref().filter(|it| !it.full)
}

fn by_sex(world: &World, id: PersonId, [father, mother]: [&str; 2]) -> Value {
    let person = world.person(id);
    match person.sex {
        Sex::Male => relative(father, person),
        Sex::Female => relative(mother, person),
    }
}

fn relative(relation: &str, person: &Person) -> Value {
    let mut entry = row(person);
    entry["relation"] = json!(relation);
    entry
}

fn adopted(person: &Person, adoption: &Adoption, named: Vec<(&str, Bilingual)>) -> Value {
    let mut items = vec![("reported_on", day(adoption.on))];
    items.extend(named);
    items.push(("office", office(person)));
    entry("adoption", true, items)
}
