//! What every paper about a parcel says first, and how parcels are asked about.

use serde_json::{Value, json};
use world::{Parcel, World};

use crate::networks::{Parameters, asked_by};

/// By district and number.
pub(super) fn asked_about(parcel: &Parcel) -> Parameters {
    asked_by([
        ("district", parcel.district.code),
        ("parcel_number", parcel.number.as_str()),
    ])
}

/// Of the land ledger, the known ones first.
pub(super) fn level(world: &World) -> impl Iterator<Item = &Parcel> {
    let level = |known: bool| move |it: &&Parcel| !it.mountain && it.known == known;
    let parcels = world.parcels();
    parcels
        .iter()
        .filter(level(true))
        .chain(parcels.iter().filter(level(false)))
}

pub(super) fn found<'a>(world: &'a World, asked: &Parameters) -> Option<&'a Parcel> {
    world.parcel_at(asked.get("district")?, asked.get("parcel_number")?)
}

pub(super) fn head(parcel: &Parcel) -> Value {
    json!({
        "address": parcel.district.name(), "number": parcel.number,
        "unique_number": parcel.unique_number, "category": parcel.category,
        "area_square_meters": parcel.area_square_meters,
    })
}
