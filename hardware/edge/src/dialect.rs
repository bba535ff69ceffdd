//! Where published implementations of XFS4IoT differ, and which way this edge speaks.
//!
//! The default is the newest published form (messages of major version 2 and 3, as in KAL's
//! SP-Dev since 2023). Each setting names who does it otherwise.

use serde::Deserialize;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Dialect {
    /// Where a completion says how it ended. In the payload: CWA 17852:2022 (messages of
    /// version 1) and KAL's SP-Dev of 2021 and 2022.
    pub completion_code: Place,
    /// Where a command says how long it may take. In the payload: the same.
    pub timeout: Place,
    /// Where an acknowledgement says why a command is not taken. In the payload, and `ok` for
    /// one that is: the same.
    pub acknowledge_status: Place,
    /// What an acknowledgement calls itself: `acknowledgement` in KAL's SP-Dev of 2021.
    pub acknowledge_type: AcknowledgeType,
    /// What a cash-in's storage units are called: `cashunits` in KAL's SP-Dev of 2021, before
    /// there was a Storage interface.
    pub storage: StorageName,
    /// Which version a message carries: one for all in CWA 17852:2022, its own since.
    pub versions: Versions,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    #[default]
    Header,
    Payload,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AcknowledgeType {
    #[default]
    Acknowledge,
    Acknowledgement,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StorageName {
    #[default]
    Storage,
    Cashunits,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Versions {
    #[default]
    #[serde(rename = "each")]
    Each,
    #[serde(rename = "1.0")]
    One,
}

impl AcknowledgeType {
    pub(crate) fn name(self) -> &'static str {
        match self {
            AcknowledgeType::Acknowledge => "acknowledge",
            AcknowledgeType::Acknowledgement => "acknowledgement",
        }
    }
}

impl StorageName {
    pub(crate) fn name(self) -> &'static str {
        match self {
            StorageName::Storage => "storage",
            StorageName::Cashunits => "cashunits",
        }
    }
}

impl Versions {
    pub(crate) fn of(self, own: &'static str) -> &'static str {
        match self {
            Versions::Each => own,
            Versions::One => "1.0",
        }
    }
}
