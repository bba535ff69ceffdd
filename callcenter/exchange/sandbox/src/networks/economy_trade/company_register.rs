//! What the register of companies says of one.

use serde_json::{Value, json};
use world::{Bilingual, Company, Date, Officer, OfficerRole, Owner, World};

use crate::networks::{Parameters, asked_by, entries::corporate_number, owner::Shown};

/// What happened is registered so many days later.
const REGISTERED_AFTER: i32 = 7;

/// By registration number; a sole trader is in no register.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let numbers = world
        .companies()
        .iter()
        .filter_map(|it| it.registration_number.as_deref());
    numbers
        .map(|it| asked_by([("registration_number", it), ("scope", "all")]))
        .collect()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let company = world.company_by_registration(asked.get("registration_number")?)?;
    let number = company.registration_number.as_deref()?;
    let authorized = company.shares() * 4;
    Some(json!({
        "register_number": format!("{:06}", company.id.0 + 1),
        "registration_number": corporate_number(number),
        "registry": { "ko": "한빛지방법원 등기국", "en": "Registry of the Hanbit District Court" },
        "status": if company.closed.is_some() { "dissolved" } else { "active" },
        "name": company.name,
        "address": company.address,
        "notice": { "ko": "한빛시에서 발행하는 한빛일보에 게재한다.", "en": "Published in the Hanbit Ilbo." },
        "share_par_won": company.share_won,
        "shares_authorized": authorized,
        "shares": [{ "kind": { "ko": "보통주식", "en": "Common" }, "count": company.shares() }],
        "capital_won": company.capital_won,
        "purposes": company.purposes,
        "officers": company.officers.iter().map(|it| officer(world, company, it)).collect::<Vec<_>>(),
        "branches": [],
        "changes": company.changes.iter().map(|(on, what)| change(*on, what)).collect::<Vec<_>>(),
        "established_on": company.founded,
        "opened": { "reason": { "ko": "설립", "en": "Established" }, "on": company.founded },
    }))
}

fn officer(world: &World, company: &Company, officer: &Officer) -> Value {
    let person = world.person(officer.person);
    let position = match officer.role {
        OfficerRole::Representative => "representative_director",
        OfficerRole::Director => "director",
        OfficerRole::Auditor => "auditor",
    };
    let represents = officer.role == OfficerRole::Representative;
    let residence = person.residence_on(world.today()).filter(|_| represents);
    let reason = match officer.until {
        Some(_) => ("퇴임", "Left"),
        None if officer.from == company.founded => ("취임", "Appointed"),
        None => ("변경", "Succeeded"),
    };
    json!({
        "position": position,
        "name": person.name,
        "name_latin": person.name_latin,
        "resident_number": Shown::of(world, &Owner::Person(person.id)).number,
        "address": residence.map(|it| it.address.text()),
        "appointed_on": officer.from,
        "registered_on": officer.from.plus_days(REGISTERED_AFTER),
        "left_on": officer.until,
        "reason": Bilingual::from(reason),
    })
}

fn change(on: Date, what: &Bilingual) -> Value {
    json!({
        "what": what,
        "changed_on": on,
        "registered_on": on.plus_days(REGISTERED_AFTER),
    })
}
