//! Whether a PDF is as its office signed it.

use std::time::Duration;

use cms::{
    cert::CertificateChoices,
    content_info::ContentInfo,
    signed_data::{SignedData, SignerIdentifier, SignerInfo},
};
use const_oid::ObjectIdentifier;
use der::{DateTime, Decode, Encode, Reader, SliceReader, asn1::OctetString};
use p256::ecdsa::{DerSignature, signature::Verifier as _};
use sha2::{Digest, Sha256};
use x509_cert::{Certificate, time::Time};

use crate::{
    SignedContent, TrustAnchor,
    cades::{
        CONTENT_TYPE, ECDSA_WITH_SHA256, ID_DATA, ID_SIGNED_DATA, MESSAGE_DIGEST, SHA256,
        SIGNATURE_TIME_STAMP, SIGNING_CERTIFICATE_V2, SIGNING_TIME, SigningCertificateV2,
    },
    chain::verifying_key,
    signed_pdf::SignedPdf,
    time_stamp::is_about,
};

/// A signature that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The signer's distinguished name (RFC 4514).
    pub signer: String,
    /// When, by the signer's own word, as PDF writes dates.
    pub claimed_at: String,
    pub level: Level,
}

/// How long the signature can be verified (EN 319 142-1, 6.1). Whether its
/// time-stamps are to be trusted is not judged here: that takes the service's
/// own authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// While the signer's certificate is valid: B-B.
    Basic,
    /// Witnessed by a time-stamp service: B-T.
    TimeStamped,
    /// With everything that outlives the services: B-LT and B-LTA.
    Preserved,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("this is not a PDF")]
    NotPdf,
    #[error("there is no certifying signature")]
    Unsigned,
    #[error("something was added after the signature")]
    Revised,
    #[error("the content is not what was signed")]
    Altered,
    #[error("the signer is not known")]
    Untrusted,
}

/// Checks the certifying signature of `pdf` against `anchor`.
///
/// # Errors
/// When there is none, when a single byte differs, when anything was appended
/// that does more than keep the signature verifiable, or when the signer is unknown or its certificate was not valid at the time
/// the signature claims.
pub fn verify_pdf(pdf: &[u8], anchor: &TrustAnchor) -> Result<Signed, Refused> {
    let parts = SignedPdf::read(pdf)?;
    let signed_data = signed_data(&parts.signature).ok_or(Refused::Altered)?;
    let (info, certificate) = signer(&signed_data).ok_or(Refused::Altered)?;

    let mut digest = Sha256::new();
    digest.update(parts.before);
    digest.update(parts.after);
    if !holds(info, certificate, &digest.finalize()) {
        return Err(Refused::Altered);
    }
    let claimed_at = parts.claimed_at.unwrap_or_default();
    if !anchor.vouches_for(certificate, since_1970(&claimed_at)) {
        return Err(Refused::Untrusted);
    }
    if !time_stamps_belong(info) {
        return Err(Refused::Altered);
    }
    let level = match (parts.is_preserved, &info.unsigned_attrs) {
        (true, _) => Level::Preserved,
        (false, Some(_)) => Level::TimeStamped,
        (false, None) => Level::Basic,
    };
    Ok(Signed {
        signer: certificate.tbs_certificate.subject.to_string(),
        claimed_at,
        level,
    })
}

/// Checks a signature that stands beside what it is about.
pub(crate) fn verify_cms(
    signature: &[u8],
    digest: &[u8],
    anchor: &TrustAnchor,
) -> Result<SignedContent, Refused> {
    let signed_data = signed_data(signature).ok_or(Refused::Altered)?;
    let (info, certificate) = signer(&signed_data).ok_or(Refused::Altered)?;
    let at: Option<Time> = only(info, SIGNING_TIME);
    let claimed_at = at.map(|it| it.to_unix_duration()).ok_or(Refused::Altered)?;
    if !holds(info, certificate, digest) || !time_stamps_belong(info) {
        return Err(Refused::Altered);
    }
    if !anchor.vouches_for(certificate, Some(claimed_at)) {
        return Err(Refused::Untrusted);
    }
    Ok(SignedContent {
        signer: certificate.tbs_certificate.subject.to_string(),
        claimed_at,
    })
}

