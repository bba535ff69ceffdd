//! A station's journal at the program's start.

use std::path::Path;

use journal::{Journal, Key, SetAside, SigningKeyError};
use request::{StationId, Timestamp};

use crate::Signing;

/// Why a station's journal is of no use.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the journal cannot be had")]
    Journal(#[from] journal::Error),
    #[error("the key of the journal cannot be had")]
    JournalKey(#[from] journal::KeyError),
    #[error(transparent)]
    SigningKey(#[from] SigningKeyError),
}

/// Opens the journal with the key in `key_file`, and the key beside it that signs its
/// heads. A damaged journal is set aside for a fresh one with what could be saved,
/// and the log says so.
///
/// # Errors
/// When the journal or a key cannot be read or made.
pub fn open_journal(
    file: &Path,
    key_file: &Path,
    station: &StationId,
    now: Timestamp,
) -> Result<(Journal, Signing), OpenError> {
    let key = Key::of_station(key_file, file)?;
    let (journal, aside) = Journal::open_or_set_aside(file, station.clone(), &key, now)?;
    if let Some(SetAside { file, salvage }) = aside {
        tracing::error!(
            file = %file.display(),
            saved = salvage.chained,
            behind_the_damage = salvage.beyond,
            lost = salvage.lost(),
            uncertain_requests = salvage.uncertain,
            "The journal was damaged; a new one was begun with what could be saved"
        );
    }
    let signing = Signing::open(&file.with_file_name("journal-key.pem"))?;
    Ok((journal, signing))
}
