//! What a request costs, and why.

use serde::{Deserialize, Serialize};

/// A fee as quoted to the citizen; later changes of the ordinance do not touch it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fee {
    /// For one copy.
    pub unit_won: u32,
    /// The legal ground, such as an ordinance and its article.
    pub legal_basis: String,
    pub reason: FeeReason,
}

/// Which row of the ordinance applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeReason {
    /// The same fee everywhere.
    Everywhere,
    /// The thing asked about lies inside this office's jurisdiction.
    Inside,
    Outside,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    Cash,
    Card,
}
