//! That a household is near poor.

use serde_json::{Value, json};
use world::{NearPoor, Person, World};

use super::members;
use crate::networks::{
    Parameters,
    entries::{asked_person, holder, of_residents},
};

pub(super) fn questions(world: &World) -> Vec<Parameters> {
    of_residents(world, &[], |it| near_poor(world, it).is_some())
}

fn near_poor(world: &World, person: &Person) -> Option<NearPoor> {
    world.near_poor(world.household_of(person)?)
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = asked_person(world, asked)?;
    let household = world.household_of(person)?;
    let near_poor = world.near_poor(household)?;
    Some(json!({
        "person": holder(world, person),
        "since": near_poor.since,
        "program": near_poor.program,
        "members": members(world, household),
    }))
}
