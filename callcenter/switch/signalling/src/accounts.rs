//! The accounts of telephones: name and key.

use std::collections::BTreeMap;

use sip::digest::AccountKey;
use thiserror::Error;

/// A line of the file is not `name:SHA-256:MD5`. Says where, never what.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("line {line} of the accounts is malformed")]
pub struct Malformed {
    pub line: usize,
}

/// Who may register, and call without being a trunk.
#[derive(Clone, Debug, Default)]
pub struct Accounts(BTreeMap<String, AccountKey>);

impl Accounts {
    /// Reads the file: one account a line, its name, and `HA1` of RFC 7616
    /// §3.4.2 with SHA-256 and with MD5, with colons between. Lines that are
    /// empty or begin with `#` are skipped.
    ///
    /// # Errors
    /// At the first line that is not of that form.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let mut accounts = Self::default();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let read = || {
                let (name, hashes) = line.split_once(':')?;
                let (sha256, md5) = hashes.split_once(':')?;
                let key = AccountKey::from_hashes(sha256.trim(), md5.trim())?;
                (!name.is_empty()).then(|| (name.trim().to_owned(), key))
            };
            let (name, key) = read().ok_or(Malformed { line: index + 1 })?;
            accounts.0.insert(name, key);
        }
        Ok(accounts)
    }

    pub fn insert(&mut self, name: &str, key: AccountKey) {
        self.0.insert(name.to_owned(), key);
    }

    pub fn contains(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.0.remove(name);
    }

    pub(crate) fn key(&self, name: &str) -> Option<&AccountKey> {
        self.0.get(name)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_accounts_is_read() {
        let sha256 = "ab".repeat(32);
        let md5 = "cd".repeat(16);
        let text = format!("# desk telephones\n\nagent1:{sha256}:{md5}\n");

        let accounts = Accounts::parse(&text).unwrap();

        assert_eq!(
            accounts.key("agent1").cloned(),
            AccountKey::from_hashes(&sha256, &md5)
        );
    }

    #[test]
    fn a_malformed_line_is_named_by_its_number_alone() {
        let error = Accounts::parse("\nagent1:secret\n").unwrap_err();

        assert_eq!(error, Malformed { line: 2 });
        assert!(!error.to_string().contains("secret"));
    }
}
