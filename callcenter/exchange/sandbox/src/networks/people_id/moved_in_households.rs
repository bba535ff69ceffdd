//! The households registered at an address, with names of which the family name is shown.

use serde_json::{Value, json};
use world::{Bilingual, Household, Parcel, PersonId, Relation, Unit, World};

use crate::networks::{Parameters, asked_by};

/// What stands for a house of its own, and for a whole building.
const WHOLE: &str = "0";

/// Householders who ask about their own home.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let asked = |it: &Household| {
        let parcel = world.parcel(it.address.parcel?);
        let unit = it
            .address
            .unit
            .map_or_else(|| WHOLE.to_owned(), |it| text(&it));
        Some(asked_by([
            (
                "resident_number",
                world.person(it.householder()).resident_number.as_str(),
            ),
            ("district", parcel.district.code),
            ("parcel_number", parcel.number.as_str()),
            ("unit", unit.as_str()),
        ]))
    };
    world.households().iter().filter_map(asked).collect()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let applicant = world.person_by_number(asked.get("resident_number")?)?;
    let parcel = world.parcel_at(asked.get("district")?, asked.get("parcel_number")?)?;
    let unit = asked.get("unit")?;
    let here =
        |it: &&Household| unit == WHOLE || it.address.unit.is_some_and(|it| text(&it) == *unit);
    let households: Vec<&Household> = world
        .households_at(parcel.id)
        .into_iter()
        .filter(here)
        .collect();
    let rows: Vec<Value> = households.iter().map(|it| household(world, it)).collect();
    Some(json!({
        "applicant": { "name": applicant.name, "resident_number": applicant.resident_number },
        "road_address": road_address(world, parcel),
        "parcel_address": parcel.address(),
        "unit": (unit != WHOLE).then(|| unit_name(unit)),
        "household_count": rows.len(),
        "households": rows,
    }))
}

fn household(world: &World, household: &Household) -> Value {
    let row = |person: PersonId, since| json!({ "name": hidden(&world.person(person).name), "moved_in": since, "standing": "resident" });
    let head = household.members.first();
    let first = household.members.iter().min_by_key(|it| it.moved_in);
    let cohabitants: Vec<Value> = household
        .members
        .iter()
        .filter(|it| it.relation == Relation::Cohabitant)
        .map(|it| row(it.person, it.moved_in))
        .collect();
    json!({
        "householder": hidden(&world.person(household.householder()).name),
        "moved_in": head.map(|it| it.moved_in), "standing": "resident",
        "first": first.map(|it| row(it.person, it.moved_in)),
        "cohabitants": cohabitants,
    })
}

fn hidden(name: &str) -> String {
    let family: String = name.chars().take(1).collect();
    format!("{family}**")
}

fn text(unit: &Unit) -> String {
    format!("{}-{}", unit.building, unit.number)
}

fn unit_name(unit: &str) -> Bilingual {
    match unit.split_once('-') {
        Some((building, number)) => Bilingual::of(
            format!("{building}동 {number}호"),
            format!("Building {building}, no. {number}"),
        ),
        None => Bilingual::of(format!("{unit}호"), format!("No. {unit}")),
    }
}

fn road_address(world: &World, parcel: &Parcel) -> Bilingual {
    let building = parcel.building.map(|it| world.building(it));
    building.map_or_else(|| parcel.address(), |it| it.address.text())
}
