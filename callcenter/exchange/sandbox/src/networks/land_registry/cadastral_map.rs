//! The cadastral map around a parcel.

use serde_json::{Value, json};
use world::World;

use super::{drawing::drawing, parcel};
use crate::networks::Parameters;

/// By district and number.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let drawn = parcel::level(world).filter(|it| !it.corners.is_empty());
    drawn.map(parcel::asked_about).collect()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let found = parcel::found(world, asked).filter(|it| !it.corners.is_empty())?;
    let (scale, parcels) = drawing(world, found);
    let mut dice = world.dice("cadastral sheet", found.id.0);
    let surveyed = found.titles.last().map_or(world.today(), |it| it.on);
    Some(json!({
        "parcel": parcel::head(found), "scale": scale,
        "sheet_number": dice.between(1, 48).to_string(),
        "surveyed_on": surveyed, "parcels": parcels,
    }))
}
