//! The key a station signs the heads of its journal with.

use std::{io, path::Path};

use sync::{KeyPair, KeyUnreadable};

#[derive(Debug, thiserror::Error)]
pub enum SigningKeyError {
    #[error("the key that signs the journal cannot be read or written")]
    File(#[from] io::Error),
    #[error("the key that signs the journal is of no use")]
    Key(#[from] KeyUnreadable),
}

/// Reads the key in a file (PKCS#8 in PEM), or makes one that only this user may read.
///
/// # Errors
/// When the file cannot be read or written, or holds no key.
pub fn signing_key(file: &Path) -> Result<KeyPair, SigningKeyError> {
    let make = || Ok::<_, SigningKeyError>(KeyPair::generate().to_pem()?);
    Ok(KeyPair::from_pem(&durable::secret(file, make)?)?)
}
