//! The person who asks, and how sure we are of it.

use privacy::Personal;
use serde::{Deserialize, Serialize};

use crate::ResidentNumber;

/// Who asks. The name is what the card says; the register may write it otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicant {
    pub name: Personal<String>,
    pub resident_number: ResidentNumber,
}

/// How sure a service wants to be of who asks, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityLevel {
    /// Anyone may ask.
    None,
    /// The card and the number of its holder.
    Number,
    /// Card and number, and the best further proof this station is fitted with; where
    /// the service allows it, two agents' word instead ([`Identification::TwoPersons`]).
    Strong,
}

/// By what the applicant was identified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identification {
    /// The card's number and the typed number agree.
    CardAndNumber,
    /// A caller said name and number; nothing proves it. Enough to prepare a
    /// request that nothing comes of before its holder shows a card.
    StatedByTelephone,
    /// Besides, a caller knew what an earlier request of the same number was.
    RecordQuestions,
    /// No card: two agents, one of them a supervisor, believe the person after
    /// questions out of the register ([`crate::Vouching`]).
    TwoPersons,
}
