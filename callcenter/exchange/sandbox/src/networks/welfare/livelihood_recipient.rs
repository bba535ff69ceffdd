//! That a household receives basic livelihood benefits.

use serde_json::{Value, json};
use world::{Livelihood, Person, World};

use super::members;
use crate::networks::{
    Parameters,
    entries::{asked_person, holder, of_residents},
};

pub(super) fn questions(world: &World) -> Vec<Parameters> {
    of_residents(world, &[], |it| livelihood(world, it).is_some())
}

fn livelihood(world: &World, person: &Person) -> Option<Livelihood> {
    world.livelihood(world.household_of(person)?)
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = asked_person(world, asked)?;
    let household = world.household_of(person)?;
    let livelihood = world.livelihood(household)?;
    Some(json!({
        "person": holder(world, person),
        "number": livelihood.number,
        "since": livelihood.since,
        "benefits": livelihood.benefits,
        "members": members(world, household),
    }))
}
