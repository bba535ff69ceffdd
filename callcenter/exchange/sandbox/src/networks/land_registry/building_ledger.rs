//! The ledger of a building: its size, floors and owners.

use serde_json::{Value, json};
use world::{Bilingual, Building, Parcel, TitleReason, World};

use super::parcel;
use crate::networks::{Parameters, owner::Shown};

/// As many as a station is leased at once.
const LEASED_MAX: usize = 240;

/// By the district and number of the parcel it stands on.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let built = parcel::level(world).filter(|it| it.building.is_some() && !it.titles.is_empty());
    built.take(LEASED_MAX).map(parcel::asked_about).collect()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let parcel = parcel::found(world, asked)?;
    let building = world.building(parcel.building?);
    let floors: Vec<Value> = building
        .floors
        .iter()
        .map(|it| {
            json!({ "floor": it.name, "structure": building.structure, "use": it.used_as, "area": it.area_m2 })
        })
        .collect();
    Some(json!({
        "building": described(world, parcel, building)?,
        "floors": floors,
        "owners": owners(world, parcel, building),
        "changes": [{ "on": building.completed, "what": Bilingual::of("신축 사용승인", "New building approved for use") }],
    }))
}

fn described(world: &World, parcel: &Parcel, building: &Building) -> Option<Value> {
    let mut dice = world.dice("building", building.id.0);
    let households = building.households();
    let kind = if households > 1 {
        "collective"
    } else {
        "general"
    };
    let floors = f64::from(building.floors_above);
    let above = building
        .floors
        .iter()
        .filter(|it| !it.name.ko.starts_with("지하"));
    Some(json!({
        "unique_number": format!("{}-{:05}", parcel.unique_number, 0),
        "name": building.name, "kind": kind, "site": parcel.district.name(),
        "parcel_number": parcel.number, "road_address": building.address,
        "site_area": building.site_m2, "building_area": building.footprint_m2,
        "total_floor_area": building.floor_area_m2,
        "ratio_floor_area": hundredths(above.map(|it| it.area_m2).sum()),
        "building_coverage": building.coverage_percent(),
        "floor_area_ratio": building.floor_area_percent(),
        "zone": parcel.zones.first().map_or_else(|| Bilingual::of("지정되지 않음", "None"), |it| it.name.clone()),
        "structure": building.structure, "main_use": building.main_use(), "roof": building.roof,
        "floors_above": building.floors_above, "floors_below": building.floors_below,
        "height_meters": hundredths(floors * dice.tenths(2.8, 3.4) + 0.8),
        "households": households, "parking_spaces": dice.between(0, 4) + i32::try_from(households).ok()?,
        "elevators": u8::from(building.floors_above > 5),
        "permitted_on": building.permitted, "begun_on": building.begun, "approved_on": building.completed,
    }))
}

/// Of the ground; those before the building was there had none of it.
fn owners(world: &World, parcel: &Parcel, building: &Building) -> Vec<Value> {
    let present = parcel.titles.last();
    let after = parcel
        .titles
        .iter()
        .filter(|it| it.on >= building.completed);
    let before = parcel
        .titles
        .iter()
        .rev()
        .find(|it| it.on < building.completed);
    before
        .into_iter()
        .chain(after)
        .flat_map(|title| title.owners.iter().map(move |share| (title, share)))
        .map(|(title, share)| {
            let first = title.on < building.completed;
            let cause = if first {
                TitleReason::FirstRegistration
            } else {
                title.reason
            };
            Shown::of(world, &share.owner).with(json!({
                "share": format!("{}/{}", share.of, share.whole),
                "changed_on": title.on.max(building.completed), "cause": cause.name(),
                "present": Some(title) == present,
            }))
        })
        .collect()
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
