//! CMS signatures: CAdES (ETSI EN 319 122-1), and as PAdES wants it inside a PDF
//! (EN 319 142-1, clause 6.3).

use std::time::Duration;

use cms::{
    cert::{CertificateChoices, IssuerAndSerialNumber},
    content_info::{CmsVersion, ContentInfo},
    signed_data::{
        CertificateSet, EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo,
        SignerInfos,
    },
};
use const_oid::ObjectIdentifier;
use der::{
    Any, Decode, Encode, Sequence,
    asn1::{OctetString, SetOfVec, UtcTime},
};
use sha2::{Digest, Sha256};
use spki::AlgorithmIdentifierOwned;
use x509_cert::{Certificate, attr::Attribute, time::Time};

use crate::{SignError, Signer, TimeStampToken};

pub(crate) const ID_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
pub(crate) const ID_SIGNED_DATA: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
pub(crate) const CONTENT_TYPE: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
pub(crate) const MESSAGE_DIGEST: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
pub(crate) const SIGNING_TIME: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");
pub(crate) const SIGNING_CERTIFICATE_V2: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
pub(crate) const SIGNATURE_TIME_STAMP: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.14");
pub(crate) const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
pub(crate) const ECDSA_WITH_SHA256: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");

/// RFC 5035; the hash algorithm is the default SHA-256, the issuer is left out.
#[derive(Sequence)]
pub(crate) struct EssCertIdV2 {
    pub(crate) hash: OctetString,
}

#[derive(Sequence)]
pub(crate) struct SigningCertificateV2 {
    pub(crate) certificates: Vec<EssCertIdV2>,
}

/// A detached signature that may still be given a time-stamp.
pub(crate) struct Cms {
    signer: SignerInfo,
    certificates: CertificateSet,
}

/// Signs data whose SHA-256 is `digest`. The time stands among the attributes where the
/// baseline wants it, and in a PDF's own words where that is signed (EN 319 142-1, 6.3).
pub(crate) fn sign(
    digest: &[u8],
    signer: &dyn Signer,
    at: Option<Duration>,
) -> Result<Cms, SignError> {
    let leaf = signer.chain().first().ok_or(SignError::NoCertificate)?;
    let attributes = signed_attributes(digest, leaf, at)?;
    let signature = signer.sign(&attributes.to_der()?)?;
    let certificates: Vec<_> = signer
        .chain()
        .iter()
        .cloned()
        .map(CertificateChoices::Certificate)
        .collect();
    let signer = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: leaf.tbs_certificate.issuer.clone(),
            serial_number: leaf.tbs_certificate.serial_number.clone(),
        }),
        digest_alg: algorithm(SHA256),
        signed_attrs: Some(attributes),
        signature_algorithm: algorithm(ECDSA_WITH_SHA256),
        signature: OctetString::new(signature)?,
        unsigned_attrs: None,
    };
    Ok(Cms {
        signer,
        certificates: CertificateSet(SetOfVec::try_from(certificates)?),
    })
}

impl Cms {
    /// The signature's value, which a time-stamp service witnesses.
    pub(crate) fn value(&self) -> &[u8] {
        self.signer.signature.as_bytes()
    }

    /// EN 319 122-1, 5.3.
    pub(crate) fn with_time(mut self, token: &TimeStampToken) -> Result<Self, der::Error> {
        let attribute = attribute(SIGNATURE_TIME_STAMP, any(&token.content)?)?;
        self.signer.unsigned_attrs = Some(SetOfVec::try_from(vec![attribute])?);
        Ok(self)
    }

    pub(crate) fn to_der(&self) -> Result<Vec<u8>, der::Error> {
        let signed_data = SignedData {
            version: CmsVersion::V1,
            digest_algorithms: SetOfVec::try_from(vec![algorithm(SHA256)])?,
            encap_content_info: EncapsulatedContentInfo {
                econtent_type: ID_DATA,
                econtent: None,
            },
            certificates: Some(self.certificates.clone()),
            crls: None,
            signer_infos: SignerInfos(SetOfVec::try_from(vec![self.signer.clone()])?),
        };
        ContentInfo {
            content_type: ID_SIGNED_DATA,
            content: any(&signed_data)?,
        }
        .to_der()
    }
}

fn algorithm(oid: ObjectIdentifier) -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned {
        oid,
        parameters: None,
    }
}

fn signed_attributes(
    digest: &[u8],
    leaf: &Certificate,
    at: Option<Duration>,
) -> Result<SetOfVec<Attribute>, der::Error> {
    let hash = OctetString::new(Sha256::digest(leaf.to_der()?).to_vec())?;
    let certificate = SigningCertificateV2 {
        certificates: vec![EssCertIdV2 { hash }],
    };
    let mut attributes = vec![
        attribute(CONTENT_TYPE, any(&ID_DATA)?)?,
        attribute(MESSAGE_DIGEST, any(&OctetString::new(digest)?)?)?,
        attribute(SIGNING_CERTIFICATE_V2, any(&certificate)?)?,
    ];
    if let Some(at) = at {
        let at = UtcTime::from_unix_duration(Duration::from_secs(at.as_secs()))?;
        attributes.push(attribute(SIGNING_TIME, any(&Time::UtcTime(at))?)?);
    }
    SetOfVec::try_from(attributes)
}

fn attribute(oid: ObjectIdentifier, value: Any) -> Result<Attribute, der::Error> {
    Ok(Attribute {
        oid,
        values: SetOfVec::try_from(vec![value])?,
    })
}

fn any(value: &impl Encode) -> Result<Any, der::Error> {
    Any::from_der(&value.to_der()?)
}
