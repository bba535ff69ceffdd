//! Birth, and what became of a person's name and nationality.

use serde_json::{Value, json};
use world::{Bilingual, Person, World};

use super::register_entry::{BEGAN, day, entry, name, of_registered, office, registered, row};
use crate::networks::Parameters;

pub(super) fn questions(world: &World) -> Vec<Parameters> {
    of_registered(world, &[("kind", "general")], |_| true)
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = registered(world, asked)?;
    let entries = [
        created(person),
        Some(birth(world, person)),
        naturalization(person),
        change_of_name(person),
    ];
    Some(json!({
        "registration_base": person.registration_base,
        "person": row(person),
        "registrations": entries.into_iter().flatten().collect::<Vec<_>>(),
    }))
}

/// Taken over from the register of before.
fn created(person: &Person) -> Option<Value> {
    let why = Bilingual::of(
        "가족관계의 등록 등에 관한 법률 부칙 제3조",
        "Act on the Registration of Family Relations, addenda, art. 3",
    );
    (person.born < BEGAN).then(|| {
        entry(
            "created",
            true,
            vec![("reason", why), ("occurred_on", day(BEGAN))],
        )
    })
}

fn birth(world: &World, person: &Person) -> Value {
    let mut dice = world.dice("birth reported", person.id.0);
    let reported = person
        .born
        .plus_days(dice.between(2, 25))
        .min(world.today());
    let reporter = match (person.father, person.mother) {
        (Some(_), _) => ("부", "Father"),
        (None, Some(_)) => ("모", "Mother"),
        (None, None) => ("친족", "Relative"),
    };
    let items = vec![
        ("place", person.birthplace.clone()),
        ("reported_on", day(reported)),
        ("reporter", reporter.into()),
        ("office", office(person)),
    ];
    entry("birth", true, items)
}

fn naturalization(person: &Person) -> Option<Value> {
    let it = person.naturalized.as_ref()?;
    let before = Bilingual::of(it.earlier_name.as_str(), it.earlier_name.as_str());
    let items = vec![
        ("occurred_on", day(it.on)),
        ("nationality", it.from.name.clone()),
        ("before", before),
        ("after", name(person)),
    ];
    Some(entry("naturalization", true, items))
}

fn change_of_name(person: &Person) -> Option<Value> {
    let it = person.renamed.as_ref()?;
    let before = Bilingual::of(it.from.as_str(), it.from_latin.as_str());
    let items = vec![
        (
            "court",
            Bilingual::of("한빛가정법원", "Hanbit Family Court"),
        ),
        ("decided_on", day(it.on)),
        ("before", before),
        ("after", name(person)),
        ("office", office(person)),
    ];
    Some(entry("name_change", false, items))
}
