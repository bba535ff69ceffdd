//! What comes back: PKCS #7 with certificates alone (RFC 7030, 4.2.3; RFC 5652, 5).

use cms::{cert::CertificateChoices, content_info::ContentInfo, signed_data::SignedData};
use x509_cert::{
    Certificate as X509,
    der::{Decode, Encode, EncodePem, pem::LineEnding},
};

use super::EnrolFault;

/// A certificate for this machine's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    pub pem: String,
}

impl Certificate {
    /// The one among them that is for the key, SubjectPublicKeyInfo in DER.
    pub(super) fn of_key(certificates: Vec<X509>, key: &[u8]) -> Result<Self, EnrolFault> {
        let is_its = |it: &X509| {
            let info = it.tbs_certificate.subject_public_key_info.to_der();
            info.is_ok_and(|info| info == key)
        };
        let certificate = certificates.into_iter().find(is_its);
        let certificate = certificate.ok_or(EnrolFault::Malformed)?;
        let pem = certificate.to_pem(LineEnding::LF);
        Ok(Self {
            pem: pem.map_err(|_| EnrolFault::Malformed)?,
        })
    }
}

pub(super) fn certificates(pkcs7: &[u8]) -> Result<Vec<X509>, EnrolFault> {
    let content = ContentInfo::from_der(pkcs7).map_err(|_| EnrolFault::Malformed)?;
    let signed = content.content.decode_as::<SignedData>();
    let signed = signed.map_err(|_| EnrolFault::Malformed)?;
    let all = signed.certificates.ok_or(EnrolFault::Malformed)?;
    let all = all.0.into_vec().into_iter().filter_map(|it| match it {
        CertificateChoices::Certificate(certificate) => Some(certificate),
        CertificateChoices::Other(_) => None,
    });
    Ok(all.collect())
}
