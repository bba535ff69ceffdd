//! Where parcels are handed in: a socket in the data folder, for this user alone.

use std::{
    fs, io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{UnixListener, UnixStream},
};

use super::{Carried, Word};
use crate::issue::Issuer;

/// No parcel is as large.
const BYTES_MAX: u64 = 256 << 20;

pub(crate) struct Door {
    listener: UnixListener,
    carried: Arc<Carried>,
}

pub(super) fn socket(data: &Path) -> PathBuf {
    data.join("import.sock")
}

impl Door {
    /// # Errors
    /// When the socket cannot be made.
    pub(crate) fn open(data: &Path, carried: Carried) -> io::Result<Self> {
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
        })
    }

    /// Takes parcels for ever; only a socket that fails ends it.
    pub(crate) async fn serve(self, issuer: Arc<Issuer>) -> io::Result<()> {
        loop {
            let (stream, _) = self.listener.accept().await?;
            let (carried, issuer) = (Arc::clone(&self.carried), Arc::clone(&issuer));
            tokio::spawn(async move {
                if let Err(error) = answer(stream, carried, issuer).await {
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
    issuer: Arc<Issuer>,
) -> io::Result<()> {
    let mut sealed = Vec::new();
    (&mut stream)
        .take(BYTES_MAX)
        .read_to_end(&mut sealed)
        .await?;
    let taken = tokio::task::spawn_blocking(move || carried.accept(&issuer, &sealed)).await;
    let word = match taken.map_err(io::Error::other)? {
        Ok(report) => {
            let head = &report.receipt.signed.head;
            tracing::info!(station = %head.station, number = head.number, "A parcel was taken over");
            Word::Taken(Box::new(report))
        }
        Err(refused) => {
            tracing::warn!(%refused, "A parcel was refused");
            Word::Refused(refused.to_string())
        }
    };
    stream.write_all(&serde_json::to_vec(&word)?).await?;
    stream.shutdown().await
}
