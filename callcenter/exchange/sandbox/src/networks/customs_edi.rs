//! Documents for customs: what `customs-edi` answers.

use serde_json::{Value, json};
use world::World;

use super::{
    Parameters, Served,
    entries::{asked_person, identity, question},
};

pub(super) const SERVICES: &[Served] = &[Served {
    code: "clearance-document",
    questions,
    answer,
}];

/// A trader's representative hands in a proof of origin.
fn questions(world: &World) -> Vec<Parameters> {
    let hand_in = |it: &world::Declaration| {
        let person = world.person(world.company(it.company).representative);
        let document = format!("EUR1-A-{}", it.bill);
        let others = [
            ("declaration_number", it.number.as_str()),
            ("document", "origin"),
            ("document_number", &document),
        ];
        question(&person.resident_number, &others)
    };
    world.declarations().iter().map(hand_in).collect()
}

/// The receipt; only who represents the trader hands in.
fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = asked_person(world, asked)?;
    let number = asked.get("declaration_number")?;
    let declaration = world.declaration(number)?;
    let theirs = world.company(declaration.company).representative == person.id;
    let serial = world
        .declarations()
        .iter()
        .position(|it| it.number == *number)?;
    let today = world.today();
    theirs.then(|| {
        json!({
            "receipt_number": format!("{}-{:07}", today.year(), 400_000 + serial),
            "received_at": format!("{today} 10:00"),
            "customs": { "ko": "한빛세관 통관지원과", "en": "Hanbit customs house, clearance support" },
            "person": identity(person),
            "declaration_number": number,
            "document": asked.get("document"),
            "document_number": asked.get("document_number"),
        })
    })
}
