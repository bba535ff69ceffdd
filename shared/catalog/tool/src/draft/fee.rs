//! What a copy of a new service costs.

use crate::words::Words;

pub(crate) enum Fee {
    /// As an ordinance says that is there already.
    Known(String),
    /// By an ordinance that is named after the service.
    New {
        id: String,
        basis: Words,
        from: String,
        won: u32,
    },
}

impl Fee {
    pub(crate) fn ordinance(&self) -> &str {
        match self {
            Self::Known(name) => name,
            Self::New { id, .. } => id,
        }
    }

    pub(super) fn file(&self) -> Option<String> {
        let Self::New {
            basis, from, won, ..
        } = self
        else {
            return None;
        };
        let basis = super::files::both(basis);
        Some(format!(
            "legal_basis = {basis}\nrow = [\n    {{ from = \"{from}\", scope = \"everywhere\", amount_won = {won} }},\n]\n"
        ))
    }
}
