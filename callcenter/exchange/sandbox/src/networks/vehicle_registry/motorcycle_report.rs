//! What somebody reported of their motorcycle.

use serde_json::{Value, json};
use world::{Bilingual, Motorcycle, World};

use crate::networks::{Parameters, asked_by};

/// By resident number and the last four digits of the plate.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let asked = |it: &Motorcycle| {
        let owner = world.person(it.owner);
        asked_by([
            ("resident_number", owner.resident_number.as_str()),
            ("plate_digits", plate_digits(it)),
        ])
    };
    world.motorcycles().iter().map(asked).collect()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let owner = world.person_by_number(asked.get("resident_number")?)?;
    let motorcycle = world.motorcycle_of(owner)?;
    if plate_digits(motorcycle) != asked.get("plate_digits")? {
        return None;
    }
    let address = owner.residences.last()?.address.text();
    let kind = match motorcycle.displacement_cc {
        ..=50 => Bilingual::of("경형 이륜자동차", "Light motorcycle"),
        51..=125 => Bilingual::of("소형 이륜자동차", "Small motorcycle"),
        126..=260 => Bilingual::of("중형 이륜자동차", "Medium motorcycle"),
        _ => Bilingual::of("대형 이륜자동차", "Large motorcycle"),
    };
    let power = f64::from(motorcycle.displacement_cc) * 0.065;
    Some(json!({
        "owner": {
            "name": owner.name, "name_latin": owner.name_latin,
            "resident_number": owner.resident_number, "address": address,
        },
        "motorcycle": {
            "plate": motorcycle.plate, "model": motorcycle.model, "kind": kind, "vin": motorcycle.vin,
            "displacement_cc": motorcycle.displacement_cc, "power_kw": (power * 10.0).round() / 10.0,
            "engine": format!("BR{}", motorcycle.displacement_cc), "use": Bilingual::of("자가용", "Private"),
            "color": Bilingual::of("검정", "Black"), "model_year": motorcycle.reported.year(), "base": address,
        },
        "reported_on": motorcycle.reported, "insured_until": motorcycle.insured_until,
    }))
}

fn plate_digits(motorcycle: &Motorcycle) -> &str {
    let plate = &motorcycle.plate;
    plate
        .get(plate.len().saturating_sub(4)..)
        .unwrap_or_default()
}
