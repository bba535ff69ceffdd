//! At which jobs somebody was insured.

use serde_json::{Value, json};
use world::{Job, World};

use crate::networks::{
    Parameters,
    entries::{asked_person, business_number, identity, of_residents},
};

pub(super) fn questions(world: &World) -> Vec<Parameters> {
    of_residents(world, &[("scope", "all")], |it| {
        !world.career(it).is_empty()
    })
}

/// The latest job first, as the paper has it. Nobody here works by the day.
pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = asked_person(world, asked)?;
    let career = world.career(person);
    if career.is_empty() || asked.get("scope")? == "daily" {
        return None;
    }
    let periods = career.iter().rev().map(|it| period(world, it));
    Some(json!({
        "person": identity(person),
        "periods": periods.collect::<Vec<_>>(),
    }))
}

fn period(world: &World, job: &Job) -> Value {
    let company = world.company(job.company);
    json!({
        "kind": "regular",
        "workplace": company.name,
        "workplace_number": format!("{}-0", business_number(&company.business_number)),
        "occupation": job.occupation,
        "from": job.from,
        "until": job.until,
        "reason": job.left_because,
        "days": null,
    })
}
