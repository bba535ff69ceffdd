//! The register of a fishing boat.

use serde_json::{Value, json};
use world::{Boat, World};

use crate::networks::{Parameters, asked_by, owner::Shown};

/// By the number of the boat.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let boats = world.boats().iter();
    boats
        .map(|it| asked_by([("number", it.number.as_str())]))
        .collect()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let boat = world.boat_by_number(asked.get("number")?)?;
    // The present owner stands first.
    let owners = boat.owners.iter().rev().map(|it| {
        Shown::of(world, &it.owner)
            .with(json!({ "share": "1/1", "on": it.on, "reason": it.reason }))
    });
    Some(json!({ "boat": described(boat), "owners": owners.collect::<Vec<_>>(), "changes": [] }))
}

fn described(boat: &Boat) -> Value {
    let crew = if boat.tonnage < 3.0 { 3 } else { 8 };
    json!({
        "number": boat.number, "name": boat.name, "home_port": boat.port, "kind": "powered",
        "hull": boat.hull, "tonnage": boat.tonnage, "length_meters": boat.length_m,
        "breadth_meters": boat.breadth_m, "depth_meters": boat.depth_m, "engine": boat.engine,
        "engine_count": 1, "engine_kw": boat.engine_kw, "built_by": boat.builder, "launched_on": boat.built,
        "fisheries": boat.fisheries, "crew_max": crew, "registered_on": boat.registered,
    })
}