/// The CMS at the start of the hole; behind it only zeros.
fn signed_data(hole: &[u8]) -> Option<SignedData> {
    let mut reader = SliceReader::new(hole).ok()?;
    let info = ContentInfo::decode(&mut reader).ok()?;
    let read = usize::try_from(reader.position()).ok()?;
    if info.content_type != ID_SIGNED_DATA || hole[read..].iter().any(|byte| *byte != 0) {
        return None;
    }
    SignedData::from_der(&info.content.to_der().ok()?).ok()
}

fn signer(signed_data: &SignedData) -> Option<(&SignerInfo, &Certificate)> {
    let [info] = signed_data.signer_infos.0.as_slice() else {
        return None;
    };
    let SignerIdentifier::IssuerAndSerialNumber(wanted) = &info.sid else {
        return None;
    };
    let certificates = signed_data.certificates.as_ref()?;
    certificates.0.iter().find_map(|choice| match choice {
        CertificateChoices::Certificate(it)
            if it.tbs_certificate.issuer == wanted.issuer
                && it.tbs_certificate.serial_number == wanted.serial_number =>
        {
            Some((info, it))
        }
        CertificateChoices::Certificate(_) | CertificateChoices::Other(_) => None,
    })
}

fn holds(info: &SignerInfo, certificate: &Certificate, digest: &[u8]) -> bool {
    let verified = || {
        let attributes = info.signed_attrs.as_ref()?;
        let content_type: ObjectIdentifier = only(info, CONTENT_TYPE)?;
        let message_digest: OctetString = only(info, MESSAGE_DIGEST)?;
        let named: SigningCertificateV2 = only(info, SIGNING_CERTIFICATE_V2)?;
        let fingerprint = Sha256::digest(certificate.to_der().ok()?);
        let agrees = content_type == ID_DATA
            && message_digest.as_bytes() == digest
            && info.digest_alg.oid == SHA256
            && info.signature_algorithm.oid == ECDSA_WITH_SHA256
            && named.certificates.first()?.hash.as_bytes() == &fingerprint[..];
        if !agrees {
            return None;
        }
        let signature = DerSignature::from_bytes(info.signature.as_bytes()).ok()?;
        verifying_key(certificate)?
            .verify(&attributes.to_der().ok()?, &signature)
            .ok()
    };
    verified().is_some()
}

/// Nothing but time-stamps of this very signature may stand beside it unsigned.
fn time_stamps_belong(info: &SignerInfo) -> bool {
    let attributes = info.unsigned_attrs.iter().flat_map(|set| set.iter());
    attributes.into_iter().all(|attribute| {
        let mut tokens = attribute.values.iter();
        attribute.oid == SIGNATURE_TIME_STAMP
            && tokens.all(|token| is_about(token, info.signature.as_bytes()))
    })
}

/// The value of a signed attribute that must be there once, with one value.
fn only<T: for<'a> Decode<'a>>(info: &SignerInfo, oid: ObjectIdentifier) -> Option<T> {
    let mut found = info
        .signed_attrs
        .as_ref()?
        .iter()
        .filter(|it| it.oid == oid);
    let (attribute, None) = (found.next()?, found.next()) else {
        return None;
    };
    let [value] = attribute.values.as_slice() else {
        return None;
    };
    T::from_der(&value.to_der().ok()?).ok()
}

/// `D:YYYYMMDDHHmmSS` with an offset such as `+09'00'` or `Z` (ISO 32000-1, 7.9.4).
fn since_1970(date: &str) -> Option<Duration> {
    let digits = date.strip_prefix("D:")?.get(..14)?;
    let number = |from: usize, to: usize| digits.get(from..to)?.parse::<u16>().ok();
    let small = |from: usize| u8::try_from(number(from, from + 2)?).ok();
    let local = DateTime::new(
        number(0, 4)?,
        small(4)?,
        small(6)?,
        small(8)?,
        small(10)?,
        small(12)?,
    )
    .ok()?
    .unix_duration();
    let offset = date.get(16..)?;
    let ahead = |text: &str| {
        let hours: u64 = text.get(1..3)?.parse().ok()?;
        let minutes: u64 = text.get(4..6)?.parse().ok()?;
        Some(Duration::from_secs(hours * 3600 + minutes * 60))
    };
    match offset.chars().next() {
        Some('Z') => Some(local),
        Some('+') => local.checked_sub(ahead(offset)?),
        Some('-') => Some(local + ahead(offset)?),
        _ => None,
    }
}
