//! That somebody's disability is registered.

use serde_json::{Value, json};
use world::{Person, World};

use crate::networks::{
    Parameters,
    entries::{asked_person, holder, of_residents},
};

/// A younger one has a guardian.
const OF_AGE: i32 = 19;

pub(super) fn questions(world: &World) -> Vec<Parameters> {
    of_residents(world, &[], |it| world.disability(it).is_some())
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = asked_person(world, asked)?;
    let disability = world.disability(person)?;
    let degree = if disability.severe { "severe" } else { "mild" };
    Some(json!({
        "person": holder(world, person),
        "registered_on": disability.registered,
        "number": disability.number,
        "degree": degree,
        "disabilities": [{ "kind": disability.kind, "degree": degree }],
        "guardian": guardian(world, person),
    }))
}

fn guardian(world: &World, person: &Person) -> Option<Value> {
    let young = person.age_on(world.today()) < OF_AGE;
    let parents = [person.mother, person.father].into_iter().flatten();
    let mut living = parents
        .map(|it| world.person(it))
        .filter(|it| it.alive_on(world.today()));
    let parent = living.next().filter(|_| young)?;
    Some(json!({
        "name": parent.name,
        "name_latin": parent.name_latin,
        "relation": "parent",
    }))
}
