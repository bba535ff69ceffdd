//! By what a letter is known again that a mail server delivers twice.

use std::fmt;

use sha2::{Digest, Sha256};

const BYTES: usize = 10;

/// Drawn from the message's id and its sender, or, where it has no id, from all of
/// it. The sender counts, so that nobody suppresses another's letter by its id.
/// Names nobody: an address alone does not lead to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(String);

impl Key {
    pub(crate) fn of(message_id: Option<&str>, sender: &str, raw: &[u8]) -> Self {
        let mut digest = Sha256::new();
        match message_id {
            Some(id) => {
                digest.update(b"id\0");
                digest.update(id);
                digest.update(b"\0");
                digest.update(sender.to_lowercase());
            }
            None => {
                digest.update(b"all\0");
                digest.update(raw);
            }
        }
        let digest = digest.finalize();
        let hex = digest.iter().take(BYTES).map(|it| format!("{it:02x}"));
        Self(hex.collect())
    }

    /// Twenty hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
