//! How a station asks for a lease, and what it is handed with one.

use std::collections::BTreeMap;

use privacy::Personal;
use request::{DocumentNumber, ServiceId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A station's question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaseQuestion {
    pub service: ServiceId,
    /// The public key that will seal under it (SEC 1, 2.3.3, compressed). The
    /// private half never leaves the station.
    pub key: Vec<u8>,
}

/// The answer. The lease is signed and says the digest of the load to the letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaseAnswer {
    pub lease: Vec<u8>,
    /// [`Load`] in JSON.
    pub load: Personal<String>,
    /// The keys of the offices that may have signed it, as verifiers have them.
    pub seal_keys: Value,
}

/// What a station issues papers from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// Every number of the lease.
    pub numbers: Vec<DocumentNumber>,
    pub records: Vec<LeasedRecord>,
}

/// One record as the network told it, and the question it answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeasedRecord {
    /// Parameters by name.
    pub query: BTreeMap<String, Personal<String>>,
    /// JSON.
    pub record: Personal<String>,
}
