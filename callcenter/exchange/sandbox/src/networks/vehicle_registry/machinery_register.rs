//! The register of a construction machine.

use serde_json::{Value, json};
use world::{Bilingual, World};

use super::entries::{entries, mortgages};
use crate::networks::{Parameters, asked_by, owner::Shown};

/// Entries of machines and of cars are drawn apart.
const BEHIND_VEHICLES: usize = 1_000_000;

/// By number plate.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let machines = world.machines().iter();
    machines
        .map(|it| asked_by([("plate", it.plate.as_str())]))
        .collect()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let plate = asked.get("plate")?;
    let index = world.machines().iter().position(|it| it.plate == *plate)?;
    let machine = world.machines().get(index)?;
    let about = BEHIND_VEHICLES + index;
    let mut dice = world.dice("machine", index);
    let owner = &machine.owners.last()?.owner;
    let shown = Shown::of(world, owner);
    Some(json!({
        "machine": {
            "plate": machine.plate, "kind": machine.kind, "model": machine.model, "serial": machine.serial,
            "specification": machine.specification, "engine": format!("QS{}", dice.digits(3)),
            "made_on": machine.first_registered.plus_days(-dice.between(15, 120)),
            "use": Bilingual::of("자가용", "Own use"), "first_registered_on": machine.first_registered,
            "inspected_until": machine.inspected_until, "base": world.owner_text(owner).1, "cancelled_on": null,
        },
        "owner": { "name": shown.name, "registration_number": shown.number, "address": shown.address },
        "entries": entries(world, &machine.owners, &machine.liens, about),
        "mortgages": mortgages(world, &machine.owners, &machine.liens, about),
    }))
}
