//! Editions of the catalogue: taken from an operator, gone over to when the exchange
//! starts, and offered to stations from then on.
//!
//! The exchange goes first: a station must not ask for a service that the exchange
//! does not know yet. What stations are given is signed with the exchange's own key,
//! by which they already know what it promises of journals; whose edition it was is
//! the operator's to say, who hands it in.

mod command;
mod content;

use std::{io, path::Path};

use anyhow::Context;
use edition::{EditionKey, Found, NotTaken, OfferedEdition, Shelf};
use request::Timestamp;

pub use command::hand_in_edition;
pub(crate) use content::Content;

use crate::{issue::Issuer, keys};

pub(crate) struct Editions {
    key: EditionKey,
    shelf: Shelf,
    /// The one that is run; none is what the exchange was started with.
    running: Option<OfferedEdition>,
}

impl Editions {
    /// Opens the shelf and chooses what the newest edition brings that counts, or
    /// the one in the folder.
    ///
    /// # Errors
    /// When the keys, the shelf or the folder cannot be read.
    pub(crate) fn open(
        data: &Path,
        folder: &Path,
        now: Timestamp,
    ) -> anyhow::Result<(Self, Content)> {
        let key = key(data)?;
        let shelf = Shelf::new(data.join("editions"));
        let (found, refused) = shelf
            .newest(&key.signer(), now, Content::read_or_say)
            .context("cannot read the editions of the catalogue")?;
        for it in refused {
            let (number, reason) = (it.number, it.reason);
            tracing::error!(number, reason, "An edition of the catalogue is of no use");
        }
        let (running, content) = match found {
            Some(found) => {
                shelf
                    .tidy(found.number)
                    .context("cannot let go of old editions")?;
                tracing::info!(number = found.number, "An edition of the catalogue counts");
                (Some(offered(&found)), found.content)
            }
            None => (None, Content::read(folder)?),
        };
        Ok((
            Self {
                key,
                shelf,
                running,
            },
            content,
        ))
    }

    /// The edition that is run, which stations may have.
    pub(crate) fn offered(&self) -> Option<OfferedEdition> {
        self.running.clone()
    }

    /// Editions above the one that is run, whose day or next start is to come.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    pub(crate) fn waiting(&self) -> io::Result<Vec<u64>> {
        let running = self.running.as_ref().map_or(0, |it| it.number);
        let mut numbers = self.shelf.numbers()?;
        numbers.retain(|it| *it > running);
        Ok(numbers)
    }

    /// The signed form of an edition that stations may have.
    ///
    /// # Errors
    /// When the shelf cannot be read.
    pub(crate) fn signed(&self, digest: &str) -> io::Result<Option<Vec<u8>>> {
        let is_offered = self.running.as_ref().is_some_and(|it| it.digest == digest);
        if is_offered {
            self.shelf.signed(digest)
        } else {
            Ok(None)
        }
    }

    /// Takes an edition that was signed here; it counts from the next start on.
    ///
    /// # Errors
    /// The reason why it was not taken.
    pub(crate) fn take(&self, signed: &[u8]) -> Result<u64, NotTaken> {
        let above = self.running.as_ref().map_or(0, |it| it.number);
        let found = self
            .shelf
            .take(signed, &self.key.signer(), above, Content::read_or_say)?;
        Ok(found.number)
    }
}

impl Issuer {
    /// Tells the stations that have not heard of it of the edition that is run.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub(crate) fn announce_edition(&self, editions: &Editions) -> Result<(), ledger::StoreError> {
        if let Some(offered) = &editions.running {
            self.store.announce_edition(offered, self.clock.now())?;
            self.published.notify_waiters();
        }
        Ok(())
    }
}

/// The key of journals' heads signs editions, too; each says what it is for.
fn key(data: &Path) -> anyhow::Result<EditionKey> {
    let pem = keys::co_signer(data)?.to_pem()?;
    Ok(EditionKey::from_pem(&pem)?)
}

fn offered<T>(found: &Found<T>) -> OfferedEdition {
    OfferedEdition {
        number: found.number,
        digest: found.digest.clone(),
    }
}
