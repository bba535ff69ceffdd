//! The key of a machine's line, and the request that asks for its certificate (RFC 2986).

use std::path::Path;

use rcgen::{KeyPair, PublicKeyData};
use zeroize::Zeroizing;

const KEY: &str = "key.pem";

/// What a certificate can be asked for; where the private half is, is its own affair.
pub trait LineKey {
    /// SubjectPublicKeyInfo in DER.
    fn public_key(&self) -> Vec<u8>;

    /// A PKCS #10 request in DER, which proves that the private half is here.
    ///
    /// # Errors
    /// When it cannot be signed.
    fn request(&self, station: &str) -> Result<Vec<u8>, KeyFault>;
}

/// Why there is no key, or no request for it.
#[derive(Debug, thiserror::Error)]
pub enum KeyFault {
    #[error("the key cannot be read or written")]
    Disk(#[from] std::io::Error),
    #[error("the key cannot be made or used")]
    Key(#[from] rcgen::Error),
}

/// A key on P-256 that lies on the machine's own disk.
pub struct SoftKey {
    pem: Zeroizing<String>,
    pair: KeyPair,
}

impl SoftKey {
    /// The key in `folder/key.pem`; made where there is none, and never a second one.
    ///
    /// # Errors
    /// When it cannot be read, made or kept.
    pub fn open_or_make(folder: &Path) -> Result<Self, KeyFault> {
        std::fs::create_dir_all(folder)?;
        let make = || Ok::<_, KeyFault>(Zeroizing::new(KeyPair::generate()?.serialize_pem()));
        let pem = durable::secret(&folder.join(KEY), make)?;
        let pair = KeyPair::from_pem(&pem)?;
        Ok(Self { pem, pair })
    }
}

impl LineKey for SoftKey {
    fn public_key(&self) -> Vec<u8> {
        self.pair.subject_public_key_info()
    }

    fn request(&self, station: &str) -> Result<Vec<u8>, KeyFault> {
        Ok(identity::certificate_request(&self.pem, station)?)
    }
}
