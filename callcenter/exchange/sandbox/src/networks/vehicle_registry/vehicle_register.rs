//! The register of a vehicle: what it is, who had it and what lies on it.

use serde_json::{Value, json};
use world::{Bilingual, Vehicle, World};

use super::entries::{entries, mortgages};
use crate::networks::{Parameters, asked_by, owner::Shown};

/// As many as a station is leased at once.
const LEASED_MAX: usize = 300;

/// By number plate.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let vehicles = world.vehicles().iter().take(LEASED_MAX);
    vehicles
        .map(|it| asked_by([("plate", it.plate.as_str())]))
        .collect()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let plate = asked.get("plate")?;
    let about = world.vehicles().iter().position(|it| it.plate == *plate)?;
    let vehicle = world.vehicles().get(about)?;
    let owner = &vehicle.owners.last()?.owner;
    let shown = Shown::of(world, owner);
    Some(json!({
        "vehicle": described(world, vehicle, about)?,
        "owner": { "name": shown.name, "registration_number": shown.number },
        "entries": entries(world, &vehicle.owners, &vehicle.liens, about),
        "mortgages": mortgages(world, &vehicle.owners, &vehicle.liens, about),
    }))
}

fn described(world: &World, vehicle: &Vehicle, about: usize) -> Option<Value> {
    let mut dice = world.dice("vehicle", about);
    let base = world.owner_text(&vehicle.owners.last()?.owner).1;
    let engine = if vehicle.displacement_cc == 0 {
        "EM"
    } else {
        "G4"
    };
    let model = dice.digits(5);
    Some(json!({
        "plate": vehicle.plate,
        "specification_number": format!("A0{}-1-{model}-{}-{}", dice.between(1, 9), dice.digits(4), dice.digits(4)),
        "model": vehicle.model, "kind": vehicle.kind.name(), "vin": vehicle.vin,
        "engine": format!("{engine}{}", dice.digits(2)), "use": vehicle.used_as, "model_year": vehicle.model_year,
        "color": vehicle.color, "origin": Bilingual::of("국산", "Domestic"), "fuel": vehicle.fuel,
        "displacement_cc": vehicle.displacement_cc, "first_registered_on": vehicle.first_registered,
        "made_on": vehicle.first_registered.plus_days(-dice.between(12, 80)),
        "inspection": {
            "from": vehicle.inspected_until.plus_years(-2).plus_days(1).max(vehicle.first_registered),
            "until": vehicle.inspected_until,
        },
        "mileage_km": vehicle.odometer_km, "base": base, "cancelled_on": vehicle.scrapped,
    }))
}
