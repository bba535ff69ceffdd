//! A key that stays in a hardware security module (PKCS#11 v3.0, OASIS).

use std::{path::Path, sync::Mutex};

use cryptoki::{
    context::{CInitializeArgs, CInitializeFlags, Pkcs11},
    mechanism::Mechanism,
    object::{Attribute, ObjectClass, ObjectHandle},
    session::{Session, UserType},
    types::AuthPin,
};
use p256::ecdsa::Signature;
use sha2::{Digest, Sha256};
use x509_cert::Certificate;

use crate::{Signer, SignerError, signer::read_chain};

/// Where the key is kept.
pub struct Pkcs11Settings<'a> {
    /// The store's library, such as SoftHSM's or the vendor's.
    pub module: &'a Path,
    pub token: &'a str,
    pub pin: &'a str,
    /// The key's `CKA_LABEL`.
    pub key: &'a str,
    /// Certificates in PEM, the signer's first.
    pub chain: &'a str,
}

#[derive(Debug, thiserror::Error)]
pub enum Pkcs11Error {
    #[error("the key store cannot be opened")]
    Open(#[source] cryptoki::error::Error),
    #[error("the key store has no token of that name")]
    NoToken,
    #[error("the key store has no private key of that name")]
    NoKey,
    #[error(transparent)]
    Chain(#[from] SignerError),
}

pub struct Pkcs11Key {
    // A session is for one thread at a time.
    session: Mutex<Session>,
    key: ObjectHandle,
    chain: Vec<Certificate>,
}

impl Pkcs11Key {
    /// Opens a session and finds the key.
    ///
    /// # Errors
    /// When the library, the token or the key is not there, or the PIN is wrong.
    pub fn open(settings: &Pkcs11Settings<'_>) -> Result<Self, Pkcs11Error> {
        let chain = read_chain(settings.chain)?;
        let context = Pkcs11::new(settings.module).map_err(Pkcs11Error::Open)?;
        context
            .initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK))
            .map_err(Pkcs11Error::Open)?;
        let slots = context.get_slots_with_token().map_err(Pkcs11Error::Open)?;
        let slot = slots
            .into_iter()
            .find(|slot| {
                context
                    .get_token_info(*slot)
                    .is_ok_and(|it| it.label().trim() == settings.token)
            })
            .ok_or(Pkcs11Error::NoToken)?;
        let session = context.open_ro_session(slot).map_err(Pkcs11Error::Open)?;
        session
            .login(UserType::User, Some(&AuthPin::from(settings.pin)))
            .map_err(Pkcs11Error::Open)?;
        let wanted = [
            Attribute::Class(ObjectClass::PRIVATE_KEY),
            Attribute::Label(settings.key.as_bytes().to_vec()),
        ];
        let found = session.find_objects(&wanted).map_err(Pkcs11Error::Open)?;
        let key = found.first().copied().ok_or(Pkcs11Error::NoKey)?;
        Ok(Self {
            session: Mutex::new(session),
            key,
            chain,
        })
    }
}

impl Signer for Pkcs11Key {
    fn chain(&self) -> &[Certificate] {
        &self.chain
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerError> {
        let session = self
            .session
            .lock()
            .map_err(|_| SignerError::Store("its session broke".to_owned()))?;
        let raw = session
            .sign(&Mechanism::Ecdsa, self.key, &Sha256::digest(message))
            .map_err(|error| SignerError::Store(error.to_string()))?;
        // PKCS#11 answers r and s side by side; CMS wants them in DER.
        let signature = Signature::from_slice(&raw)
            .map_err(|_| SignerError::Store("it answered no P-256 signature".to_owned()))?;
        Ok(signature.to_der().as_bytes().to_vec())
    }
}
