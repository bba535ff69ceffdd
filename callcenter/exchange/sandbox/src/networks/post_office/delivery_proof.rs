//! When and to whom a registered item was delivered; its sender alone is told.

use serde_json::{Value, json};
use world::{Mailing, Person, World};

use crate::networks::{Parameters, asked_by};

/// By the sender's resident number and the number of the item.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let delivered =
        |it: &&Mailing| it.delivered <= world.today() && at_home(world.person(it.recipient));
    let asked = |it: &Mailing| {
        asked_by([
            (
                "resident_number",
                world.person(it.sender).resident_number.as_str(),
            ),
            ("number", it.number.as_str()),
        ])
    };
    world
        .mailings()
        .iter()
        .filter(delivered)
        .map(asked)
        .collect()
}

fn at_home(person: &Person) -> bool {
    !person.residences.is_empty()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let mailing = world.mailing(asked.get("number")?)?;
    let sender = world.person(mailing.sender);
    if sender.resident_number != *asked.get("resident_number")? || mailing.delivered > world.today()
    {
        return None;
    }
    let recipient = world.person(mailing.recipient);
    let (hour, minute) = (mailing.minute_of_day / 60, mailing.minute_of_day % 60);
    let address = &recipient
        .residence_on(mailing.delivered)
        .or(recipient.residences.last())?
        .address;
    let office = address.district.gu;
    Some(json!({
        "item": {
            "number": mailing.number, "kind": mailing.kind,
            "posted_on": mailing.posted, "posted_at": mailing.posted_at,
        },
        "sender": {
            "name": sender.name, "resident_number": sender.resident_number,
            "address": sender.residences.last()?.address,
        },
        "recipient": { "name": recipient.name, "address": address },
        "delivered": {
            "on": mailing.delivered, "time": format!("{hour:02}:{minute:02}"),
            "to": world.person(mailing.received_by).name, "relation": mailing.received_as,
            "office": {
                "ko": format!("{}우체국", office.0.trim_end_matches('구')),
                "en": format!("{} post office", office.1.trim_end_matches("-gu")),
            },
        },
    }))
}
