//! Which taxes the city charged somebody.

use serde_json::{Value, json};
use world::{LocalTax, LocalTaxItem, World};

use super::local_tax_clearance::add_boroughs;
use crate::networks::{
    Parameters,
    entries::{asked_person, borough, holder, home_borough, of_residents},
};

/// By resident number and borough, for all taxes of three years.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let others = [("item", "all"), ("years", "3")];
    let mut questions = of_residents(world, &others, |it| home_borough(world, it).is_some());
    add_boroughs(world, &mut questions);
    questions
}

/// Who was charged nothing gets a paper that says so.
pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = asked_person(world, asked)?;
    let municipality = borough(asked.get("municipality")?)?;
    let years: i32 = asked.get("years")?.parse().ok()?;
    let since = world.today().plus_years(-years);
    let item = asked.get("item")?;
    let mut taxes = world.local_taxes(person);
    taxes.retain(|it| it.due >= since && (item == "all" || item == code(it.item)));
    let total: u64 = taxes.iter().map(|it| it.won).sum();
    Some(json!({
        "person": holder(world, person),
        "municipality": municipality,
        "taxes": taxes.iter().map(entry).collect::<Vec<_>>(),
        "total_won": total,
    }))
}

fn entry(tax: &LocalTax) -> Value {
    json!({
        "month": format!("{:04}-{:02}", tax.due.year(), tax.due.month()),
        "item": tax.item,
        "number": tax.number,
        "subject": tax.about,
        "amount_won": tax.won,
        "paid_on": tax.paid,
    })
}

/// As the citizen chooses it.
fn code(item: LocalTaxItem) -> &'static str {
    match item {
        LocalTaxItem::Property => "property",
        LocalTaxItem::Vehicle => "vehicle",
        LocalTaxItem::Resident => "resident",
        LocalTaxItem::LocalIncome => "local_income",
    }
}
