//! The applicant's consent that agencies are asked about them.

use serde::{Deserialize, Serialize};

/// What the applicant agreed to, in the words they saw.
///
/// Kept as evidence: sharing administrative information between agencies needs
/// the person's prior consent (Electronic Government Act, art. 42).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    pub agency: String,
    pub purpose: String,
    pub fields: Vec<String>,
    /// The language the words were shown in (ISO 639-1).
    pub language: String,
}
