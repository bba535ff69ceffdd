//! A trademark, its goods and its holders.

use serde_json::{Value, json};
use world::{RightKind, World};

use super::{asked_right, fees, holders, of_kind, status};
use crate::networks::Parameters;

/// Years the payment is for (Trademark Act, art. 83).
const YEARS: u32 = 10;

pub(super) fn questions(world: &World) -> Vec<Parameters> {
    of_kind(world, RightKind::Trademark)
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let right = asked_right(world, asked, RightKind::Trademark)?;
    let goods = right
        .classes
        .iter()
        .map(|(class, goods)| json!({ "class": class, "goods": goods }));
    Some(json!({
        "number": right.number,
        "mark": right.title,
        "application_number": right.application_number,
        "applied_on": right.applied,
        "registered_on": right.registered,
        "expires_on": right.expires,
        "status": status(world, right),
        "goods": goods.collect::<Vec<_>>(),
        "holders": holders(world, right),
        "fees": fees(right, YEARS),
    }))
}
