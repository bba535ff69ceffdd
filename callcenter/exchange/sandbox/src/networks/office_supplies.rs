//! Suppliers of public offices: what `office-supplies` answers.

use serde_json::{Value, json};
use world::{SupplyItem, World};

use super::{
    Parameters, Served,
    entries::{asked_person, business_number, identity, question},
};

pub(super) const SERVICES: &[Served] = &[Served {
    code: "supplier-registration",
    questions,
    answer,
}];

/// By the representative and the business number.
fn questions(world: &World) -> Vec<Parameters> {
    let suppliers = world.suppliers().iter();
    suppliers
        .map(|it| {
            let company = world.company(it.company);
            let person = world.person(company.representative);
            question(
                &person.resident_number,
                &[("business_number", &company.business_number)],
            )
        })
        .collect()
}

fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = asked_person(world, asked)?;
    let company = world.company_by_business_number(asked.get("business_number")?)?;
    let supplier = world.supplier_of(company.id)?;
    (company.representative == person.id).then(|| {
        json!({
            "number": supplier.number,
            "supplier": company.name,
            "business_number": business_number(&company.business_number),
            "person": identity(person),
            "address": company.address,
            "registered_on": supplier.registered,
            "valid_until": supplier.until,
            "items": supplier.items.iter().map(item).collect::<Vec<_>>(),
        })
    })
}

fn item(item: &SupplyItem) -> Value {
    json!({
        "class_number": item.class_number,
        "item_number": item.item_number,
        "name": item.name,
        "specification": item.specification,
        "unit": item.unit,
        "price_won": item.price_won,
    })
}
