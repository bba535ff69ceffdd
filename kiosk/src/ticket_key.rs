//! The key a station signs its tickets with: made at the first start, beside the journal.

use std::{
    fs,
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use request::StationId;
use ticket::Issuer;
use zeroize::Zeroizing;

#[derive(Debug, thiserror::Error)]
pub enum TicketKeyError {
    #[error("the key for tickets cannot be read or written")]
    File(#[from] io::Error),
    #[error(transparent)]
    Key(#[from] ticket::KeyError),
}

/// Reads the key, or makes one that only this user may read.
pub(crate) fn open(file: &Path, station: &StationId) -> Result<Issuer, TicketKeyError> {
    match fs::read_to_string(file).map(Zeroizing::new) {
        Ok(pem) => Ok(Issuer::from_pem(station.as_str(), &pem)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let pem = Issuer::fresh_key()?;
            write(file, &pem)?;
            Ok(Issuer::from_pem(station.as_str(), &pem)?)
        }
        Err(error) => Err(error.into()),
    }
}

/// Durable before it is used: a code drawn from a lost key could not be found again.
fn write(file: &Path, pem: &str) -> io::Result<()> {
    let beside = file.with_extension("new");
    let mut options = fs::OpenOptions::new();
    let mut open = options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&beside)?;
    open.write_all(pem.as_bytes())?;
    open.sync_all()?;
    fs::rename(&beside, file)?;
    match file.parent() {
        Some(folder) => fs::File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_key_of_the_first_start_is_the_key_of_every_start() {
        let folder = std::env::temp_dir().join(format!("minwon-ticket-key-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (file, station) = (folder.join("ticket-key.pem"), StationId::new("gaon-1"));

        let first = open(&file, &station).unwrap().claim_code("r");
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        let again = open(&file, &station).unwrap().claim_code("r");
        fs::write(&file, "no key").unwrap();
        let damaged = open(&file, &station);

        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(first, again);
        assert_eq!(mode & 0o777, 0o600);
        assert!(matches!(damaged, Err(TicketKeyError::Key(_))));
    }
}
