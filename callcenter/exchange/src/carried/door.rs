//! Where parcels, editions of the catalogue and orders about operators are handed in: a
//! socket in the data folder, for this user alone.

use std::{
    fs, io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{UnixListener, UnixStream},
};

use super::{Carried, Word};
use crate::{console::obey, editions::Editions, issue::Issuer};

/// After letting somebody in failed, for want of file handles as a rule.
const PAUSE: Duration = Duration::from_millis(200);
/// An edition of the catalogue begins so (COSE_Sign1, RFC 9052, 2), and no parcel does.
const COSE_SIGN1: u8 = 0xd2;
/// An order about an operator begins so (JSON), and nothing else does.
const ORDER: u8 = b'{';
/// No parcel is as large.
const BYTES_MAX: u64 = 256 << 20;

pub(crate) struct Door {
    listener: UnixListener,
    carried: Arc<Carried>,
    editions: Arc<Editions>,
}

pub(super) fn socket(data: &Path) -> PathBuf {
    data.join("import.sock")
}

impl Door {
    /// # Errors
    /// When the socket cannot be made.
    pub(crate) fn open(data: &Path, carried: Carried, editions: Arc<Editions>) -> io::Result<Self> {
        let socket = socket(data);
        // Left by an exchange that is gone.
        match fs::remove_file(&socket) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
        let listener = UnixListener::bind(&socket)?;
        fs::set_permissions(&socket, fs::Permissions::from_mode(0o600))?;
        Ok(Self {
            listener,
            carried: Arc::new(carried),
            editions,
        })
    }

    /// Takes parcels for ever. The lines do not depend on it.
    pub(crate) async fn serve(self, issuer: Arc<Issuer>) {
        loop {
            let stream = match self.listener.accept().await {
                Ok((stream, _)) => stream,
                Err(error) => {
                    tracing::warn!(%error, "Whoever brought a parcel could not be let in");
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            };
            let (carried, issuer) = (Arc::clone(&self.carried), Arc::clone(&issuer));
            let editions = Arc::clone(&self.editions);
            tokio::spawn(async move {
                if let Err(error) = answer(stream, carried, editions, issuer).await {
                    tracing::warn!(%error, "Whoever brought a parcel went away");
                }
            });
        }
    }
}

/// One parcel to the end of what is said, one word back.
async fn answer(
    mut stream: UnixStream,
    carried: Arc<Carried>,
    editions: Arc<Editions>,
    issuer: Arc<Issuer>,
) -> io::Result<()> {
    let mut sealed = Vec::new();
    (&mut stream)
        .take(BYTES_MAX)
        .read_to_end(&mut sealed)
        .await?;
    let taken = tokio::task::spawn_blocking(move || match sealed.first() {
        Some(&COSE_SIGN1) => Some(edition(&editions, &sealed)),
        Some(&ORDER) => Some(order(&issuer, &sealed)),
        // Somebody looked whether an exchange serves here.
        None => None,
        Some(_) => Some(parcel(&carried, &issuer, &sealed)),
    });
    if let Some(word) = taken.await.map_err(io::Error::other)? {
        stream.write_all(&serde_json::to_vec(&word)?).await?;
    }
    stream.shutdown().await
}

fn edition(editions: &Editions, signed: &[u8]) -> Word {
    match editions.take(signed) {
        Ok(number) => {
            tracing::info!(number, "An edition of the catalogue was taken");
            Word::Edition(number)
        }
        Err(refused) => {
            tracing::warn!(%refused, "An edition of the catalogue was refused");
            Word::Refused(refused.to_string())
        }
    }
}

fn order(issuer: &Issuer, text: &[u8]) -> Word {
    let Ok(order) = serde_json::from_slice(text) else {
        return Word::Refused("it is no order that this release knows".to_owned());
    };
    match obey(&issuer.store, &order, issuer.clock.now()) {
        Ok(Ok(())) => {
            tracing::warn!("An operator was changed by command");
            Word::Done
        }
        Ok(Err(why)) => Word::Refused(why.to_string()),
        Err(error) => Word::Refused(error.to_string()),
    }
}

fn parcel(carried: &Carried, issuer: &Arc<Issuer>, sealed: &[u8]) -> Word {
    match carried.accept(issuer, sealed) {
        Ok(report) => {
            let head = &report.receipt.signed.head;
            tracing::info!(station = %head.station, number = head.number, "A parcel was taken over");
            Word::Taken(Box::new(report))
        }
        Err(refused) => {
            tracing::warn!(%refused, "A parcel was refused");
            Word::Refused(refused.to_string())
        }
    }
}
