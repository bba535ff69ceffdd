//! What stations and exchange say to each other about editions of the catalogue.

use serde::{Deserialize, Serialize};

/// Longer reasons are cut off.
pub const REASON_MAX: usize = 400;

/// What a station runs, and what it could not go over to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionState {
    /// The edition's number; 0 is the catalogue the station was provisioned with.
    pub running: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<RefusedEdition>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedEdition {
    pub number: u64,
    /// For an operator, in English; it names nobody.
    pub reason: String,
}

/// An edition that a station may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedEdition {
    pub number: u64,
    /// SHA-256 of the signed form, in hexadecimal.
    pub digest: String,
}

/// What a station is answered that says what it runs: the edition the exchange runs,
/// where that is an edition at all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionAnswer {
    pub offered: Option<OfferedEdition>,
}
