//! Patents and trademarks: what `industrial-property` answers.

mod patent_register;
mod trademark_register;

use serde_json::{Value, json};
use world::{Holding, Right, RightKind, World};

use super::{Parameters, Served, asked_by, entries::owner_name};

pub(super) const SERVICES: &[Served] = &[
    Served {
        code: "patent-register",
        questions: patent_register::questions,
        answer: patent_register::answer,
    },
    Served {
        code: "trademark-register",
        questions: trademark_register::questions,
        answer: trademark_register::answer,
    },
];

/// By registration number.
fn of_kind(world: &World, kind: RightKind) -> Vec<Parameters> {
    let rights = world.rights().iter().filter(|it| it.kind == kind);
    rights
        .map(|it| asked_by([("registration_number", it.number.as_str())]))
        .collect()
}

fn asked_right<'a>(world: &'a World, asked: &Parameters, kind: RightKind) -> Option<&'a Right> {
    let right = world.right(asked.get("registration_number")?)?;
    (right.kind == kind).then_some(right)
}

fn status(world: &World, right: &Right) -> &'static str {
    if right.expires < world.today() {
        "expired"
    } else {
        "in_force"
    }
}

fn holders(world: &World, right: &Right) -> Vec<Value> {
    right.holders.iter().map(|it| holder(world, it)).collect()
}

fn holder(world: &World, holding: &Holding) -> Value {
    let (_, address) = world.owner_text(&holding.owner);
    json!({
        "name": owner_name(world, &holding.owner),
        "address": address,
        "cause": holding.reason,
        "registered_on": holding.on,
    })
}

/// The first payment is for several years at once.
fn fees(right: &Right, first_years: u32) -> Vec<Value> {
    let fee = |(year, paid, won): &(i32, world::Date, u64)| {
        let years = if *year == 1 {
            format!("1-{first_years}")
        } else {
            year.to_string()
        };
        json!({ "years": years, "paid_on": paid, "amount_won": won })
    };
    right.fees_paid.iter().map(fee).collect()
}
