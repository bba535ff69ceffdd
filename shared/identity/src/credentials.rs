//! A party's own certificate and key, and the authority it trusts, as they lie in a folder.

use std::{
    fs,
    path::{Path, PathBuf},
};

use request::Timestamp;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};

use crate::{Subject, authority::Issued};

const CERTIFICATE: &str = "certificate.pem";
const KEY: &str = "key.pem";
const AUTHORITY: &str = "authority.pem";
/// Whose signature a station believes about its journal.
const CO_SIGNER: &str = "co-signer.pem";

/// What a line needs at either end.
#[derive(Debug)]
pub struct Credentials {
    pub(crate) chain: Vec<CertificateDer<'static>>,
    pub(crate) key: PrivateKeyDer<'static>,
    pub(crate) authority: CertificateDer<'static>,
}

/// Why a line cannot even be tried. Names files, never keys.
#[derive(Debug, thiserror::Error)]
pub enum CredentialsFault {
    #[error("cannot read {file}")]
    Read {
        file: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("cannot write {file}")]
    Write {
        file: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{0} is not the PEM file it should be")]
    NotPem(PathBuf),
    #[error("the certificate and the key do not belong together or cannot be used")]
    Unusable(#[source] rustls::Error),
}

impl Credentials {
    /// Reads `certificate.pem`, `key.pem` and `authority.pem` in a folder.
    ///
    /// # Errors
    /// When a file is missing or is not what its name says.
    pub fn read(folder: &Path) -> Result<Self, CredentialsFault> {
        let text = |name: &str| {
            let file = folder.join(name);
            match fs::read(&file) {
                Ok(text) => Ok((file, text)),
                Err(source) => Err(CredentialsFault::Read { file, source }),
            }
        };
        let (file, pem) = text(CERTIFICATE)?;
        let chain: Vec<_> = CertificateDer::pem_slice_iter(&pem)
            .collect::<Result<_, _>>()
            .map_err(|_| CredentialsFault::NotPem(file.clone()))?;
        if chain.is_empty() {
            return Err(CredentialsFault::NotPem(file));
        }
        let (file, pem) = text(KEY)?;
        let pem = zeroize::Zeroizing::new(pem);
        let key =
            PrivateKeyDer::from_pem_slice(&pem).map_err(|_| CredentialsFault::NotPem(file))?;
        let (file, pem) = text(AUTHORITY)?;
        let authority =
            CertificateDer::from_pem_slice(&pem).map_err(|_| CredentialsFault::NotPem(file))?;
        Ok(Self {
            chain,
            key,
            authority,
        })
    }

    /// Writes what [`Credentials::read`] reads; the key for this user alone.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn write(
        folder: &Path,
        issued: &Issued,
        authority_pem: &str,
    ) -> Result<(), CredentialsFault> {
        fs::create_dir_all(folder).map_err(|source| failed(folder, source))?;
        let key = folder.join(KEY);
        durable::replace_secret(&key, issued.key_pem.as_bytes())
            .map_err(|source| failed(&key, source))?;
        for (name, text) in [
            (CERTIFICATE, issued.certificate_pem.as_str()),
            (AUTHORITY, authority_pem),
        ] {
            let file = folder.join(name);
            durable::replace(&file, text.as_bytes()).map_err(|source| failed(&file, source))?;
        }
        Ok(())
    }

    /// Puts the exchange's key for journals, in PEM, beside a station's certificate.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn write_co_signer(folder: &Path, public_key: &str) -> Result<(), CredentialsFault> {
        let file = folder.join(CO_SIGNER);
        durable::replace(&file, public_key.as_bytes()).map_err(|source| failed(&file, source))
    }

    /// Reads what [`Credentials::write_co_signer`] wrote.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    pub fn read_co_signer(folder: &Path) -> Result<String, CredentialsFault> {
        let file = folder.join(CO_SIGNER);
        fs::read_to_string(&file).map_err(|source| CredentialsFault::Read { file, source })
    }

    /// The files' last changes: when they differ, there are new ones to be read.
    pub fn state(folder: &Path) -> [Option<std::time::SystemTime>; 3] {
        [CERTIFICATE, KEY, AUTHORITY].map(|name| {
            fs::metadata(folder.join(name))
                .and_then(|it| it.modified())
                .ok()
        })
    }

    /// What the own certificate says, if it names a station or an agent.
    pub fn subject(&self) -> Option<Subject> {
        Subject::read(self.chain.first()?).ok()
    }

    /// The own certificate, in DER.
    pub fn certificate(&self) -> &[u8] {
        self.chain.first().map_or(&[], |it| it)
    }

    /// The key of the own certificate, in DER: PKCS#8 as [`Credentials::write`] has
    /// written it. A secret.
    pub fn private_key(&self) -> &[u8] {
        self.key.secret_der()
    }

    /// A time that has surely passed: when the own certificate was made.
    pub(crate) fn earliest(&self) -> Timestamp {
        self.subject()
            .map_or(Timestamp::from_millis(0), |it| it.not_before)
    }
}

fn failed(file: &Path, source: std::io::Error) -> CredentialsFault {
    CredentialsFault::Write {
        file: file.to_owned(),
        source,
    }
}
