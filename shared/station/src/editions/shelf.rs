//! Editions between a station's shelf, its link and its program.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use edition::{EditionSigner, Found, NotTaken, Refused, RefusedEdition, Shelf};
use identity::Credentials;
use request::Timestamp;

use super::{EditionCommand, Editions};
use crate::Correspondent;

/// What a program reads from the files of an edition, or why it cannot.
type Reads<T> = fn(&Path) -> Result<T, String>;

/// The station's editions on its disk, beside its journal.
pub struct EditionShelf<T> {
    shelf: Arc<Shelf>,
    /// The folder of the station's certificate, in which the exchange's key lies.
    credentials: PathBuf,
    read: Reads<T>,
}

impl<T: Send + 'static> EditionShelf<T> {
    /// `credentials` is the folder of the station's certificate.
    pub fn beside(journal: &Path, credentials: &Path, read: Reads<T>) -> Self {
        Self {
            shelf: Arc::new(Shelf::new(journal.with_file_name("editions"))),
            credentials: credentials.to_owned(),
            read,
        }
    }

    /// What to start with: the newest edition that counts, or what the station was
    /// `provisioned` with.
    ///
    /// # Errors
    /// When there is no edition and that cannot be read.
    pub fn at_start<E>(
        &self,
        now: Timestamp,
        provisioned: impl FnOnce() -> Result<T, E>,
    ) -> Result<(Editions<T>, T), E> {
        let (found, refused) = self.look(now);
        for it in &refused {
            let (number, reason) = (it.number, &it.reason);
            tracing::error!(number, reason, "An edition of the catalogue is of no use");
        }
        let refused = refused.into_iter().next();
        Ok(match found {
            Some(found) => (Editions::new(found.number, refused), found.content),
            None => (Editions::new(0, refused), provisioned()?),
        })
    }

    fn look(&self, now: Timestamp) -> (Option<Found<T>>, Vec<RefusedEdition>) {
        let Some(signer) = signer(&self.credentials) else {
            return (None, Vec::new());
        };
        let newest = self.shelf.newest(&signer, now, self.read);
        newest.unwrap_or_else(|error| {
            tracing::error!(%error, "The editions of the catalogue cannot be read");
            (None, Vec::new())
        })
    }

    /// Does what a command says; `taken` is told what became of an edition that came,
    /// on a thread of its own: a catalogue is read for longer than a finger waits.
    ///
    /// # Errors
    /// When the machine has no thread for it.
    pub fn carry_out(
        &self,
        command: EditionCommand,
        station: &Correspondent,
        taken: impl FnOnce(Result<Found<T>, NotTaken>) + Send + 'static,
    ) -> Result<(), NotTaken> {
        match command {
            EditionCommand::Tell(state) => station.order(link::Order::TellEdition(state)),
            EditionCommand::Fetch { digest } => {
                station.order(link::Order::FetchEdition { digest });
            }
            EditionCommand::Take { signed, above } => {
                let (shelf, read) = (Arc::clone(&self.shelf), self.read);
                let credentials = self.credentials.clone();
                let take = move || {
                    taken(match signer(&credentials) {
                        Some(signer) => shelf.take(&signed, &signer, above, read),
                        None => Err(NotTaken::Refused(Refused::OtherKey)),
                    });
                };
                let thread = std::thread::Builder::new().name("edition".to_owned());
                let begun = thread.spawn(take);
                begun.map_err(|source| NotTaken::Disk { number: 0, source })?;
            }
        }
        Ok(())
    }

    /// Lets go of what is older than the edition in use and the one before it.
    pub fn tidy(&self, in_use: u64) {
        if let Err(error) = self.shelf.tidy(in_use) {
            tracing::warn!(%error, "An old edition of the catalogue cannot be deleted");
        }
    }
}

/// The exchange's key, as it lies beside the station's certificate.
fn signer(credentials: &Path) -> Option<EditionSigner> {
    let pem = Credentials::read_co_signer(credentials).ok()?;
    EditionSigner::from_pem(&pem).ok()
}
