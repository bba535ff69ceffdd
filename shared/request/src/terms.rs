//! What a service demands of a request, fixed when the request is opened.

use serde::{Deserialize, Serialize};

use crate::IdentityLevel;

/// The door a request came through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Kiosk,
    /// Prepared by an agent for a caller. Consent on this channel was read aloud,
    /// and given in spoken words.
    Telephone,
    /// Written by anybody; nothing proves who it was.
    Email,
}

/// Copied from the catalogue, so that a later edition does not change the rules
/// of a request that is under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    pub identity: IdentityLevel,
    pub consent: bool,
    /// Ids of the questions that must be answered.
    pub questions: Vec<String>,
    /// None of a service that is accepted only: nothing is printed, a person answers.
    pub copies_max: u32,
}
