//! How long somebody has been in the National Pension.

use serde_json::{Value, json};
use world::{PensionPeriod, Person, World};

use crate::networks::{
    Parameters,
    entries::{asked_person, identity, of_residents},
};

/// From this age on the old receive it.
const PAID_FROM: i32 = 63;

pub(super) fn questions(world: &World) -> Vec<Parameters> {
    of_residents(world, &[], |it| !world.pension(it).is_empty())
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = asked_person(world, asked)?;
    let periods = world.pension(person);
    let months: u32 = periods.iter().map(|it| it.months).sum();
    (!periods.is_empty()).then(|| {
        json!({
            "person": identity(person),
            "status": status(world, person, &periods),
            "months": months,
            "periods": periods.iter().map(|it| period(world, it)).collect::<Vec<_>>(),
        })
    })
}

fn status(world: &World, person: &Person, periods: &[PensionPeriod]) -> &'static str {
    if person.age_on(world.today()) >= PAID_FROM {
        "receiving"
    } else if periods.last().is_some_and(|it| it.until.is_none()) {
        "insured"
    } else {
        "not_insured"
    }
}

fn period(world: &World, period: &PensionPeriod) -> Value {
    json!({
        "kind": period.kind,
        "workplace": period.workplace.map(|it| &world.company(it).name),
        "from": period.from,
        "until": period.until,
        "months": period.months,
        "monthly_base_won": period.monthly_base_won,
    })
}
