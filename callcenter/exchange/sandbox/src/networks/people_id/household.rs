//! The resident register of a household.

use serde_json::{Value, json};
use world::{Household, Member, Relation, World};

use crate::networks::{Parameters, asked_by};

/// By the resident number of any member.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let number = |it: &Member| world.person(it.person).resident_number.clone();
    let members = world.households().iter().flat_map(|it| &it.members);
    members
        .map(|it| asked_by([("resident_number", &number(it))]))
        .collect()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let number = asked.get("resident_number")?;
    if let Some(record) = world.known().households.get(number) {
        return Some(record.clone());
    }
    let household = world.household_of(world.person_by_number(number)?)?;
    Some(record(world, household))
}

fn record(world: &World, household: &Household) -> Value {
    let head = world.person(household.householder());
    let member = |member: &Member| {
        let person = world.person(member.person);
        json!({
            "relation": relation(member.relation),
            "name": person.name,
            "name_latin": person.name_latin,
            "resident_number": person.resident_number,
            "moved_in": member.moved_in,
            "reason": member.reason,
        })
    };
    json!({
        "householder": { "name": head.name, "name_latin": head.name_latin },
        "address": household.address,
        "members": household.members.iter().map(member).collect::<Vec<_>>(),
        "history": household.history,
    })
}

/// The register of the service knows fewer relations than there are.
fn relation(relation: Relation) -> Relation {
    match relation {
        Relation::Householder
        | Relation::Spouse
        | Relation::Child
        | Relation::Parent
        | Relation::Grandparent
        | Relation::Sibling
        | Relation::Cohabitant => relation,
        Relation::ChildInLaw | Relation::Grandchild => Relation::Cohabitant,
    }
}
