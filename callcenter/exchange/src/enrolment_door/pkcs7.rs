//! Certificates alone, as PKCS #7 carries them (RFC 7030, 4.1.3; RFC 5652, 5.1): a SignedData
//! that nobody has signed and that says nothing.

use anyhow::Context;
use cms::{
    cert::{
        CertificateChoices,
        x509::{
            Certificate,
            der::{Decode, DecodePem, Encode},
        },
    },
    content_info::{CmsVersion, ContentInfo},
    signed_data::{CertificateSet, EncapsulatedContentInfo, SignedData, SignerInfos},
};
use const_oid::db::rfc5911::{ID_DATA, ID_SIGNED_DATA};
use der::{Any, asn1::SetOfVec};

pub(super) fn of_pem(pem: &str) -> anyhow::Result<Vec<u8>> {
    certs_only(Certificate::from_pem(pem).context("no certificate in PEM")?)
}

pub(super) fn of_der(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    certs_only(Certificate::from_der(bytes).context("no certificate in DER")?)
}

fn certs_only(certificate: Certificate) -> anyhow::Result<Vec<u8>> {
    let certificates = SetOfVec::try_from(vec![CertificateChoices::Certificate(certificate)]);
    let signed = SignedData {
        version: CmsVersion::V1,
        digest_algorithms: SetOfVec::new(),
        encap_content_info: EncapsulatedContentInfo {
            econtent_type: ID_DATA,
            econtent: None,
        },
        certificates: Some(CertificateSet(certificates.context("one certificate")?)),
        crls: None,
        signer_infos: SignerInfos(SetOfVec::new()),
    };
    let content = ContentInfo {
        content_type: ID_SIGNED_DATA,
        content: Any::encode_from(&signed).context("certificates that cannot be encoded")?,
    };
    content
        .to_der()
        .context("certificates that cannot be encoded")
}
