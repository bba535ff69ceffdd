//! The ledger of a field: who owns, leases and works it.

use serde_json::{Value, json};
use world::{Farm, Field, Owner, Parcel, World};

use crate::networks::{Parameters, asked_by, owner::Shown};

/// The farming of so many years is told.
const YEARS: i32 = 3;

/// By who works a field, and where it lies.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let fields = world
        .farms()
        .iter()
        .flat_map(|farm| farm.fields.iter().map(move |it| (farm, it)));
    fields
        .map(|(farm, field)| {
            let parcel = world.parcel(field.parcel);
            asked_by([
                (
                    "resident_number",
                    world.person(farm.farmer).resident_number.as_str(),
                ),
                ("district", parcel.district.code),
                ("parcel_number", parcel.number.as_str()),
            ])
        })
        .collect()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = world.person_by_number(asked.get("resident_number")?)?;
    let parcel = world.parcel_at(asked.get("district")?, asked.get("parcel_number")?)?;
    let farmed = world.farm_on(parcel.id);
    let works = farmed.is_some_and(|(farm, _)| farm.farmer == person.id);
    let owns = parcel.owned_by(&Owner::Person(person.id), world.today());
    // Owners and farmers alone are told about a field.
    if !parcel.category.is_farmland() || !(works || owns) {
        return None;
    }
    let promoted = parcel.zones.iter().any(|it| it.name.ko == "농업진흥구역");
    Some(json!({
        "applicant": { "name": person.name, "resident_number": person.resident_number },
        "parcel": {
            "address": parcel.district.name(), "number": parcel.number, "unique_number": parcel.unique_number,
            "category": parcel.category, "actual_category": parcel.category,
            "area_square_meters": parcel.area_square_meters,
            "promotion": if promoted { "promotion" } else { "outside" }, "improved": promoted,
        },
        "owners": owners(world, parcel)?,
        "leases": leases(world, farmed),
        "uses": uses(world, farmed),
    }))
}

fn owners(world: &World, parcel: &Parcel) -> Option<Vec<Value>> {
    let title = parcel.title_on(world.today())?;
    let reason = title.reason.cause().unwrap_or_else(|| title.reason.name());
    let area = |of: u32, whole: u32| {
        let share = parcel.area_square_meters * f64::from(of) / f64::from(whole);
        (share * 10.0).round() / 10.0
    };
    let owner = title.owners.iter().map(|it| {
        Shown::of(world, &it.owner).with(json!({
            "share": format!("{}/{}", it.of, it.whole), "area_square_meters": area(it.of, it.whole),
            "on": title.on, "reason": reason,
        }))
    });
    Some(owner.collect())
}

fn leases(world: &World, farmed: Option<(&Farm, &Field)>) -> Vec<Value> {
    let lease = farmed.and_then(|(farm, field)| {
        let until = field.lease_until.filter(|_| field.leased_from.is_some())?;
        let shown = Shown::of(world, &Owner::Person(farm.farmer));
        let won = world.dice("rent", field.parcel.0).amount(200_000, 950_000, 50_000);
        Some(json!({
            "lessee": shown.name, "registration_number": shown.number, "area_square_meters": field.cultivated_m2,
            "from": until.plus_years(-5).plus_days(1), "until": until,
            "rent": {
                "ko": format!("연 {},000원", won / 1_000),
                "en": format!("{},000 won a year", won / 1_000),
            },
        }))
    });
    lease.into_iter().collect()
}

fn uses(world: &World, farmed: Option<(&Farm, &Field)>) -> Vec<Value> {
    let Some((farm, field)) = farmed else {
        return Vec::new();
    };
    let this_year = world.today().year();
    let how = if field.leased_from.is_some() {
        "leased"
    } else {
        "own"
    };
    (this_year - YEARS + 1..=this_year)
        .filter(|year| *year >= farm.registered.year())
        .map(|year| {
            json!({
                "year": year, "farmer": world.person(farm.farmer).name, "how": how, "crop": field.crop,
                "area_square_meters": field.cultivated_m2, "facility": null,
            })
        })
        .collect()
}
