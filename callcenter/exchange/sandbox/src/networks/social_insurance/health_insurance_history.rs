//! When and through whom somebody was covered.

use serde_json::{Value, json};
use world::{HealthCover, HealthCoverKind, Person, World};

use crate::networks::{
    Parameters,
    entries::{asked_person, identity, of_residents},
};

pub(super) fn questions(world: &World) -> Vec<Parameters> {
    of_residents(world, &[("scope", "all")], |it| {
        !world.health_cover(it).is_empty()
    })
}

/// The latest period first, as the paper has it.
pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = asked_person(world, asked)?;
    let scope = asked.get("scope")?;
    let mut covers = world.health_cover(person);
    covers.retain(|it| scope == "all" || scope == scope_of(it.kind));
    if covers.is_empty() {
        return None;
    }
    let periods = covers.iter().rev().map(|it| period(world, person, it));
    Some(json!({
        "person": identity(person),
        "periods": periods.collect::<Vec<_>>(),
    }))
}

fn scope_of(kind: HealthCoverKind) -> &'static str {
    match kind {
        HealthCoverKind::Employee | HealthCoverKind::Dependent => "employee",
        HealthCoverKind::Regional | HealthCoverKind::MedicalAid => "regional",
    }
}

fn period(world: &World, person: &Person, cover: &HealthCover) -> Value {
    json!({
        "kind": kind(world, person, cover.kind),
        "workplace": cover.workplace.map(|it| &world.company(it).name),
        "from": cover.from,
        "until": cover.until,
    })
}

/// Who is covered by themselves is a householder or a member of a household.
fn kind(world: &World, person: &Person, kind: HealthCoverKind) -> &'static str {
    let household = world.household_of(person);
    let heads = household.is_some_and(|it| it.householder() == person.id);
    match kind {
        HealthCoverKind::Employee => "employee",
        HealthCoverKind::Dependent => "dependent",
        HealthCoverKind::MedicalAid => "medical_aid",
        HealthCoverKind::Regional if heads => "household_head",
        HealthCoverKind::Regional => "household_member",
    }
}
