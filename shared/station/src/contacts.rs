//! The file that remembers when the exchange last answered.
//!
//! Not the journal's business: a contact is no fact of a request. A file that is
//! lost or damaged makes the news look older than it is, and a station that starts
//! without a connection then refuses what it could have accepted.

use std::{collections::BTreeMap, fs, io, path::PathBuf, time::Duration};

use request::{NetworkId, Timestamp};
use serde::{Deserialize, Serialize};

/// Written no more often, so that a quiet station does not wear its disk out.
const WRITE_EVERY: Duration = Duration::from_secs(60);

/// What was last known to answer, by this station's wall clock. Kept in a file,
/// so that a station that starts without a connection knows how old its news is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub exchange: Option<Timestamp>,
    /// Networks the exchange reached, and when it last said so.
    pub networks: BTreeMap<NetworkId, Timestamp>,
}

impl Contact {
    /// Takes over that the exchange answered, and which networks it reaches.
    pub fn heard(&mut self, reached: &[NetworkId], at: Timestamp) {
        self.exchange = Some(at);
        for network in reached {
            self.networks.insert(network.clone(), at);
        }
    }
}

/// The contact and its file.
#[derive(Debug)]
pub struct Contacts {
    file: PathBuf,
    contact: Contact,
    written: Option<Timestamp>,
}

impl Contacts {
    /// A file that is not there or damaged is none.
    pub fn read(file: PathBuf) -> Self {
        let contact = fs::read(&file).ok();
        let contact = contact.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self {
            file,
            contact: contact.unwrap_or_default(),
            written: None,
        }
    }

    pub fn last(&self) -> Contact {
        self.contact.clone()
    }

    /// The exchange has answered; answers the contact as it is now.
    pub fn heard(&mut self, reached: &[NetworkId], at: Timestamp) -> Contact {
        self.contact.heard(reached, at);
        let due = self.written.is_none_or(|written| {
            // A clock that was set back does not stop the writing.
            at >= written + WRITE_EVERY || at < written
        });
        if due {
            self.written = Some(at);
            let written = serde_json::to_vec(&self.contact)
                .map_err(io::Error::from)
                .and_then(|text| durable::replace(&self.file, &text));
            if let Err(error) = written {
                tracing::warn!(%error, "The last contact cannot be written down");
            }
        }
        self.contact.clone()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_contact_is_remembered_and_a_damaged_file_is_none() {
        let folder = std::env::temp_dir().join(format!("minwon-contacts-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("contacts.json");
        let (noon, network) = (
            Timestamp::from_millis(1_000_000),
            NetworkId::new("people-id"),
        );

        let told = Contacts::read(file.clone()).heard(std::slice::from_ref(&network), noon);
        let read = Contacts::read(file.clone()).last();
        fs::write(&file, "{\"exch").unwrap();
        let damaged = Contacts::read(file).last();

        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(read, told);
        assert_eq!(read.networks[&network], noon);
        assert_eq!(damaged, Contact::default());
    }
}
