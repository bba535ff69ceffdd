//! Signs a PDF by an incremental update (ISO 32000-1, 12.8; EN 319 142-1).

use lopdf::{
    Dictionary, Document, IncrementalDocument, Object, ObjectId, StringFormat, dictionary,
};

use crate::{
    Signer, SignerError, TimeStampRequest, TimeStampToken,
    cades::{self, Cms},
    place::{Place, add_field, keep_free},
};

/// Bytes kept free for the CMS; a chain of two fills a quarter of it.
const ROOM: usize = 6_000;
/// With a time-stamp in it, which brings the service's own chain.
const ROOM_WITH_TIME: usize = 20_000;

/// What the signature says in words. `at` is PDF's own form of a date, such as
/// `D:20261124093000+09'00'`.
pub struct Details<'a> {
    pub name: &'a str,
    pub reason: &'a str,
    pub location: &'a str,
    pub at: &'a str,
}

#[derive(Debug, thiserror::Error)]
pub enum SignError {
    #[error("the PDF cannot be read or written")]
    Pdf(#[from] lopdf::Error),
    #[error("the PDF cannot be written")]
    Write(#[source] std::io::Error),
    #[error("the PDF has no page")]
    NoPage,
    #[error("the signer has no certificate")]
    NoCertificate,
    #[error(transparent)]
    Signer(#[from] SignerError),
    #[error("the signature cannot be encoded")]
    Encode(#[from] der::Error),
    #[error("the signature does not fit its place")]
    Place,
}

/// Appends the certifying signature (PAdES B-B): after it, nothing may change
/// but what keeps the signature verifiable (DocMDP, P = 1).
///
/// # Errors
/// When the PDF is none, the key refuses, or the signature does not fit.
pub fn sign_pdf(
    pdf: &[u8],
    signer: &dyn Signer,
    details: &Details<'_>,
) -> Result<Vec<u8>, SignError> {
    Signing::with_room(pdf, signer, details, ROOM)?.finish()
}

/// A signature that was made and may still be given a time-stamp.
pub struct Signing {
    place: Place,
    cms: Cms,
}

impl Signing {
    /// Signs, and leaves room for a time-stamp.
    ///
    /// # Errors
    /// When the PDF is none or the key refuses.
    pub fn begin(
        pdf: &[u8],
        signer: &dyn Signer,
        details: &Details<'_>,
    ) -> Result<Self, SignError> {
        Self::with_room(pdf, signer, details, ROOM_WITH_TIME)
    }

    fn with_room(
        pdf: &[u8],
        signer: &dyn Signer,
        details: &Details<'_>,
        room: usize,
    ) -> Result<Self, SignError> {
        let place = Place::find(with_empty_signature(pdf, details, room)?, pdf.len(), room)?;
        let cms = cades::sign(&place.digest(), signer, None)?;
        Ok(Self { place, cms })
    }

    /// What a time-stamp service is asked: to witness the signature's value
    /// (EN 319 122-1, 5.3).
    pub fn time_stamp_request(&self, nonce: u64) -> TimeStampRequest {
        TimeStampRequest::about(self.cms.value(), nonce)
    }

    /// The signed PDF without a time-stamp: PAdES B-B.
    ///
    /// # Errors
    /// When the signature does not fit its place.
    pub fn finish(self) -> Result<Vec<u8>, SignError> {
        self.place.fill(&self.cms.to_der()?)
    }

    /// The signed PDF with the time-stamp in its signature: PAdES B-T.
    ///
    /// # Errors
    /// When both do not fit their place.
    pub fn finish_with(self, token: &TimeStampToken) -> Result<Vec<u8>, SignError> {
        self.place.fill(&self.cms.with_time(token)?.to_der()?)
    }
}

fn with_empty_signature(
    pdf: &[u8],
    details: &Details<'_>,
    room: usize,
) -> Result<Vec<u8>, SignError> {
    let (mut update, root, page) = revise(pdf)?;
    let revision = &mut update.new_document;
    let signature = revision.add_object(signature_dictionary(details, room));
    add_field(revision, root, page, "Signature", signature)?;
    revision
        .get_object_mut(root)
        .and_then(Object::as_dict_mut)?
        .set("Perms", dictionary! { "DocMDP" => signature });
    write(update)
}

/// A new revision in which the catalogue and the first page may be changed.
pub(crate) fn revise(pdf: &[u8]) -> Result<(IncrementalDocument, ObjectId, ObjectId), SignError> {
    let previous = Document::load_mem(pdf)?;
    let root = previous
        .trailer
        .get(b"Root")
        .and_then(Object::as_reference)?;
    let page = *previous.get_pages().get(&1).ok_or(SignError::NoPage)?;
    let mut update = IncrementalDocument::create_from(pdf.to_vec(), previous);
    update.opt_clone_object_to_new_document(root)?;
    update.opt_clone_object_to_new_document(page)?;
    Ok((update, root, page))
}

pub(crate) fn write(mut update: IncrementalDocument) -> Result<Vec<u8>, SignError> {
    let mut written = Vec::new();
    update.save_to(&mut written).map_err(SignError::Write)?;
    Ok(written)
}

fn signature_dictionary(details: &Details<'_>, room: usize) -> Dictionary {
    let mut signature = dictionary! {
        "Type" => "Sig", "Filter" => "Adobe.PPKLite", "SubFilter" => "ETSI.CAdES.detached",
        "Name" => text(details.name), "Reason" => text(details.reason),
        "Location" => text(details.location), "M" => text(details.at),
        "Reference" => vec![Object::Dictionary(dictionary! {
            "Type" => "SigRef", "TransformMethod" => "DocMDP",
            "TransformParams" => dictionary! { "Type" => "TransformParams", "P" => 1, "V" => "1.2" },
        })],
    };
    keep_free(&mut signature, room);
    signature
}

/// A text string (ISO 32000-1, 7.9.2.2): ASCII as it is, else UTF-16 with its mark.
fn text(value: &str) -> Object {
    if value.is_ascii() {
        return Object::string_literal(value);
    }
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(value.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}
