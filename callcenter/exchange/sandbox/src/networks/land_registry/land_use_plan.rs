//! What the plans allow on a parcel.

use serde_json::{Value, json};
use world::{Date, World, Zone};

use super::{drawing::drawing, parcel};
use crate::networks::Parameters;

const PLANNING: &str = "국토의 계획 및 이용에 관한 법률";

/// By district and number.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let planned = parcel::level(world).filter(|it| !it.zones.is_empty() && !it.corners.is_empty());
    let priced = planned.filter(|it| !it.prices.is_empty());
    priced.map(parcel::asked_about).collect()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let found = parcel::found(world, asked)?;
    let (year, won) = found.prices.last()?;
    let (planned, other): (Vec<&Zone>, Vec<&Zone>) =
        found.zones.iter().partition(|it| it.law.ko == PLANNING);
    if planned.is_empty() || found.corners.is_empty() {
        return None;
    }
    let zones: Vec<Value> = planned.iter().map(|it| json!(it.name)).collect();
    let other: Vec<Value> = other
        .iter()
        .map(|it| json!({ "name": it.name, "law": it.law }))
        .collect();
    let (scale, parcels) = drawing(world, found);
    Some(json!({
        "parcel": parcel::head(found), "won_per_square_meter": won, "price_on": Date::of(*year, 1, 1),
        "zones": zones, "other_zones": other, "remarks": [],
        "scale": scale, "parcels": parcels,
    }))
}
