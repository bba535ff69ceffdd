//! Finding out which office holds what.

use locator::{Access, Frequency};

use super::{Keyboard, ServiceTile};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holdings {
    /// The finished text and the syllable still being composed.
    pub text: String,
    pub composing: String,
    pub keyboard: Keyboard,
    /// What answers to it, the best first.
    pub found: Vec<HoldingTile>,
    /// There are more than shown.
    pub more: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoldingTile {
    pub holding: String,
    pub title: String,
    /// Who is to be asked.
    pub office: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoldingSheet {
    pub title: String,
    pub description: String,
    pub office: String,
    pub telephone: String,
    /// Where the office is.
    pub place: String,
    pub access: Access,
    pub frequency: Frequency,
    /// The first year it is about; empty where nobody has said.
    pub since: String,
    /// The districts it is about; empty for the whole country.
    pub districts: String,
    /// The paper of it that this kiosk issues.
    pub service: Option<ServiceTile>,
}
