//! A patent, its holders and its fees.

use serde_json::{Value, json};
use world::{RightKind, World};

use super::{asked_right, fees, holders, of_kind, status};
use crate::networks::Parameters;

/// Years the first payment is for (Patent Act, art. 79).
const FIRST_YEARS: u32 = 3;

pub(super) fn questions(world: &World) -> Vec<Parameters> {
    of_kind(world, RightKind::Patent)
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let right = asked_right(world, asked, RightKind::Patent)?;
    let inventors = right.inventors.iter().map(|it| {
        let person = world.person(*it);
        json!({ "name": person.name, "name_latin": person.name_latin })
    });
    Some(json!({
        "number": right.number,
        "title": right.title,
        "ipc": right.ipc,
        "application_number": right.application_number,
        "applied_on": right.applied,
        "registered_on": right.registered,
        "expires_on": right.expires,
        "claims": right.claims,
        "status": status(world, right),
        "inventors": inventors.collect::<Vec<_>>(),
        "holders": holders(world, right),
        "fees": fees(right, FIRST_YEARS),
    }))
}
