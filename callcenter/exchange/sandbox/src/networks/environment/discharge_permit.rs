//! The permit of a plant's discharge facilities.

use serde_json::{Value, json};
use world::{Bilingual, Company, DischargeKind, DischargePermit, Person, World};

use crate::networks::{Parameters, asked_by};

/// By who runs the plant, its business number and the kind of facilities.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let open = world
        .companies()
        .iter()
        .filter(|it| it.exists_on(world.today()));
    open.flat_map(|company| company.permits.iter().map(move |it| (company, it)))
        .map(|(company, permit)| {
            asked_by([
                (
                    "resident_number",
                    world
                        .person(company.representative)
                        .resident_number
                        .as_str(),
                ),
                ("business_number", company.business_number.as_str()),
                ("kind", code(permit.kind)),
            ])
        })
        .collect()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let company = world.company_by_business_number(asked.get("business_number")?)?;
    let head = world.person(company.representative);
    if head.resident_number != *asked.get("resident_number")? {
        return None;
    }
    let kind = asked.get("kind")?;
    let permit = company.permits.iter().find(|it| code(it.kind) == kind)?;
    let changes: Vec<Value> = permit
        .changes
        .iter()
        .map(|(on, what)| json!({ "on": on, "what": what }))
        .collect();
    Some(json!({
        "number": permit.number, "kind": code(permit.kind),
        "act": if permit.class < 4 { "permit" } else { "report" },
        "granted_on": permit.permitted, "operating_since": permit.permitted.plus_days(45),
        "pollution_class": permit.class,
        "business": business(company, head),
        "facilities": facilities(permit), "pollutants": permit.pollutants,
        "conditions": [Bilingual::of("자가측정을 반기마다 1회 이상 할 것", "Own measurements at least once in six months")],
        "changes": changes,
    }))
}

fn code(kind: DischargeKind) -> &'static str {
    match kind {
        DischargeKind::Air => "air",
        DischargeKind::Water => "water",
        DischargeKind::Noise => "noise",
    }
}

fn business(company: &Company, head: &Person) -> Value {
    let industry = &company.industry;
    json!({
        "name": company.name, "business_number": company.business_number, "representative": head.name,
        "representative_number": head.resident_number,
        "address": company.address,
        "industry": Bilingual::of(
            format!("{} ({})", industry.item.ko, industry.code),
            format!("{} ({})", industry.item.en, industry.code),
        ),
    })
}

fn facilities(permit: &DischargePermit) -> Vec<Value> {
    let (treatment, capacity) = match permit.kind {
        DischargeKind::Air => (Bilingual::of("세정집진시설", "Wet scrubber"), "120 ㎥/분"),
        DischargeKind::Water => (
            Bilingual::of("물리·화학적 처리시설", "Chemical treatment"),
            "40 ㎥/일",
        ),
        DischargeKind::Noise => (Bilingual::of("방음벽", "Noise barrier"), "20 dB"),
    };
    let row = |(index, (facility, holds, count)): (usize, &(Bilingual, String, u32))| {
        json!({
            "outlet": (index + 1).to_string(), "facility": facility, "capacity": holds, "count": count,
            "treatment": treatment, "treatment_capacity": capacity,
        })
    };
    permit.facilities.iter().enumerate().map(row).collect()
}
