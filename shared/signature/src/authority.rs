//! A certification authority for development and demonstration, made at first start.
//!
//! In operation the office's certificate comes from the government's own
//! authority; this one exists so that no key ever needs to be shipped.

use std::{str::FromStr, time::Duration};

use der::{EncodePem, asn1::UtcTime, pem::LineEnding};
use p256::{
    ecdsa::{DerSignature, SigningKey},
    elliptic_curve::rand_core::{OsRng, RngCore},
    pkcs8::EncodePrivateKey,
};
use spki::SubjectPublicKeyInfoOwned;
use x509_cert::{
    Certificate,
    builder::{Builder, CertificateBuilder, Profile},
    name::Name,
    serial_number::SerialNumber,
    time::{Time, Validity},
};
use zeroize::Zeroizing;

const DAY: Duration = Duration::from_hours(24);
const AUTHORITY_YEARS: u32 = 10;
const OFFICE_YEARS: u32 = 3;
/// Clocks of verifiers may be a little behind.
const BACKDATED: Duration = Duration::from_hours(1);

#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    #[error("the name cannot stand in a certificate")]
    Name(#[source] der::Error),
    #[error("the certificate cannot be made")]
    Build(#[source] x509_cert::builder::Error),
    #[error("the key or certificate cannot be written as PEM")]
    Encode,
    #[error("the time does not fit a certificate")]
    Time(#[source] der::Error),
}

pub struct DevelopmentAuthority {
    key: SigningKey,
    certificate: Certificate,
}

/// A new key with its certificate.
pub struct Issued {
    /// PKCS#8 in PEM.
    pub key_pem: Zeroizing<String>,
    pub certificate_pem: String,
}

impl DevelopmentAuthority {
    /// Makes a new authority that names itself `name`, at `now` (since 1970, UTC).
    ///
    /// # Errors
    /// When the name or the time does not fit a certificate.
    pub fn create(name: &str, now: Duration) -> Result<Self, AuthorityError> {
        let key = SigningKey::random(&mut OsRng);
        let public = public_key(&key)?;
        let certificate = CertificateBuilder::new(
            Profile::Root,
            serial()?,
            validity(now, AUTHORITY_YEARS)?,
            common_name(name)?,
            public,
            &key,
        )
        .and_then(Builder::build::<DerSignature>)
        .map_err(AuthorityError::Build)?;
        Ok(Self { key, certificate })
    }

    /// Makes a key and the certificate with which `office` signs documents.
    ///
    /// # Errors
    /// When the name or the time does not fit a certificate.
    pub fn issue(&self, office: &str, now: Duration) -> Result<Issued, AuthorityError> {
        let key = SigningKey::random(&mut OsRng);
        let profile = Profile::Leaf {
            issuer: self.certificate.tbs_certificate.subject.clone(),
            enable_key_agreement: false,
            enable_key_encipherment: false,
        };
        let certificate = CertificateBuilder::new(
            profile,
            serial()?,
            validity(now, OFFICE_YEARS)?,
            common_name(office)?,
            public_key(&key)?,
            &self.key,
        )
        .and_then(Builder::build::<DerSignature>)
        .map_err(AuthorityError::Build)?;
        Ok(Issued {
            key_pem: private_pem(&key)?,
            certificate_pem: pem(&certificate)?,
        })
    }

    /// The authority's own certificate, which verifiers trust.
    ///
    /// # Errors
    /// When it cannot be written as PEM.
    pub fn certificate_pem(&self) -> Result<String, AuthorityError> {
        pem(&self.certificate)
    }
}

fn public_key(key: &SigningKey) -> Result<SubjectPublicKeyInfoOwned, AuthorityError> {
    SubjectPublicKeyInfoOwned::from_key(*key.verifying_key()).map_err(|_| AuthorityError::Encode)
}

fn private_pem(key: &SigningKey) -> Result<Zeroizing<String>, AuthorityError> {
    key.to_pkcs8_pem(LineEnding::LF)
        .map_err(|_| AuthorityError::Encode)
}

fn pem(certificate: &Certificate) -> Result<String, AuthorityError> {
    certificate
        .to_pem(LineEnding::LF)
        .map_err(|_| AuthorityError::Encode)
}

/// RFC 5280, 4.1.2.2: positive, at most 20 bytes.
fn serial() -> Result<SerialNumber, AuthorityError> {
    let mut bytes = [0; 16];
    OsRng.fill_bytes(&mut bytes);
    bytes[0] = bytes[0] & 0x7f | 0x40;
    SerialNumber::new(&bytes).map_err(AuthorityError::Name)
}

fn validity(now: Duration, years: u32) -> Result<Validity, AuthorityError> {
    let time = |at: Duration| {
        UtcTime::from_unix_duration(Duration::from_secs(at.as_secs()))
            .map(Time::UtcTime)
            .map_err(AuthorityError::Time)
    };
    Ok(Validity {
        not_before: time(now.saturating_sub(BACKDATED))?,
        not_after: time(now + DAY * 365 * years)?,
    })
}

fn common_name(text: &str) -> Result<Name, AuthorityError> {
    // RFC 4514, 2.4: these have a meaning of their own in a name.
    let plain: String = text
        .chars()
        .filter(|it| !",+\"\\<>;=#".contains(*it))
        .collect();
    Name::from_str(&format!("CN={plain},O=Minwon development,C=KR")).map_err(AuthorityError::Name)
}
