//! Asking a time-stamp service, and reading what it answers (RFC 3161).

use cms::{cert::CertificateChoices, content_info::ContentInfo, signed_data::SignedData};
use const_oid::ObjectIdentifier;
use der::{
    Any, Decode, Encode, Sequence,
    asn1::{Int, OctetString},
};
use sha2::{Digest, Sha256};
use spki::AlgorithmIdentifierOwned;
use x509_cert::Certificate;

use crate::cades::{ID_SIGNED_DATA, SHA256};

const ID_CT_TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
/// `granted` and `grantedWithMods` (2.4.2).
const GRANTED: [u8; 2] = [0, 1];

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimeStampError {
    #[error("the time-stamp service's answer cannot be read")]
    Malformed,
    #[error("the time-stamp service refuses (status {0})")]
    Refused(u8),
    #[error("the time-stamp is for something else")]
    WrongImprint,
    #[error("the time-stamp answers another question")]
    WrongNonce,
}

/// One question to a time-stamp service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeStampRequest {
    digest: [u8; 32],
    nonce: u64,
}

/// What a time-stamp service signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeStampToken {
    pub(crate) content: ContentInfo,
    /// The service's certificate and whatever it sent along.
    pub certificates: Vec<Certificate>,
}

#[derive(Sequence)]
struct MessageImprint {
    algorithm: AlgorithmIdentifierOwned,
    digest: OctetString,
}

#[derive(Sequence)]
struct TimeStampReq {
    version: u8,
    imprint: MessageImprint,
    nonce: Int,
    certificate_wanted: bool,
}

#[derive(Sequence)]
struct TimeStampResp {
    status: Any,
    #[asn1(optional = "true")]
    token: Option<ContentInfo>,
}

impl TimeStampRequest {
    /// Asks for proof that `message` exists now.
    pub fn about(message: &[u8], nonce: u64) -> Self {
        Self::about_digest(Sha256::digest(message).into(), nonce)
    }

    pub(crate) fn about_digest(digest: [u8; 32], nonce: u64) -> Self {
        // DER integers are signed; the nonce is to be a positive one of eight bytes.
        let nonce = nonce & (u64::MAX >> 1) | 1 << 62;
        Self { digest, nonce }
    }

    /// The body of an `application/timestamp-query`.
    ///
    /// # Errors
    /// Never for a digest of this length; the encoder's own type says so only
    /// at run time.
    pub fn to_der(&self) -> Result<Vec<u8>, der::Error> {
        TimeStampReq {
            version: 1,
            imprint: MessageImprint {
                algorithm: AlgorithmIdentifierOwned {
                    oid: SHA256,
                    parameters: None,
                },
                digest: OctetString::new(self.digest)?,
            },
            nonce: Int::new(&self.nonce.to_be_bytes())?,
            certificate_wanted: true,
        }
        .to_der()
    }

    /// Reads an `application/timestamp-reply` and makes sure that it answers this.
    ///
    /// # Errors
    /// When it is none, a refusal, or for something else.
    pub fn read(&self, answer: &[u8]) -> Result<TimeStampToken, TimeStampError> {
        let response = TimeStampResp::from_der(answer).map_err(|_| TimeStampError::Malformed)?;
        let status = status(&response.status).ok_or(TimeStampError::Malformed)?;
        if !GRANTED.contains(&status) {
            return Err(TimeStampError::Refused(status));
        }
        let content = response.token.ok_or(TimeStampError::Malformed)?;
        let signed = signed_data(&content).ok_or(TimeStampError::Malformed)?;
        let info = Info::read(&signed).ok_or(TimeStampError::Malformed)?;
        if info.digest != self.digest {
            return Err(TimeStampError::WrongImprint);
        }
        if info.nonce.as_deref() != Some(&self.nonce.to_be_bytes()) {
            return Err(TimeStampError::WrongNonce);
        }
        Ok(TimeStampToken {
            content,
            certificates: certificates(&signed),
        })
    }
}

impl TimeStampToken {
    pub(crate) fn to_der(&self) -> Result<Vec<u8>, der::Error> {
        self.content.to_der()
    }
}

/// Whether a token that came in a signature witnesses `message`. Its own
/// signature is not judged: that takes the service's authority.
pub(crate) fn is_about(token: &Any, message: &[u8]) -> bool {
    let content = token.decode_as::<ContentInfo>().ok();
    let info = content.and_then(|it| Info::read(&signed_data(&it)?));
    info.is_some_and(|it| it.digest == Sha256::digest(message)[..])
}

fn signed_data(content: &ContentInfo) -> Option<SignedData> {
    (content.content_type == ID_SIGNED_DATA)
        .then(|| SignedData::from_der(&content.content.to_der().ok()?).ok())
        .flatten()
}

/// The first member of `PKIStatusInfo`; the others are words.
fn status(info: &Any) -> Option<u8> {
    let mut members = der::SliceReader::new(info.value()).ok()?;
    u8::decode(&mut members).ok()
}

fn certificates(signed: &SignedData) -> Vec<Certificate> {
    let set = signed.certificates.iter().flat_map(|set| set.0.iter());
    set.filter_map(|choice| match choice {
        CertificateChoices::Certificate(it) => Some(it.clone()),
        CertificateChoices::Other(_) => None,
    })
    .collect()
}

/// What is looked at of `TSTInfo` (2.4.2). Read member by member: the time may
/// have fractions of a second, which the crate `der` refuses.
struct Info {
    digest: Vec<u8>,
    nonce: Option<Vec<u8>>,
}

impl Info {
    fn read(signed: &SignedData) -> Option<Self> {
        let content = &signed.encap_content_info;
        if content.econtent_type != ID_CT_TST_INFO {
            return None;
        }
        let octets: OctetString = content.econtent.as_ref()?.decode_as().ok()?;
        let members: Vec<Any> = Vec::from_der(octets.as_bytes()).ok()?;
        let [_version, _policy, imprint, _serial, _time, rest @ ..] = members.as_slice() else {
            return None;
        };
        let imprint: MessageImprint = imprint.decode_as().ok()?;
        if imprint.algorithm.oid != SHA256 {
            return None;
        }
        let nonce = rest
            .iter()
            .find_map(|member| member.decode_as::<Int>().ok());
        Some(Self {
            digest: imprint.digest.as_bytes().to_vec(),
            nonce: nonce.map(|it| it.as_bytes().to_vec()),
        })
    }
}
