//! What is given to those in need: what `welfare` answers.

mod disability;
mod livelihood_recipient;
mod near_poor;
mod single_parent;

use serde_json::{Value, json};
use world::{Household, PersonId, Relation, World};

use super::{Served, entries::identity};

pub(super) const SERVICES: &[Served] = &[
    Served {
        code: "livelihood-recipient",
        questions: livelihood_recipient::questions,
        answer: livelihood_recipient::answer,
    },
    Served {
        code: "disability",
        questions: disability::questions,
        answer: disability::answer,
    },
    Served {
        code: "single-parent",
        questions: single_parent::questions,
        answer: single_parent::answer,
    },
    Served {
        code: "near-poor",
        questions: near_poor::questions,
        answer: near_poor::answer,
    },
];

/// A household's members, with their relation to the householder.
fn members(world: &World, household: &Household) -> Vec<Value> {
    let members = household.members.iter();
    members
        .map(|it| member(world, it.person, it.relation))
        .collect()
}

fn member(world: &World, person: PersonId, relation: Relation) -> Value {
    let mut entry = identity(world.person(person));
    entry["relation"] = json!(relation);
    entry
}
