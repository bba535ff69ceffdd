//! Premiums of a year, month by month.

use serde_json::{Value, json};
use world::{HealthCoverKind, Person, Premium, World};

use crate::networks::{
    Parameters,
    entries::{asked_person, identity, of_residents},
};

pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let year = world.today().year();
    of_residents(world, &[("year", "this")], |it| {
        !world.health_premiums(it, year).is_empty()
    })
}

/// Who paid nothing in the year gets no paper.
pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = asked_person(world, asked)?;
    let back = match asked.get("year")?.as_str() {
        "this" => 0,
        "last" => 1,
        "before_last" => 2,
        _ => return None,
    };
    let year = world.today().year() - back;
    let premiums = world.health_premiums(person, year);
    if premiums.is_empty() {
        return None;
    }
    let paid = premiums.iter().filter(|it| it.paid.is_some());
    let total: u64 = paid.map(|it| it.health_won + it.care_won).sum();
    Some(json!({
        "person": identity(person),
        "card_number": format!("8{:010}", person.id.0 * 7 + 1_000_003),
        "kind": kind(world, person),
        "months": premiums.iter().map(|it| month(year, it)).collect::<Vec<_>>(),
        "total_won": total,
    }))
}

fn month(year: i32, premium: &Premium) -> Value {
    json!({
        "month": format!("{year:04}-{:02}", premium.month),
        "health_won": premium.health_won,
        "care_won": premium.care_won,
        "paid_on": premium.paid,
    })
}

fn kind(world: &World, person: &Person) -> &'static str {
    let covers = world.health_cover(person);
    match covers.last().map(|it| it.kind) {
        Some(HealthCoverKind::Employee | HealthCoverKind::Dependent) => "employee",
        Some(HealthCoverKind::Regional | HealthCoverKind::MedicalAid) | None => "regional",
    }
}
