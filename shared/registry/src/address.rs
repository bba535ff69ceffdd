//! Who asks and who is asked, in X-Road's identifiers (PR-REST, clause 4.2).

use std::fmt;

/// The asking subsystem: instance, class, member, subsystem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientId(pub [String; 4]);

/// A service of a subsystem: instance, class, member, subsystem, service code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(pub [String; 5]);

impl Address {
    /// Where the security server takes questions for this service.
    pub fn path(&self) -> String {
        format!("/r1/{self}")
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&encode(&self.0))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&encode(&self.0))
    }
}

/// Each part is percent-encoded for itself (RFC 3986, 2.3 tells what stays).
fn encode(parts: &[String]) -> String {
    let part = |part: &String| -> String {
        part.bytes()
            .map(|byte| match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    char::from(byte).to_string()
                }
                _ => format!("%{byte:02X}"),
            })
            .collect()
    };
    parts.iter().map(part).collect::<Vec<_>>().join("/")
}
