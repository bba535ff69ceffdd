//! Both ends of mutual TLS: no other root than our own, nobody without a certificate.

use std::{fmt, sync::Arc, time::Duration};

use request::Timestamp;
use rustls::{
    ClientConfig, RootCertStore, ServerConfig,
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, UnixTime, pem::PemObject},
    server::{NoServerSessionStorage, WebPkiClientVerifier},
    time_provider::TimeProvider,
    version::TLS13,
};

use crate::{Credentials, CredentialsFault};

const HTTP_1_1: &[u8] = b"http/1.1";

/// By whose clock certificates are judged.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    pub fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[clock]")
    }
}

impl TimeProvider for Clock {
    fn current_time(&self) -> Option<UnixTime> {
        let millis = u64::try_from((self.0)().as_millis()).unwrap_or(0);
        Some(UnixTime::since_unix_epoch(Duration::from_millis(millis)))
    }
}

/// The exchange's end. Sessions are never resumed: a certificate is looked at
/// each time somebody comes.
///
/// # Errors
/// When the credentials are of no use.
pub fn server(credentials: Credentials, clock: Clock) -> Result<ServerConfig, CredentialsFault> {
    let roots = Arc::new(roots(&credentials)?);
    let verifier = WebPkiClientVerifier::builder_with_provider(roots, provider())
        .build()
        .map_err(|error| CredentialsFault::Unusable(rustls::Error::General(error.to_string())))?;
    let mut config = ServerConfig::builder_with_details(provider(), Arc::new(clock))
        .with_protocol_versions(&[&TLS13])
        .map_err(CredentialsFault::Unusable)?
        .with_client_cert_verifier(verifier)
        .with_single_cert(credentials.chain, credentials.key)
        .map_err(CredentialsFault::Unusable)?;
    config.session_storage = Arc::new(NoServerSessionStorage {});
    config.send_tls13_tickets = 0;
    config.alpn_protocols = vec![HTTP_1_1.to_vec()];
    Ok(config)
}

/// The exchange's end of a page for people, who say otherwise who they are: nobody is
/// asked for a certificate.
///
/// # Errors
/// When the credentials are of no use.
pub fn server_for_browsers(
    credentials: Credentials,
    clock: Clock,
) -> Result<ServerConfig, CredentialsFault> {
    let mut config = ServerConfig::builder_with_details(provider(), Arc::new(clock))
        .with_protocol_versions(&[&TLS13])
        .map_err(CredentialsFault::Unusable)?
        .with_no_client_auth()
        .with_single_cert(credentials.chain, credentials.key)
        .map_err(CredentialsFault::Unusable)?;
    config.alpn_protocols = vec![HTTP_1_1.to_vec()];
    Ok(config)
}

/// A station's or agent's end. A clock that has fallen behind the making of its
/// own certificate is known to be wrong, and that time is taken instead.
///
/// # Errors
/// When the credentials are of no use.
pub fn client(credentials: Credentials, clock: Clock) -> Result<ClientConfig, CredentialsFault> {
    let roots = roots(&credentials)?;
    let earliest = credentials.earliest();
    let clock = Clock::new(move || (clock.0)().max(earliest));
    ClientConfig::builder_with_details(provider(), Arc::new(clock))
        .with_protocol_versions(&[&TLS13])
        .map_err(CredentialsFault::Unusable)?
        .with_root_certificates(roots)
        .with_client_auth_cert(credentials.chain, credentials.key)
        .map_err(CredentialsFault::Unusable)
}

/// The end of somebody who has no certificate yet, and asks for one.
///
/// # Errors
/// When the authority's certificate is of no use.
pub fn client_without_certificate(
    authority_pem: &str,
    clock: Clock,
) -> Result<ClientConfig, CredentialsFault> {
    let authority = CertificateDer::from_pem_slice(authority_pem.as_bytes())
        .map_err(|_| CredentialsFault::NotPem("the authority's certificate".into()))?;
    let mut roots = RootCertStore::empty();
    roots.add(authority).map_err(CredentialsFault::Unusable)?;
    Ok(
        ClientConfig::builder_with_details(provider(), Arc::new(clock))
            .with_protocol_versions(&[&TLS13])
            .map_err(CredentialsFault::Unusable)?
            .with_root_certificates(roots)
            .with_no_client_auth(),
    )
}

fn roots(credentials: &Credentials) -> Result<RootCertStore, CredentialsFault> {
    let mut roots = RootCertStore::empty();
    roots
        .add(credentials.authority.clone())
        .map_err(CredentialsFault::Unusable)?;
    Ok(roots)
}

pub(crate) fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}
