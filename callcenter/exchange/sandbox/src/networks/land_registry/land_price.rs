//! The official price of a parcel, year by year.

use serde_json::{Value, json};
use world::{Date, World};

use super::parcel;
use crate::networks::Parameters;

/// As many as a station is leased at once.
const LEASED_MAX: usize = 400;

/// By district and number.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let priced = parcel::level(world).filter(|it| !it.prices.is_empty());
    priced.take(LEASED_MAX).map(parcel::asked_about).collect()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let found = parcel::found(world, asked)?;
    let (_, latest) = found.prices.last()?;
    let prices: Vec<Value> = found
        .prices
        .iter()
        .map(|(year, won)| {
            json!({
                "year": year, "on": Date::of(*year, 1, 1), "announced_on": Date::of(*year, 4, 30),
                "won_per_square_meter": won,
            })
        })
        .collect();
    Some(json!({
        "parcel": parcel::head(found), "latest_won_per_square_meter": latest, "prices": prices,
    }))
}
