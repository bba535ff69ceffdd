//! Military service: what `military` answers.

use serde_json::{Value, json};
use world::{Bilingual, Military, Person, World};

use super::{
    Parameters, Served,
    entries::{asked_person, identity, of_residents},
};

/// Who has served stays in the reserve until this age.
const RESERVE_UNTIL: i32 = 40;

pub(super) const SERVICES: &[Served] = &[Served {
    code: "military-record",
    questions,
    answer,
}];

fn questions(world: &World) -> Vec<Parameters> {
    of_residents(world, &[], |it| world.military(it).is_some())
}

fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = asked_person(world, asked)?;
    let record = world.military(person)?;
    Some(json!({
        "person": identity(person),
        "disposition": {
            "kind": category(world, person, &record),
            "examined_on": record.examined,
            "grade": record.grade,
        },
        "service": service(&record),
    }))
}

/// What somebody is today: serving, in the reserve, or what was decided of them.
fn category(world: &World, person: &Person, record: &Military) -> Bilingual {
    match (record.enlisted, record.discharged) {
        (Some(_), Some(_)) if person.age_on(world.today()) > RESERVE_UNTIL => {
            Bilingual::of("퇴역", "Retired")
        }
        (Some(_), Some(_)) => Bilingual::of("예비역", "Reserve"),
        (Some(_), None) => Bilingual::of("현역", "Active duty"),
        (None, _) => record.disposition.name(),
    }
}

fn service(record: &Military) -> Option<Value> {
    Some(json!({
        "branch": record.branch.as_ref()?,
        "rank": record.rank.as_ref()?,
        "number": record.number.as_ref()?,
        "specialty": record.specialty,
        "enlisted_on": record.enlisted?,
        "discharged_on": record.discharged,
        "reason": record.discharge_reason,
    }))
}
