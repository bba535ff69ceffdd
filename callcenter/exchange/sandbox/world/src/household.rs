//! Who lives together, as the resident register has it.

use serde::Serialize;

use crate::{Address, Date, HouseholdId, MoveReason, PersonId, Residence};

#[derive(Clone, Debug)]
pub struct Household {
    pub id: HouseholdId,
    pub address: Address,
    /// The householder first.
    pub members: Vec<Member>,
    /// The householder's addresses, oldest first, with the present one.
    pub history: Vec<Residence>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    pub person: PersonId,
    pub relation: Relation,
    pub moved_in: Date,
    pub reason: MoveReason,
}

/// To the householder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    #[serde(rename = "self")]
    Householder,
    Spouse,
    Child,
    Parent,
    Grandparent,
    Sibling,
    ChildInLaw,
    Grandchild,
    Cohabitant,
}

impl Household {
    pub fn householder(&self) -> PersonId {
        self.members[0].person
    }
}
