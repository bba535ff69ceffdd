//! What was paid after an accident at work.

use serde_json::{Value, json};
use world::{BenefitKind, BenefitPayment, World};

use crate::networks::{
    Parameters,
    entries::{asked_person, identity, of_residents},
};

/// Benefits of the last five years.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    of_residents(world, &[("years", "5")], |it| world.accident(it).is_some())
}

/// Who was paid nothing in the time gets a paper that says so.
pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = asked_person(world, asked)?;
    let accident = world.accident(person)?;
    let years: i32 = asked.get("years")?.parse().ok()?;
    let since = world.today().plus_years(-years);
    let paid = accident.payments.iter().filter(|it| it.paid >= since);
    let total: u64 = paid.clone().map(|it| it.won).sum();
    Some(json!({
        "person": identity(person),
        "accident": {
            "number": accident.number,
            "on": accident.on,
            "approved_on": accident.approved,
            "workplace": world.company(accident.company).name,
            "injury": accident.injury,
        },
        "benefits": paid.map(benefit).collect::<Vec<_>>(),
        "total_won": total,
    }))
}

fn benefit(payment: &BenefitPayment) -> Value {
    json!({
        "kind": match payment.kind {
            BenefitKind::MedicalCare => "medical",
            BenefitKind::LostWages => "temporary_disability",
            BenefitKind::Disability => "disability",
        },
        "from": payment.from,
        "until": payment.until,
        "paid_on": payment.paid,
        "amount_won": payment.won,
    })
}
