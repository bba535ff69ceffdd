//! The key a station signs its tickets with: made at the first start, beside the journal.

use std::{io, path::Path};

use request::StationId;
use ticket::Issuer;

#[derive(Debug, thiserror::Error)]
pub enum TicketKeyError {
    #[error("the key for tickets cannot be read or written")]
    File(#[from] io::Error),
    #[error(transparent)]
    Key(#[from] ticket::KeyError),
}

/// Reads the key, or makes one that only this user may read.
///
/// # Errors
/// When it cannot be read or written, or is damaged.
pub fn open(file: &Path, station: &StationId) -> Result<Issuer, TicketKeyError> {
    // A code drawn from a lost key could not be found again.
    let pem = durable::secret(file, || Ok::<_, TicketKeyError>(Issuer::fresh_key()?))?;
    Ok(Issuer::from_pem(station.as_str(), &pem)?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::{fs, os::unix::fs::PermissionsExt};

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
