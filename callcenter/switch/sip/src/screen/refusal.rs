//! Answers to requests that go no further (RFC 3261 §8.2).

use sha2::{Digest, Sha256};

use super::message::Message;

/// Bytes of a Via or Record of theirs that an answer repeats at most.
const REPEATED_MAX: usize = 8_192;

/// A final status with the headers it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) reason: &'static str,
    pub(super) headers: Vec<(&'static str, String)>,
}

impl Refusal {
    pub(super) fn new(status: u16, reason: &'static str) -> Self {
        Self {
            status,
            reason,
            headers: Vec::new(),
        }
    }

    pub(super) fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    /// 400 with what was wrong.
    pub(super) fn malformed(reason: &'static str) -> Self {
        Self::new(400, reason)
    }

    /// The response, with the headers that lead it back copied as they came
    /// (RFC 3261 §8.2.6.2); `None` when there is no Via to lead it.
    pub(super) fn response_to(&self, message: &Message) -> Option<Vec<u8>> {
        message.first("Via")?;
        let mut text = format!("SIP/2.0 {} {}\r\n", self.status, self.reason);
        for name in ["Via", "From", "To", "Call-ID", "CSeq"] {
            for value in message.all(name) {
                let tag = if name == "To" && !has_tag(value) {
                    format!(";tag={}", tag_for(message))
                } else {
                    String::new()
                };
                text.push_str(&format!("{name}: {value}{tag}\r\n"));
                if name != "Via" {
                    break;
                }
            }
        }
        for (name, value) in &self.headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text.push_str("Content-Length: 0\r\n\r\n");
        (text.len() <= REPEATED_MAX).then(|| text.into_bytes())
    }
}

fn has_tag(value: &str) -> bool {
    let after = value.rsplit('>').next().unwrap_or(value);
    after.to_ascii_lowercase().contains(";tag=")
}

/// The same tag for the same request, without remembering it (RFC 3261 §8.2.7).
fn tag_for(message: &Message) -> String {
    let mut hash = Sha256::new();
    for name in ["Via", "From", "Call-ID", "CSeq"] {
        hash.update(message.first(name).unwrap_or_default());
        hash.update([0]);
    }
    let digest = hash.finalize();
    digest
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
