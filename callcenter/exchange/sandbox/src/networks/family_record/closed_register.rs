//! The family as its register stood when such registers were closed.

use serde_json::{Value, json};
use world::{Bilingual, ClosedFamily, ClosedMember, DISTRICTS, Person, World};

use super::register_entry::{of_registered, registered};
use crate::networks::{
    Parameters,
    entries::{borough_code, identity},
};

/// Somebody who is not the head and has married or died is struck off.
const ENDS: [&str; 2] = ["사망", "혼인신고"];

/// By resident number and the borough of the family's seat.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let seat = |it: &Person| seat_code(&world.closed_family(it)?.base);
    let mut questions = of_registered(world, &[], |it| seat(it).is_some());
    for question in &mut questions {
        let code = registered(world, question).and_then(seat);
        question.insert("municipality".to_owned(), code.unwrap_or_default());
    }
    questions
}

fn seat_code(base: &Bilingual) -> Option<String> {
    let here = DISTRICTS.iter().find(|it| base.ko.contains(it.gu.0))?;
    Some(borough_code(here))
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = registered(world, asked)?;
    let family = world.closed_family(person)?;
    if seat_code(&family.base).as_ref() != asked.get("municipality") {
        return None;
    }
    let head = world.person(family.head);
    let members = family.members.iter().map(|it| member(world, &family, it));
    Some(json!({
        "base": family.base,
        "head": head.name,
        "head_latin": head.name_latin,
        "closed_on": family.closed,
        "closed_reason": family.why,
        "person": identity(person),
        "members": members.collect::<Vec<_>>(),
    }))
}

fn member(world: &World, family: &ClosedFamily, member: &ClosedMember) -> Value {
    let person = world.person(member.person);
    let name = |it: Option<world::PersonId>| it.map(|it| &world.person(it).name);
    let ends = |(_, what): &(world::Date, Bilingual)| ENDS.iter().any(|it| what.ko.contains(it));
    let child = member.relation.ko == "자녀";
    let events = member
        .entries
        .iter()
        .map(|(on, text)| json!({ "on": on, "text": text }));
    json!({
        "relation": member.relation,
        "name": person.name,
        "name_latin": person.name_latin,
        "name_hanja": person.hanja,
        "sex": person.sex,
        "clan": Some(&person.clan).filter(|it| !it.ko.is_empty()),
        "born_on": person.born,
        "resident_number": person.resident_number,
        "father": name(person.father),
        "mother": name(person.mother),
        "struck": person.id != family.head && child && member.entries.iter().any(ends),
        "events": events.collect::<Vec<_>>(),
    })
}
