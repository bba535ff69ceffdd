//! What a machine tells of itself.

use request::{StationId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Alarm, OrderId, Outcome, Version};

/// `POST /v1/stations/{station}/report`, each minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub station: StationId,
    pub at: Timestamp,
    pub booted_at: Timestamp,
    pub image: ImageState,
    pub duty: Duty,
    /// Whether somebody stands there.
    pub visit: bool,
    /// What the health gate found, in this boot.
    pub health: Vec<Check>,
    /// What became of orders since the last report; said until it is answered.
    #[serde(default)]
    pub orders: Vec<(OrderId, Outcome)>,
    /// What nobody who belongs there does; said until it is answered.
    #[serde(default)]
    pub alarms: Vec<Alarm>,
    #[serde(default)]
    pub evidence: Option<Evidence>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageState {
    pub model: String,
    pub version: Version,
    /// Of the root that runs, in hexadecimal digits; none where nothing verifies the root.
    #[serde(default)]
    pub root_hash: Option<String>,
    #[serde(default)]
    pub slot: Option<Slot>,
    /// What lies in the other slot and waits for the next start.
    #[serde(default)]
    pub staged: Option<Version>,
    /// Versions that failed here, the newest last.
    #[serde(default)]
    pub rollbacks: Vec<Rollback>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    A,
    B,
}

/// Why a version is not here any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rollback {
    pub failed: Version,
    pub back_to: Version,
    pub at: Timestamp,
    /// The checks that said no, as the failed version wrote them down; none when it did not
    /// even come to that.
    pub checks: Vec<Check>,
    /// The newest lines of the failed boot's log, without anything personal.
    #[serde(default)]
    pub log: Vec<String>,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// `screen`, `journal`, `exchange`, or a port's role as the model names it.
    pub what: String,
    pub result: CheckResult,
    /// A sentence for a technician; empty when all is well.
    #[serde(default)]
    pub detail: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckResult {
    Passed,
    Failed,
    /// Could not be looked at; stops nothing.
    Skipped,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    InService,
    Maintenance,
    /// It serves nobody, and not because somebody said so.
    OutOfService,
}

/// What a TPM says about how this machine has started (TPM 2.0 part 3, 18.4: `TPM2_Quote`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The exchange's nonce of its last answer, in hexadecimal digits.
    pub nonce: String,
    /// The public half of the TPM's key that signs such evidence, and nothing from outside it:
    /// SubjectPublicKeyInfo in PEM.
    pub key: String,
    /// `TPMS_ATTEST` as signed, in hexadecimal digits.
    pub quoted: String,
    /// The ECDSA signature over it, in DER and hexadecimal digits.
    pub signature: String,
    /// SHA-256 registers by number, ascending, in hexadecimal digits.
    pub registers: Vec<(u32, String)>,
}

/// `POST /v1/stations/{station}/commissioning`: how a machine was brought into service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commissioning {
    pub station: StationId,
    pub technician: String,
    pub at: Timestamp,
    pub model: String,
    pub version: Version,
    #[serde(default)]
    pub root_hash: Option<String>,
    pub checks: Vec<Check>,
}

/// `POST /v1/stations/{station}/bundle`: what a technician far away wants to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bundle {
    pub at: Timestamp,
    /// Each with its name: the log of this start, the steward's words, the pulse.
    pub files: Vec<(String, String)>,
}
