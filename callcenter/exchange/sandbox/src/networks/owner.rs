//! An owner as registers show it to anybody.

use serde_json::{Map, Value, json};
use world::{Owner, World};

/// Name, number and address; a person's number has its last six digits hidden.
pub(super) struct Shown {
    pub(super) name: String,
    pub(super) number: Option<String>,
    pub(super) address: String,
}

impl Shown {
    pub(super) fn of(world: &World, owner: &Owner) -> Self {
        let (name, address) = world.owner_text(owner);
        Self {
            name,
            number: number(world, owner),
            address: address.ko,
        }
    }

    /// As the ledgers' schemas have it, with what else they say about an owner.
    pub(super) fn with(self, more: Value) -> Value {
        let mut fields = Map::from_iter([
            ("owner".to_owned(), json!(self.name)),
            ("registration_number".to_owned(), json!(self.number)),
            ("address".to_owned(), json!(self.address)),
        ]);
        if let Value::Object(more) = more {
            fields.extend(more);
        }
        Value::Object(fields)
    }
}

/// `None` of the state, the city and whoever is of no register of today.
fn number(world: &World, owner: &Owner) -> Option<String> {
    let number = world.owner_number(owner)?;
    let part = |from: usize, to: usize| number.get(from..to).unwrap_or_default();
    Some(match owner {
        Owner::Person(_) => format!("{}-{}******", part(0, 6), part(6, 7)),
        Owner::Company(_) if number.len() == 10 => {
            format!("{}-{}-{}", part(0, 3), part(3, 5), part(5, 10))
        }
        Owner::Company(_) | Owner::City | Owner::State | Owner::Stranger { .. } => {
            format!("{}-{}", part(0, 6), part(6, 13))
        }
    })
}
