//! An application to have mail sent on to a new home.

use serde_json::{Value, json};
use world::{Bilingual, DISTRICTS, Date, Person, World};

use crate::networks::{Parameters, asked_by};

/// All grown-up inhabitants, who move next month.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let lives = |it: &&Person| {
        it.died.is_none() && it.household.is_some() && it.age_on(world.today()) >= 19
    };
    let asked = |it: &Person| {
        asked_by([
            ("resident_number", it.resident_number.as_str()),
            ("district", "4199810100"),
            ("address", "하늘로 88, 3동 204호"),
            ("from", "2026-12-01"),
            ("months", "3"),
            ("whom", "household"),
        ])
    };
    world.persons().iter().filter(lives).map(asked).collect()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let applicant = world.person_by_number(asked.get("resident_number")?)?;
    let old = &applicant.residences.last()?.address;
    let code = asked.get("district")?;
    let district = DISTRICTS.iter().find(|it| it.code == code)?.name();
    let street = asked.get("address")?;
    let from = Date::parse(asked.get("from")?)?;
    let months = asked
        .get("months")?
        .parse()
        .ok()
        .filter(|it| (1..=12).contains(it))?;
    let serial = world
        .dice("forwarding", applicant.id.0)
        .between(1, 9_999_999);
    Some(json!({
        "receipt_number": format!("{}-{serial:07}", world.today().year()),
        "received_on": world.today(),
        "applicant": {
            "name": applicant.name, "name_latin": applicant.name_latin,
            "resident_number": applicant.resident_number,
        },
        "old_address": old,
        "new_address": Bilingual::of(format!("{} {street}", district.ko), format!("{street}, {}", district.en)),
        "from": from, "until": from.plus_months(months).plus_days(-1),
        "whom": asked.get("whom")?,
        "office": Bilingual::of("한빛우체국", "Hanbit post office"),
    }))
}
