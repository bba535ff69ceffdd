//! What the exchange remembers: one SQLite file, one writer, and its backups.
//!
//! A crate of its own, so that what must never be lost can be tested without
//! networks, typesetting or keys.

mod archive;
mod attestations;
mod audit;
pub mod backup;
mod board;
mod carried;
mod certainty;
mod checks;
mod claims;
mod deliveries;
mod documents;
mod doubts;
mod editions;
mod encoding;
mod heads;
mod history;
mod holdings;
mod intake;
mod knowledge;
mod leases;
mod log;
mod machine_words;
mod machines;
mod messages;
mod open;
mod operators;
mod particulars;
mod petitions;
mod publications;
mod quarantine;
mod refunds;
mod retention;
mod rollouts;
mod statistics;
mod survey;
mod told;
mod traffic;
mod training;
mod vitals;
mod wal;
mod wedged;

use std::{
    path::PathBuf,
    sync::{Arc, atomic::AtomicBool},
    time::Duration,
};

use parking_lot::Mutex;
use rusqlite::Connection;

use certainty::Certainty;
use log::Log;
use traffic::{Traffic, Turn};

pub use self::board::{Moderation, NotModerated, NotPosted, Posting};
pub use archive::{Altered, Archived, Disposal};
pub use attestations::{Attestation, Attested};
pub use audit::{AuditAltered, AuditHead, AuditRow};
pub use carried::{Carried, NotTaken};
pub use checks::{NewCheck, Subject, Tries};
pub use claims::{Claim, NOT_ASKED};
pub use deliveries::{Delivery, DeliveryEnd, DeliveryStatus, NewDelivery, Sendable};
pub use documents::{Document, Paper};
pub use doubts::{Deed, Doubt, Finding, Found};
pub use editions::StationEdition;
pub use heads::{JournalHead, NotBelieved};
pub use holdings::Holdings;
pub use intake::Received;
pub use knowledge::{
    Article, ArticleFeedback, ArticleVersion, NotKept, Verdict as ArticleVerdict, Wording,
};
pub use leases::{LeaseGrant, LeaseGranted};
pub use machines::{GivenOrder, Machine, Noted};
pub use messages::{Message, Occasion, Settlement};
pub use operators::{NotChanged, Operator, Role};
pub use particulars::Particulars;
pub use petitions::{Attachment, Attention, NotDone, Petition, PetitionPage, Step, Urgency};
pub use quarantine::Quarantined;
pub use refunds::{NotPaid, Refund};
pub use retention::{Erased, Kept, Term};
pub use rollouts::Rollout;
pub use statistics::Count;
pub use survey::{Chain, Documents, Fault, Survey, Watermarks};
pub use told::Told;
pub use training::{KeptTraining, Training, TrainingKind};
pub use vitals::{StationVitals, Vitals};
pub use wedged::{Settled, Verdict, Wedged};

/// How long an answer to a station waits for the backup.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why the store did not do what was asked; it names no person.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the exchange's store cannot be opened")]
    Open(#[source] rusqlite::Error),
    #[error("the files of the exchange's store cannot be read from the disk")]
    Reread(#[source] std::io::Error),
    #[error("the exchange's store was written by a newer release (version {0})")]
    TooNew(u32),
    #[error("the exchange's store cannot be read or written")]
    Access(#[from] rusqlite::Error),
    #[error("an event cannot be encoded or decoded (column {0})")]
    Event(usize),
    #[error("the exchange's store is written and its backup is not")]
    Unarchived,
}

/// Shared by all tasks; each operation is one short transaction.
#[derive(Clone)]
pub struct Store {
    shared: Arc<Shared>,
}

struct Shared {
    connection: Mutex<Connection>,
    traffic: Traffic,
    certainty: Certainty,
    log: Log,
    /// The archivist is to empty the log as soon as it may.
    log_to_empty: AtomicBool,
    file: PathBuf,
}

impl Store {
    /// Waits until a backup holds what is written, where that was promised.
    ///
    /// # Errors
    /// When it does not in time: nobody may be told then that anything is safe.
    pub fn settled(&self) -> Result<(), StoreError> {
        self.settled_within(PATIENCE)
    }

    /// As [`Self::settled`], with another patience.
    ///
    /// # Errors
    /// As [`Self::settled`].
    pub fn settled_within(&self, patience: Duration) -> Result<(), StoreError> {
        match self.shared.traffic.settled(patience) {
            true => Ok(()),
            false => Err(StoreError::Unarchived),
        }
    }

    /// Whether something is written that the backup does not hold yet, where one is
    /// waited for.
    pub fn is_unarchived(&self) -> bool {
        !self.shared.traffic.settled(Duration::ZERO)
    }

    fn lock(&self) -> Turn<'_> {
        Turn::take(
            &self.shared.connection,
            &self.shared.traffic,
            &self.shared.certainty,
        )
    }
}
