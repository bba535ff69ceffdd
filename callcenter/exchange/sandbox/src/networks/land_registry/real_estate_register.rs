//! The register of rights on land and buildings, kept by the courts.

use serde_json::{Value, json};
use world::{Bilingual, Building, Date, Mortgage, Parcel, Share, Title, TitleReason, World};

use super::parcel;
use crate::networks::{Parameters, owner::Shown};

const LAND: &str = "land";
const BUILDING: &str = "building";

/// By district and number of the parcel, and whether the land or what stands on it is meant.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let registered = parcel::level(world).filter(|it| !it.titles.is_empty());
    registered
        .flat_map(|it| {
            let of = |property: &str| {
                let mut asked = parcel::asked_about(it);
                asked.insert("property".to_owned(), property.to_owned());
                asked
            };
            std::iter::once(of(LAND)).chain(it.building.map(|_| of(BUILDING)))
        })
        .collect()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let parcel = parcel::found(world, asked)?;
    let first = parcel.titles.first()?;
    let whole = match asked.get("property")?.as_str() {
        LAND => json!({
            "property": LAND, "unique_number": format!("1341-{}-{:06}", first.on.year(), parcel.id.0),
            "description": [ground(parcel, first.on)],
            "title": titles(world, parcel, first.on),
            "other_rights": mortgages(world, parcel),
        }),
        BUILDING => {
            let building = world.building(parcel.building?);
            json!({
                "property": BUILDING,
                "unique_number": format!("1341-{}-5{:05}", building.completed.year(), building.id.0),
                "description": [house(parcel, building)],
                "title": titles(world, parcel, building.completed),
                "other_rights": [],
            })
        }
        _ => return None,
    };
    let Value::Object(mut record) = whole else {
        return None;
    };
    record.insert("address".to_owned(), json!(parcel.address()));
    let office = Bilingual::of(
        "한빛지방법원 가온등기소",
        "Hanbit district court, Gaon registry",
    );
    record.insert("registry_office".to_owned(), json!(office));
    Some(Value::Object(record))
}

fn ground(parcel: &Parcel, on: Date) -> Value {
    let area = parcel.area_square_meters;
    json!({
        "rank": "1", "received_on": on, "location": parcel.address(), "kind": parcel.category,
        "area": Bilingual::of(format!("{area}㎡"), format!("{area} m²")),
        "cause": Bilingual::of("등기부에서 전산이기", "Carried over from the book"), "cancelled": false,
    })
}

fn house(parcel: &Parcel, building: &Building) -> Value {
    let area = building.floor_area_m2;
    json!({
        "rank": "1", "received_on": building.completed.plus_days(14), "location": parcel.address(),
        "kind": building.main_use(),
        "area": Bilingual::of(
            format!("{} {}층, 연면적 {area}㎡", building.structure.ko, building.floors_above),
            format!("{}, {} floors, {area} m²", building.structure.en, building.floors_above),
        ),
        "cause": Bilingual::of("신축", "New building"), "cancelled": false,
    })
}

/// Since a day; whoever had it then is the first.
fn titles(world: &World, parcel: &Parcel, since: Date) -> Vec<Value> {
    let mut dice = world.dice("receipts", parcel.id.0);
    let before = parcel.titles.iter().rev().find(|it| it.on < since);
    let after = parcel.titles.iter().filter(|it| it.on >= since);
    let entry = |(index, title): (usize, &Title)| {
        let on = title.on.max(since);
        // Whoever is the first has it from nobody.
        let cause = title.reason.cause().filter(|_| index > 0);
        let purpose = cause
            .as_ref()
            .map_or(TitleReason::FirstRegistration, |_| title.reason);
        json!({
            "rank": (index + 1).to_string(), "purpose": purpose.name(),
            "received": { "on": on, "number": dice.between(1_000, 89_000) },
            "cause": cause, "cause_on": cause.as_ref().map(|_| on), "holders": holders(world, title), "amount_won": null,
            "notes": [], "cancelled": false,
        })
    };
    before
        .into_iter()
        .chain(after)
        .enumerate()
        .map(entry)
        .collect()
}

fn holders(world: &World, title: &Title) -> Vec<Value> {
    let holder = |share: &Share| {
        let sole = share.of == share.whole;
        let shown = Shown::of(world, &share.owner);
        json!({
            "role": if sole { "owner" } else { "co_owner" },
            "name": shown.name, "registration_number": shown.number, "address": shown.address,
            "share": (!sole).then(|| format!("{}분의 {}", share.whole, share.of)),
        })
    };
    title.owners.iter().map(holder).collect()
}

/// Each with its cancellation behind it.
fn mortgages(world: &World, parcel: &Parcel) -> Vec<Value> {
    let mut entries = Vec::new();
    for mortgage in world.mortgages(parcel) {
        let rank = entries.len() + 1;
        entries.push(secured(rank, &mortgage));
        if let Some(on) = mortgage.cancelled {
            entries.push(json!({
                "rank": (rank + 1).to_string(),
                "purpose": Bilingual::of(
                    format!("{rank}번 근저당권설정등기 말소"),
                    format!("Cancellation of mortgage {rank}"),
                ),
                "received": { "on": on, "number": mortgage.receipt + 7 },
                "cause": Bilingual::of("해지", "Termination"), "cause_on": on,
                "holders": [], "amount_won": null, "notes": [], "cancelled": false,
            }));
        }
    }
    entries
}

fn secured(rank: usize, mortgage: &Mortgage) -> Value {
    let party = |role: &str, name: &str| json!({ "role": role, "name": name, "registration_number": null, "share": null, "address": null });
    json!({
        "rank": rank.to_string(), "purpose": Bilingual::of("근저당권설정", "Mortgage"),
        "received": { "on": mortgage.on, "number": mortgage.receipt },
        "cause": Bilingual::of("설정계약", "Agreement"), "cause_on": mortgage.on,
        "holders": [party("debtor", &mortgage.debtor), party("mortgagee", &mortgage.creditor.ko)],
        "amount_won": mortgage.maximum_won,
        "notes": [Bilingual::of("채권최고액", "Maximum of the claim")],
        "cancelled": mortgage.cancelled.is_some(),
    })
}
