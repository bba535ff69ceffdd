//! That somebody owes the state no tax.

use serde_json::{Value, json};
use world::{Company, Person, World};

use crate::networks::{
    Parameters,
    entries::{asked_person, business_number, holder, of_residents},
};

/// Of a thousand with a business, those whose next tax is put off.
const DEFERRED: usize = 120;

/// By resident number; who owes something has none.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    of_residents(world, &[], |it| world.national_arrears(it).is_empty())
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = asked_person(world, asked)?;
    if !world.national_arrears(person).is_empty() {
        return None;
    }
    let open = |it: &&Company| it.exists_on(world.today());
    let business = world.businesses_of(person).into_iter().find(open);
    let deferrals: Vec<Value> = business
        .and_then(|_| deferral(world, person))
        .into_iter()
        .collect();
    Some(json!({
        "person": holder(world, person),
        "business_number": business.map(|it| business_number(&it.business_number)),
        "clear_on": world.today(),
        "deferrals": deferrals,
    }))
}

fn deferral(world: &World, person: &Person) -> Option<Value> {
    let mut dice = world.dice("deferred tax", person.id.0);
    let due = world.today().plus_days(6);
    dice.in_thousand(DEFERRED).then(|| {
        json!({
            "kind": "payment_extension",
            "from": due,
            "until": due.plus_months(3),
            "tax": { "ko": "종합소득세 중간예납", "en": "Interim global income tax" },
            "due_on": due,
            "amount_won": dice.amount(100_000, 4_000_000, 10_000),
        })
    })
}
