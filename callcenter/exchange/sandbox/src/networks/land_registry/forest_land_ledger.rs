//! The ledger of forest land, whose parcels are numbered by themselves.

use serde_json::{Value, json};
use world::{Bilingual, Date, Parcel, World};

use super::parcel;
use crate::networks::{Parameters, owner::Shown};

/// By district and number, without the word for mountain.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let forest = world.parcels().iter().filter(|it| it.mountain);
    forest.map(parcel::asked_about).collect()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let found = world.forest_at(asked.get("district")?, asked.get("parcel_number")?)?;
    let first = found.titles.first()?.on;
    let prices: Vec<Value> = found
        .prices
        .iter()
        .map(|(year, won)| json!({ "on": Date::of(*year, 1, 1), "won_per_square_meter": won }))
        .collect();
    Some(json!({
        "parcel": {
            "address": found.district.name(), "number": format!("산{}", found.number),
            "unique_number": found.unique_number, "scale": 6_000,
        },
        "states": [{
            "on": first, "reason": Bilingual::of("신규 등록", "First entered"),
            "category": found.category, "area_square_meters": found.area_square_meters,
        }],
        "changes": changes(world, found),
        "prices": prices,
    }))
}

fn changes(world: &World, parcel: &Parcel) -> Vec<Value> {
    let titles = parcel.titles.iter();
    let owners = titles.flat_map(|title| title.owners.iter().map(move |share| (title, share)));
    owners
        .map(|(title, share)| {
            Shown::of(world, &share.owner)
                .with(json!({ "on": title.on, "reason": title.reason.name() }))
        })
        .collect()
}
