//! That a family has one parent.

use serde_json::{Value, json};
use world::{Person, Relation, SingleParent, World};

use super::member;
use crate::networks::{
    Parameters,
    entries::{asked_person, holder, of_residents},
};

/// So old the parent of a young single-parent family is at the most.
const YOUNG: i32 = 24;

/// The parent asks.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    of_residents(world, &[], |it| family(world, it).is_some())
}

fn family(world: &World, person: &Person) -> Option<SingleParent> {
    let family = world.single_parent(world.household_of(person)?)?;
    (family.parent == person.id).then_some(family)
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = asked_person(world, asked)?;
    let family = family(world, person)?;
    let young = person.age_on(world.today()) <= YOUNG;
    let children = family.children.iter().map(|it| (*it, Relation::Child));
    let members = [(person.id, Relation::Householder)]
        .into_iter()
        .chain(children);
    Some(json!({
        "person": holder(world, person),
        "since": family.since,
        "kind": if young { "young_single_parent" } else { "single_parent" },
        "members": members.map(|(it, relation)| member(world, it, relation)).collect::<Vec<_>>(),
    }))
}
