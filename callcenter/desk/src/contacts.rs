//! When the exchange and the networks last answered, and the file that remembers it.
//!
//! Not the journal's business: a contact is no fact of a request. A file that is
//! lost or damaged makes the news look older than it is.

use std::{collections::BTreeMap, fs, io, path::PathBuf, time::Duration};

use request::{NetworkId, Timestamp};
use serde::{Deserialize, Serialize};

/// Written no more often, so that a quiet desk does not wear its disk out.
const WRITE_EVERY: Duration = Duration::from_secs(60);

/// What was last known to answer, by this station's wall clock.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub exchange: Option<Timestamp>,
    /// Networks the exchange reached, and when it last said so.
    pub networks: BTreeMap<NetworkId, Timestamp>,
}

#[derive(Debug)]
pub(crate) struct Contacts {
    file: PathBuf,
    contact: Contact,
    written: Option<Timestamp>,
}

impl Contacts {
    pub(crate) fn read(file: PathBuf) -> Self {
        let contact = fs::read(&file).ok();
        let contact = contact.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self {
            file,
            contact: contact.unwrap_or_default(),
            written: None,
        }
    }

    pub(crate) fn last(&self) -> Contact {
        self.contact.clone()
    }

    pub(crate) fn heard(&mut self, reached: &[NetworkId], at: Timestamp) -> Contact {
        self.contact.exchange = Some(at);
        for network in reached {
            self.contact.networks.insert(network.clone(), at);
        }
        // A clock that was set back does not stop the writing.
        let due = |written: Timestamp| at >= written + WRITE_EVERY || at < written;
        if self.written.is_none_or(due) {
            self.written = Some(at);
            let written = serde_json::to_vec(&self.contact)
                .map_err(io::Error::from)
                .and_then(|text| durable::replace(&self.file, &text));
            if let Err(error) = written {
                tracing::warn!(%error, "The last contact cannot be written down");
            }
        }
        self.last()
    }
}
