//! A declaration that customs have accepted.

use serde_json::{Value, json};
use world::{Declaration, Goods, World};

use crate::networks::{
    Parameters,
    entries::{asked_person, business_number, identity, question},
};

/// By the trader's representative and the number of the declaration.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let accepted = world
        .declarations()
        .iter()
        .filter(|it| it.accepted.is_some());
    accepted
        .map(|it| {
            let company = world.company(it.company);
            let person = world.person(company.representative);
            question(
                &person.resident_number,
                &[("declaration_number", &it.number)],
            )
        })
        .collect()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = asked_person(world, asked)?;
    let declaration = world.declaration(asked.get("declaration_number")?)?;
    let trader = world.company(declaration.company);
    let accepted = declaration.accepted?;
    if trader.representative != person.id {
        return None;
    }
    let total: u64 = declaration.lines.iter().map(|it| it.value_usd).sum();
    let net: u32 = declaration.lines.iter().map(|it| it.net_kg).sum();
    let origin = if declaration.import {
        declaration.nation.code
    } else {
        "KOR"
    };
    let goods = declaration.lines.iter().map(|it| line(it, origin));
    let nation = &declaration.nation;
    Some(json!({
        "direction": if declaration.import { "import" } else { "export" },
        "declaration_number": declaration.number,
        "declared_on": declaration.on,
        "accepted_on": accepted,
        "customs": { "ko": "한빛세관 통관지원과", "en": "Hanbit customs house, clearance support" },
        "person": identity(person),
        "trader": trader.name,
        "business_number": business_number(&trader.business_number),
        "counterparty": declaration.partner,
        "country": { "code": nation.code, "ko": nation.name.ko, "en": nation.name.en },
        "port": declaration.port,
        "carrier": declaration.carrier,
        "bill_number": declaration.bill,
        "terms": declaration.incoterm,
        "packages": packages(declaration),
        "gross_kg": gross_kg(net),
        "goods": goods.collect::<Vec<_>>(),
        "total_usd": total,
        "customs_value_won": total * u64::from(declaration.rate_won_per_usd_tenths) / 10,
        "duty_won": declaration.duty_won,
        "vat_won": declaration.vat_won,
    }))
}

/// So many units go into a package.
pub(super) fn packages(declaration: &Declaration) -> u32 {
    declaration
        .lines
        .iter()
        .map(|it| it.quantity.div_ceil(25))
        .sum()
}

/// With what the goods are packed in.
pub(super) fn gross_kg(net_kg: u32) -> u32 {
    net_kg + net_kg / 20 + 1
}

fn line(goods: &Goods, origin: &str) -> Value {
    json!({
        "name": goods.name,
        "hs": heading(goods.hs),
        "origin": origin,
        "quantity": goods.quantity,
        "unit": goods.unit,
        "net_kg": goods.net_kg,
        "value_usd": goods.value_usd,
    })
}

/// Ten digits of the tariff as `8421.99-1000`.
fn heading(digits: &str) -> String {
    let (chapter, rest) = digits.split_at_checked(4).unwrap_or((digits, ""));
    let (sub, national) = rest.split_at_checked(2).unwrap_or((rest, ""));
    format!("{chapter}.{sub}-{national}")
}
