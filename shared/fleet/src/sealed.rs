//! What leaves a machine for one reader alone.

use request::Timestamp;
use serde::{Deserialize, Serialize};

/// `POST /v1/stations/{station}/recovery-key`: opens the machine's disk without its TPM.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedKey {
    pub at: Timestamp,
    /// For whom it is encrypted, an age recipient (`age1…`).
    pub recipient: String,
    /// The key's text, encrypted (age-encryption.org/v1), in base64.
    pub sealed: String,
}
