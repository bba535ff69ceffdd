//! The authority that says who may talk to the exchange. It lives at the exchange
//! and has nothing to do with the one that signs documents.

use std::{fs, net::IpAddr, path::Path, time::Duration};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, SanType,
};
use request::Timestamp;
use time::OffsetDateTime;
use zeroize::Zeroizing;

use crate::{CredentialsFault, Fingerprint, Party, requested_key::RequestedKey, switch::SWITCH};

const NAME: &str = "Minwon line authority";
const CERTIFICATE: &str = "line-authority.pem";
const KEY: &str = "line-authority.key.pem";
const AUTHORITY_LASTS: Duration = Duration::from_hours(24 * 365 * 10);
/// Clocks may be a little behind.
const BACKDATED: Duration = Duration::from_hours(1);

#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    #[error("a key or certificate cannot be made")]
    Make(#[from] rcgen::Error),
    #[error("the time does not fit a certificate")]
    Time(#[from] time::error::ComponentRange),
    #[error(transparent)]
    Files(#[from] CredentialsFault),
}

/// A new key with its certificate.
pub struct Issued {
    /// PKCS#8 in PEM.
    pub key_pem: Zeroizing<String>,
    pub certificate_pem: String,
    pub fingerprint: Fingerprint,
}

/// A certificate for a key that stays with whom it is for.
pub struct Certified {
    pub certificate_pem: String,
    /// In DER.
    pub certificate: Vec<u8>,
    pub fingerprint: Fingerprint,
}

/// Why a request is not certified.
#[derive(Debug, thiserror::Error)]
pub enum NotCertified {
    #[error("this is no request for a certificate (PKCS #10) of a key on P-256")]
    Malformed,
    #[error("whoever asks has not the key they ask for")]
    NotTheirs,
    #[error(transparent)]
    Authority(#[from] AuthorityError),
}

/// Issues certificates for lines between stations and the exchange.
pub struct LineAuthority {
    issuer: Issuer<'static, KeyPair>,
    certificate_pem: String,
}

impl LineAuthority {
    /// The authority whose files lie in a folder; made at `now` when there is none.
    ///
    /// # Errors
    /// When the folder cannot be read or written.
    pub fn open(folder: &Path, now: Timestamp) -> Result<Self, AuthorityError> {
        let (certificate, key) = (folder.join(CERTIFICATE), folder.join(KEY));
        let read = |file: &Path| {
            fs::read_to_string(file).map_err(|source| CredentialsFault::Read {
                file: file.to_owned(),
                source,
            })
        };
        let mut parameters = parameters(NAME, now, AUTHORITY_LASTS)?;
        parameters.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        if !key.exists() {
            let fresh = KeyPair::generate()?;
            let text = parameters.self_signed(&fresh)?.pem();
            let failed = |file: &Path, source| CredentialsFault::Write {
                file: file.to_owned(),
                source,
            };
            durable::replace(&certificate, text.as_bytes())
                .map_err(|source| failed(&certificate, source))?;
            // Last, so that a key is never there without its certificate.
            let text = Zeroizing::new(fresh.serialize_pem());
            durable::replace_secret(&key, text.as_bytes())
                .map_err(|source| failed(&key, source))?;
        }
        let pair = KeyPair::from_pem(&Zeroizing::new(read(&key)?))?;
        Ok(Self {
            issuer: Issuer::new(parameters, pair),
            certificate_pem: read(&certificate)?,
        })
    }

    pub fn certificate_pem(&self) -> &str {
        &self.certificate_pem
    }

    /// A certificate with which a party comes to the exchange.
    ///
    /// # Errors
    /// When the time does not fit a certificate.
    pub fn issue(
        &self,
        party: &Party,
        now: Timestamp,
        lasts: Duration,
    ) -> Result<Issued, AuthorityError> {
        let mut parameters = parameters(&party.to_string(), now, lasts)?;
        let uri = party.uri().as_str().try_into()?;
        parameters.subject_alt_names = vec![SanType::URI(uri)];
        self.sign(parameters, ExtendedKeyUsagePurpose::ClientAuth)
    }

    /// A certificate for the key of a request (PKCS #10, RFC 2986) in DER; what the request
    /// says besides its key is not looked at.
    ///
    /// # Errors
    /// When it is no request, is not signed with its own key, or cannot be certified.
    pub fn certify(
        &self,
        party: &Party,
        request: &[u8],
        now: Timestamp,
        lasts: Duration,
    ) -> Result<Certified, NotCertified> {
        let key = RequestedKey::read(request)?;
        let made = || -> Result<rcgen::Certificate, AuthorityError> {
            let mut parameters = parameters(&party.to_string(), now, lasts)?;
            let uri = party.uri().as_str().try_into()?;
            parameters.subject_alt_names = vec![SanType::URI(uri)];
            for_lines(&mut parameters, ExtendedKeyUsagePurpose::ClientAuth);
            Ok(parameters.signed_by(&key, &self.issuer)?)
        };
        let certificate = made()?;
        Ok(Certified {
            certificate_pem: certificate.pem(),
            fingerprint: Fingerprint::of(certificate.der()),
            certificate: certificate.der().to_vec(),
        })
    }

    /// A certificate with which the exchange is known under these names or addresses.
    ///
    /// # Errors
    /// When a name or the time does not fit a certificate.
    pub fn issue_exchange(
        &self,
        names: &[String],
        now: Timestamp,
        lasts: Duration,
    ) -> Result<Issued, AuthorityError> {
        let mut parameters = parameters("Minwon exchange", now, lasts)?;
        parameters.subject_alt_names = server_names(names)?;
        self.sign(parameters, ExtendedKeyUsagePurpose::ServerAuth)
    }

    /// The same for the call centre's switch, to which desks come. It says besides
    /// that it is a switch's, which may sign badges.
    ///
    /// # Errors
    /// When a name or the time does not fit a certificate.
    pub fn issue_switch(
        &self,
        names: &[String],
        now: Timestamp,
        lasts: Duration,
    ) -> Result<Issued, AuthorityError> {
        let mut parameters = parameters("Minwon switch", now, lasts)?;
        parameters.subject_alt_names = server_names(names)?;
        let switch = SanType::URI(SWITCH.try_into()?);
        parameters.subject_alt_names.push(switch);
        self.sign(parameters, ExtendedKeyUsagePurpose::ServerAuth)
    }

    fn sign(
        &self,
        mut parameters: CertificateParams,
        usage: ExtendedKeyUsagePurpose,
    ) -> Result<Issued, AuthorityError> {
        for_lines(&mut parameters, usage);
        let key = KeyPair::generate()?;
        let certificate = parameters.signed_by(&key, &self.issuer)?;
        Ok(Issued {
            key_pem: Zeroizing::new(key.serialize_pem()),
            certificate_pem: certificate.pem(),
            fingerprint: Fingerprint::of(certificate.der()),
        })
    }
}

fn for_lines(parameters: &mut CertificateParams, usage: ExtendedKeyUsagePurpose) {
    parameters.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    parameters.extended_key_usages = vec![usage];
    parameters.use_authority_key_identifier_extension = true;
}

fn server_names(names: &[String]) -> Result<Vec<SanType>, AuthorityError> {
    let names = names.iter().map(|name| match name.parse::<IpAddr>() {
        Ok(address) => Ok(SanType::IpAddress(address)),
        Err(_) => Ok(SanType::DnsName(name.as_str().try_into()?)),
    });
    names.collect()
}

fn parameters(
    name: &str,
    now: Timestamp,
    lasts: Duration,
) -> Result<CertificateParams, AuthorityError> {
    let at = |time: Timestamp| OffsetDateTime::from_unix_timestamp(time.as_millis() / 1000);
    let mut parameters = CertificateParams::default();
    parameters
        .distinguished_name
        .push(DnType::CommonName, name.to_owned());
    let backdated = i64::try_from(BACKDATED.as_millis()).unwrap_or_default();
    parameters.not_before = at(Timestamp::from_millis(now.as_millis() - backdated))?;
    parameters.not_after = at(now + lasts)?;
    Ok(parameters)
}
