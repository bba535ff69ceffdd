//! What keeps a signature verifiable when its services are gone: PAdES B-LT and
//! B-LTA (EN 319 142-1, 5.4 and 5.5; ISO 32000-2, 12.8.4.3 and 12.8.5).

use der::{Decode, Encode};
use lopdf::{Dictionary, IncrementalDocument, Object, Stream, dictionary};
use x509_cert::{
    Certificate,
    crl::CertificateList,
    ext::pkix::{
        CrlDistributionPoints,
        name::{DistributionPointName, GeneralName},
    },
};

use crate::{
    SignError, TimeStampRequest, TimeStampToken,
    chain::extension,
    pades::{revise, write},
    place::{Place, add_field, keep_free},
};

const ROOM: usize = 16_000;
pub(crate) const SUB_FILTER: &str = "ETSI.RFC3161";

/// Certificates, and the lists that say they were not revoked.
#[derive(Default)]
pub struct Evidence {
    certificates: Vec<Certificate>,
    revocation_lists: Vec<Vec<u8>>,
}

impl Evidence {
    /// Of the signer's chain and the time-stamp service's.
    pub fn about(certificates: impl IntoIterator<Item = Certificate>) -> Self {
        let mut evidence = Self::default();
        for certificate in certificates {
            if !evidence.certificates.contains(&certificate) {
                evidence.certificates.push(certificate);
            }
        }
        evidence
    }

    /// Where the lists are that are still needed (RFC 5280, 4.2.1.13).
    /// `None` when a certificate that is not its own issuer names no such place:
    /// then there is no evidence to be had.
    pub fn addresses(&self) -> Option<Vec<String>> {
        let mut wanted = Vec::new();
        for certificate in &self.certificates {
            if is_root(certificate) {
                continue;
            }
            let address = distribution_point(certificate)?;
            if !wanted.contains(&address) {
                wanted.push(address);
            }
        }
        Some(wanted)
    }

    /// Takes a list in; answers whether it is one.
    pub fn add_revocation_list(&mut self, list: Vec<u8>) -> bool {
        let readable = CertificateList::from_der(&list).is_ok();
        if readable {
            self.revocation_lists.push(list);
        }
        readable
    }

    /// Appends the document security store: a signature with a time-stamp
    /// becomes PAdES B-LT.
    ///
    /// # Errors
    /// When the PDF is none.
    pub fn append_to(&self, pdf: &[u8]) -> Result<Vec<u8>, SignError> {
        let (mut update, root, _) = revise(pdf)?;
        let certificates: Vec<Vec<u8>> = self
            .certificates
            .iter()
            .map(Encode::to_der)
            .collect::<Result<_, _>>()?;
        let certificates = streams(&mut update, &certificates);
        let lists = streams(&mut update, &self.revocation_lists);
        let revision = &mut update.new_document;
        let store = revision.add_object(dictionary! {
            "Type" => "DSS", "Certs" => certificates, "CRLs" => lists,
        });
        revision
            .get_object_mut(root)
            .and_then(Object::as_dict_mut)?
            .set("DSS", store);
        write(update)
    }
}

/// A document time-stamp in the making: over everything before it, PAdES B-LTA.
pub struct DocumentTimeStamp {
    place: Place,
}

impl DocumentTimeStamp {
    /// # Errors
    /// When the PDF is none.
    pub fn begin(pdf: &[u8]) -> Result<Self, SignError> {
        let (mut update, root, page) = revise(pdf)?;
        let revision = &mut update.new_document;
        let mut signature = dictionary! {
            "Type" => "DocTimeStamp", "Filter" => "Adobe.PPKLite", "SubFilter" => SUB_FILTER,
        };
        keep_free(&mut signature, ROOM);
        let signature = revision.add_object(signature);
        let name = format!("TimeStamp{}", signature.0);
        add_field(revision, root, page, &name, signature)?;
        let place = Place::find(write(update)?, pdf.len(), ROOM)?;
        Ok(Self { place })
    }

    pub fn time_stamp_request(&self, nonce: u64) -> TimeStampRequest {
        TimeStampRequest::about_digest(self.place.digest(), nonce)
    }

    /// # Errors
    /// When the time-stamp does not fit its place.
    pub fn finish_with(self, token: &TimeStampToken) -> Result<Vec<u8>, SignError> {
        self.place.fill(&token.to_der()?)
    }
}

fn streams(update: &mut IncrementalDocument, contents: &[Vec<u8>]) -> Vec<Object> {
    let mut add = |content: &Vec<u8>| {
        let stream = Stream::new(Dictionary::new(), content.clone());
        Object::Reference(update.new_document.add_object(stream))
    };
    contents.iter().map(&mut add).collect()
}

fn is_root(certificate: &Certificate) -> bool {
    let certificate = &certificate.tbs_certificate;
    certificate.issuer == certificate.subject
}

fn distribution_point(certificate: &Certificate) -> Option<String> {
    let points: CrlDistributionPoints = extension(certificate)?;
    points.0.iter().find_map(|point| {
        let Some(DistributionPointName::FullName(names)) = &point.distribution_point else {
            return None;
        };
        names.iter().find_map(|name| {
            let GeneralName::UniformResourceIdentifier(address) = name else {
                return None;
            };
            address
                .as_str()
                .starts_with("http")
                .then(|| address.to_string())
        })
    })
}
