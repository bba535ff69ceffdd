//! A business that is registered for taxes.

use serde_json::{Value, json};
use world::{Company, CompanyKind, World};

use crate::networks::{
    Parameters,
    entries::{asked_person, business_number, corporate_number, identity, question},
};

/// Of a thousand traders, those who pay value added tax in the simple way.
const SIMPLIFIED: usize = 300;

/// By the representative and the business number; closed ones have another paper.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let (today, companies) = (world.today(), world.companies());
    let open = companies.iter().filter(|it| it.exists_on(today));
    open.map(|it| {
        let person = world.person(it.representative);
        question(
            &person.resident_number,
            &[("business_number", &it.business_number)],
        )
    })
    .collect()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = asked_person(world, asked)?;
    let company = world.company_by_business_number(asked.get("business_number")?)?;
    let theirs = company.representative == person.id && company.exists_on(world.today());
    theirs.then(|| {
        let corporate = company.registration_number.as_deref();
        json!({
            "person": identity(person),
            "business": {
                "name": company.name,
                "number": business_number(&company.business_number),
                "corporate_number": corporate.map(corporate_number),
                "kind": kind(world, company),
                "address": company.address,
                "opened_on": company.founded,
                "registered_on": company.founded,
            },
            "activities": [{ "sector": company.industry.name, "item": company.industry.item }],
            "partners": [],
        })
    })
}

fn kind(world: &World, company: &Company) -> &'static str {
    let mut dice = world.dice("simplified", company.id.0);
    match company.kind {
        CompanyKind::Stock | CompanyKind::Limited => "corporate",
        CompanyKind::SoleTrader if dice.in_thousand(SIMPLIFIED) => "simplified",
        CompanyKind::SoleTrader => "general",
    }
}
