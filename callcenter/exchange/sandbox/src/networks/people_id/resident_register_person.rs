//! The resident register of one person: where they lived, and their military service.

use serde_json::{Value, json};
use world::{Military, Person, Relation, Residence, Sex, World};

use crate::networks::{Parameters, entries::of_residents};

/// Younger ones live with a parent.
const OF_AGE: i32 = 19;

/// By resident number, citizens alone.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    of_residents(world, &[], |it| citizen(it) && it.household.is_some())
}

fn citizen(person: &Person) -> bool {
    !person.is_foreign() && person.died.is_none() && !person.residences.is_empty()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = world.person_by_number(asked.get("resident_number")?)?;
    if !citizen(person) {
        return None;
    }
    let address = &person.residences.last()?.address;
    let corrections: Vec<Value> = person
        .renamed
        .iter()
        .map(|it| {
            json!({
                "on": it.on, "item": "name", "before": it.from, "after": person.name,
                "reason": { "ko": "개명 허가", "en": "Change of name permitted" },
            })
        })
        .collect();
    let last = person.residences.len() - 1;
    let history: Vec<Value> = person
        .residences
        .iter()
        .enumerate()
        .map(|(index, it)| lived(world, person, it, index == last))
        .collect();
    Some(json!({
        "person": {
            "name": person.name, "name_latin": person.name_latin,
            "hanja": person.hanja.as_deref().unwrap_or_default(),
            "resident_number": person.resident_number,
        },
        "address": address,
        "corrections": corrections,
        "history": history,
        "military": world.military(person).filter(|_| person.sex == Sex::Male).as_ref().and_then(service),
    }))
}

/// Of earlier households only what can be known of them: a child lived with a parent.
fn lived(world: &World, person: &Person, at: &Residence, present: bool) -> Value {
    let household = world.household_of(person).filter(|_| present);
    let member = household.and_then(|it| it.members.iter().find(|it| it.person == person.id));
    let parent = person.father.or(person.mother);
    let minor = person.age_on(at.from) < OF_AGE;
    let (head, relation) = match (household.zip(member), parent.filter(|_| minor)) {
        (Some((household, member)), _) => (household.householder(), member.relation),
        (None, Some(parent)) => (parent, Relation::Child),
        (None, None) => (person.id, Relation::Householder),
    };
    json!({
        "moved_in": at.from, "reason": at.reason, "address": at.address,
        "householder": world.person(head).name, "relation": relation,
    })
}

/// `None` for who has not served.
fn service(military: &Military) -> Option<Value> {
    let branch = military.branch.as_ref()?;
    let (ko, en) = match military.discharged {
        Some(_) => ("예비역", "Reserve"),
        None => ("현역", "Active"),
    };
    Some(json!({
        "branch": branch, "status": { "ko": ko, "en": en }, "rank": military.rank,
        "service_number": military.number, "enlisted": military.enlisted,
        "discharged": military.discharged, "discharge": military.discharge_reason,
    }))
}
