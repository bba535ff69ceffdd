//! SIP over TLS (RFC 3261 §26.2.1): the certificate telephones know the switch by.

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use serde::Deserialize;
use signalling::TlsListener;
use tokio_rustls::rustls::{
    self, ServerConfig,
    crypto::ring,
    pki_types::{
        CertificateDer, PrivateKeyDer,
        pem::{self, PemObject},
    },
};

/// Where telephones come in over TLS, and what proves to them who answers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TlsSettings {
    pub listen: SocketAddr,
    /// A PEM file: the switch's certificate, and whatever stands between it and the
    /// authority the telephones trust.
    pub certificate: PathBuf,
    /// A PEM file with the certificate's private key.
    pub key: PathBuf,
}

/// Why the lines have no TLS.
#[derive(Debug, thiserror::Error)]
pub enum TlsFault {
    #[error("cannot read a certificate in {0}")]
    Certificate(PathBuf, #[source] pem::Error),
    #[error("there is no certificate in {0}")]
    NoCertificate(PathBuf),
    #[error("cannot read a private key in {0}")]
    Key(PathBuf, #[source] pem::Error),
    #[error("the certificate in {0} and the key do not belong together")]
    NotAPair(PathBuf, #[source] rustls::Error),
}

impl TlsSettings {
    /// Reads the files. They are read once: a new certificate needs a restart.
    pub(crate) fn listener(&self) -> Result<TlsListener, TlsFault> {
        let Self {
            listen,
            certificate,
            key,
        } = self;
        let chain: Vec<_> = CertificateDer::pem_file_iter(certificate)
            .and_then(Iterator::collect)
            .map_err(|error| TlsFault::Certificate(certificate.clone(), error))?;
        if chain.is_empty() {
            return Err(TlsFault::NoCertificate(certificate.clone()));
        }
        let key =
            PrivateKeyDer::from_pem_file(key).map_err(|error| TlsFault::Key(key.clone(), error))?;
        let server = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map(|it| it.with_no_client_auth())
            .and_then(|it| it.with_single_cert(chain, key))
            .map_err(|error| TlsFault::NotAPair(certificate.clone(), error))?;
        Ok(TlsListener {
            address: *listen,
            server: Arc::new(server),
            client: None,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;

    use super::*;

    /// A folder with a pair, another key, and a file that is none of it.
    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let made = || rcgen::generate_simple_self_signed(["switch".to_owned()]).unwrap();
        let (own, other) = (made(), made());
        let files = [
            ("certificate", own.cert.pem()),
            ("key", own.signing_key.serialize_pem()),
            ("other", other.signing_key.serialize_pem()),
            ("words", "none of it".to_owned()),
        ];
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        folder
    }

    fn listener(certificate: &str, key: &str) -> Result<TlsListener, TlsFault> {
        let folder = folder();
        let settings = TlsSettings {
            listen: "127.0.0.1:5061".parse().unwrap(),
            certificate: folder.path().join(certificate),
            key: folder.path().join(key),
        };
        settings.listener()
    }

    #[test]
    fn a_certificate_and_its_key_open_the_line() {
        assert_eq!(listener("certificate", "key").unwrap().address.port(), 5061);
    }

    #[test]
    fn each_wrong_file_is_named() {
        type Expected = fn(&TlsFault) -> bool;
        let cases: [(&str, &str, Expected); 5] = [
            ("absent", "key", |it| {
                matches!(it, TlsFault::Certificate(..))
            }),
            ("words", "key", |it| {
                matches!(it, TlsFault::NoCertificate(_))
            }),
            ("certificate", "absent", |it| {
                matches!(it, TlsFault::Key(..))
            }),
            ("certificate", "words", |it| matches!(it, TlsFault::Key(..))),
            ("certificate", "other", |it| {
                matches!(it, TlsFault::NotAPair(..))
            }),
        ];

        for (certificate, key, expected) in cases {
            let fault = listener(certificate, key).unwrap_err();

            assert!(expected(&fault), "{certificate}, {key}: {fault:?}");
        }
    }
}
