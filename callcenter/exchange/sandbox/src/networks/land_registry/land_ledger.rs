//! The land ledger of a parcel.

use serde_json::{Value, json};
use world::{Parcel, Title, World};

use crate::networks::{Parameters, asked_by};

/// Years of prices that stand on a ledger.
const PRICES: usize = 5;

/// The ward of the stations that lease it.
const LEASED_WARD: &str = "41999";

/// By district and number: what is known, and all of a ward. Mountains are in a ledger of
/// their own.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let leased = |it: &&Parcel| it.known || it.district.code.starts_with(LEASED_WARD);
    let parcels = world.parcels().iter().filter(|it| !it.mountain);
    let question = |it: &Parcel| {
        asked_by([
            ("district", it.district.code),
            ("parcel_number", &it.number),
        ])
    };
    parcels.filter(leased).map(question).collect()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let (district, number) = (asked.get("district")?, asked.get("parcel_number")?);
    if let Some(record) = world.known().land.get(&format!("{district}/{number}")) {
        return Some(record.clone());
    }
    Some(record(world, world.parcel_at(district, number)?))
}

fn record(world: &World, parcel: &Parcel) -> Value {
    let changes: Vec<Value> = parcel.titles.iter().map(|it| change(world, it)).collect();
    let skipped = parcel.prices.len().saturating_sub(PRICES);
    let price = |(year, won): &(i32, u64)| json!({ "on": format!("{year}-01-01"), "won_per_square_meter": won });
    json!({
        "parcel": {
            "address": parcel.district.name(),
            "number": parcel.number,
            "unique_number": parcel.unique_number,
            "category": parcel.category,
            "area_square_meters": parcel.area_square_meters,
        },
        "changes": changes,
        "prices": parcel.prices.iter().skip(skipped).map(price).collect::<Vec<_>>(),
    })
}

/// Of several owners the first is named, and how many there are besides.
fn change(world: &World, title: &Title) -> Value {
    let (name, address) = world.owner_text(&title.owners[0].owner);
    let others = title.owners.len() - 1;
    let owner = if others == 0 {
        name
    } else {
        format!("{name} 외 {others}인")
    };
    json!({
        "on": title.on,
        "reason": title.reason.name(),
        "owner": owner,
        "owner_address": address.ko,
    })
}
