//! That somebody graduated.

use serde_json::{Value, json};
use world::{Bilingual, SchoolLevel, World};

use super::{course, schooling};
use crate::networks::{
    Parameters,
    entries::{asked_person, identity, of_residents},
};

/// Of high schools.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    of_residents(world, &[("level", "high")], |person| {
        let schools = world.schooling(person);
        schools
            .iter()
            .any(|it| it.school.level == SchoolLevel::High && it.graduated)
    })
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = asked_person(world, asked)?;
    let schooling = schooling(world, person, asked).filter(|it| it.graduated)?;
    Some(json!({
        "person": identity(person),
        "school": Bilingual::from(schooling.school.name),
        "level": schooling.school.level,
        "course": course(&schooling),
        "admitted_on": schooling.entered,
        "graduated_on": schooling.left?,
        "ledger_number": schooling.certificate,
    }))
}
