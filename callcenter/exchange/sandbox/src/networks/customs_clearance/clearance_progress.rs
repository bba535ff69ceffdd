//! How far customs are with a cargo.

use serde_json::{Value, json};
use world::{Bilingual, Declaration, World};

use super::clearance_certificate::{gross_kg, packages};
use crate::networks::{Parameters, asked_by};

/// By the number of the bill of lading.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let begun = world
        .declarations()
        .iter()
        .filter(|it| !it.steps.is_empty());
    begun
        .map(|it| asked_by([("bill_number", it.bill.as_str())]))
        .collect()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let bill = asked.get("bill_number")?;
    let mut declarations = world.declarations().iter();
    let declaration = declarations.find(|it| it.bill == *bill && !it.steps.is_empty())?;
    let net: u32 = declaration.lines.iter().map(|it| it.net_kg).sum();
    let steps = declaration.steps.iter().map(|(day, minute, step)| {
        let at = format!("{day} {:02}:{:02}", minute / 60, minute % 60);
        json!({ "step": step, "at": at, "place": declaration.port })
    });
    Some(json!({
        "bill_number": declaration.bill,
        "asked_at": format!("{} 10:00", world.today()),
        "declaration_number": declaration.number,
        "goods": goods(declaration),
        "carrier": declaration.carrier,
        "port": declaration.port,
        "customs": { "ko": "한빛세관", "en": "Hanbit customs house" },
        "packages": packages(declaration),
        "gross_kg": gross_kg(net),
        "steps": steps.collect::<Vec<_>>(),
    }))
}

/// The first of the goods, and how many others there are.
fn goods(declaration: &Declaration) -> Option<Bilingual> {
    let first = declaration.lines.first()?;
    let name = &first.name;
    let others = declaration.lines.len() - 1;
    Some(if others == 0 {
        name.clone()
    } else {
        Bilingual::of(
            format!("{} 외 {others}건", name.ko),
            format!("{} and {others} more", name.en),
        )
    })
}
