//! One question, as it goes over the wire.

use std::collections::BTreeMap;

use privacy::Personal;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::{Address, ClientId, header};

pub struct Question {
    pub client: ClientId,
    pub service: Address,
    /// `X-Road-Id`: the same when the question is put again.
    pub id: String,
    /// `X-Road-Issue`: the request it is put for.
    pub issue: String,
    pub parameters: BTreeMap<String, Personal<String>>,
}

/// A POST: parameters about a person belong into a body, never into an address
/// that ends up in a log.
pub struct Message {
    pub path: String,
    pub headers: Vec<(&'static str, String)>,
    /// JSON.
    pub body: Personal<String>,
}

impl Question {
    pub fn message(&self) -> Message {
        let parameters: Map<String, Value> = self
            .parameters
            .iter()
            .map(|(name, value)| (name.clone(), Value::String(value.reveal().clone())))
            .collect();
        Message {
            path: self.service.path(),
            headers: vec![
                (header::CLIENT, self.client.to_string()),
                (header::ID, self.id.clone()),
                (header::ISSUE, self.issue.clone()),
            ],
            body: Personal::new(Value::Object(parameters).to_string()),
        }
    }
}

/// A UUID of version 8 (RFC 9562, 5.8) that belongs to `request` for ever, so
/// that an agency sees a repeated question for what it is.
pub fn message_id(request: &str) -> String {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Sha256::digest(request.as_bytes())[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let group = |from: usize, to: usize| &digits[from..to];
    [
        group(0, 8),
        group(8, 12),
        group(12, 16),
        group(16, 20),
        group(20, 32),
    ]
    .join("-")
}
