//! Who may vouch for a mail server.

use std::{path::Path, sync::Arc};

use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};

#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    #[error("the authorities' certificates cannot be read")]
    Read(#[source] rustls::pki_types::pem::Error),
    #[error("no certificate of an authority is in the file")]
    None,
    #[error("TLS cannot be set up")]
    Tls(#[source] rustls::Error),
}

/// A client that believes the authorities in a PEM file and nobody else.
pub(crate) fn client(file: &Path) -> Result<Arc<ClientConfig>, TrustError> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(file).map_err(TrustError::Read)? {
        let certificate = certificate.map_err(TrustError::Read)?;
        roots.add(certificate).map_err(TrustError::Tls)?;
    }
    if roots.is_empty() {
        return Err(TrustError::None);
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(TrustError::Tls)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}
