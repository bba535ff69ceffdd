//! Signs a PDF by an incremental update (ISO 32000-1, 12.8; EN 319 142-1).

use lopdf::{
    Dictionary, Document, IncrementalDocument, Object, ObjectId, StringFormat, dictionary,
};
use sha2::{Digest, Sha256};

use crate::{Signer, SignerError, cades};

/// Bytes kept free for the CMS; a chain of two fills a quarter of it.
const HOLE: usize = 6_000;
/// Stands for offsets that are known only when the file is written.
const LATER: i64 = 9_999_999_999;

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

/// Appends the certifying signature: after it, nothing may change (DocMDP, P = 1).
///
/// # Errors
/// When the PDF is none, the key refuses, or the signature does not fit.
pub fn sign_pdf(
    pdf: &[u8],
    signer: &dyn Signer,
    details: &Details<'_>,
) -> Result<Vec<u8>, SignError> {
    let mut signed = with_empty_signature(pdf, details)?;
    let hole = find(&signed, pdf.len(), &[b'0'; 2 * HOLE]).ok_or(SignError::Place)?;
    let (before, after) = (hole - 1, hole + 2 * HOLE + 1);
    if signed.get(before) != Some(&b'<') || signed.get(after - 1) != Some(&b'>') {
        return Err(SignError::Place);
    }
    write_byte_range(&mut signed, pdf.len(), before, after)?;

    let mut digest = Sha256::new();
    digest.update(&signed[..before]);
    digest.update(&signed[after..]);
    let signature = cades::sign(&digest.finalize(), signer)?;
    if signature.len() > HOLE {
        return Err(SignError::Place);
    }
    for (byte, place) in signature.iter().zip(signed[hole..].chunks_exact_mut(2)) {
        place.copy_from_slice(format!("{byte:02x}").as_bytes());
    }
    Ok(signed)
}

fn with_empty_signature(pdf: &[u8], details: &Details<'_>) -> Result<Vec<u8>, SignError> {
    let previous = Document::load_mem(pdf)?;
    let root = previous
        .trailer
        .get(b"Root")
        .and_then(Object::as_reference)?;
    let page = *previous.get_pages().get(&1).ok_or(SignError::NoPage)?;
    let mut update = IncrementalDocument::create_from(pdf.to_vec(), previous);
    update.opt_clone_object_to_new_document(root)?;
    update.opt_clone_object_to_new_document(page)?;
    let revision = &mut update.new_document;

    let signature = revision.add_object(signature_dictionary(details));
    // Of no size and outside the crop box: nothing to draw (PDF/A) and nothing
    // to tag (PDF/UA).
    let widget = revision.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "FT" => "Sig", "T" => text("Signature"),
        "V" => signature, "P" => page, "F" => 132,
        "Rect" => vec![(-10).into(), (-10).into(), (-10).into(), (-10).into()],
    });
    place_widget(revision, page, widget)?;
    let catalog = revision
        .get_object_mut(root)
        .and_then(Object::as_dict_mut)?;
    catalog.set(
        "AcroForm",
        dictionary! { "Fields" => vec![widget.into()], "SigFlags" => 3 },
    );
    catalog.set("Perms", dictionary! { "DocMDP" => signature });
    let mut written = Vec::new();
    update.save_to(&mut written).map_err(SignError::Write)?;
    Ok(written)
}

fn signature_dictionary(details: &Details<'_>) -> Dictionary {
    dictionary! {
        "Type" => "Sig", "Filter" => "Adobe.PPKLite", "SubFilter" => "ETSI.CAdES.detached",
        "ByteRange" => vec![0.into(), LATER.into(), LATER.into(), LATER.into()],
        "Contents" => Object::String(vec![0; HOLE], StringFormat::Hexadecimal),
        "Name" => text(details.name), "Reason" => text(details.reason),
        "Location" => text(details.location), "M" => text(details.at),
        "Reference" => vec![Object::Dictionary(dictionary! {
            "Type" => "SigRef", "TransformMethod" => "DocMDP",
            "TransformParams" => dictionary! { "Type" => "TransformParams", "P" => 1, "V" => "1.2" },
        })],
    }
}

fn place_widget(
    revision: &mut Document,
    page: ObjectId,
    widget: ObjectId,
) -> Result<(), lopdf::Error> {
    let page = revision
        .get_object_mut(page)
        .and_then(Object::as_dict_mut)?;
    let mut annotations = page
        .get(b"Annots")
        .and_then(Object::as_array)
        .cloned()
        .unwrap_or_default();
    annotations.push(widget.into());
    page.set("Annots", annotations);
    page.set("Tabs", "S");
    Ok(())
}

fn write_byte_range(
    signed: &mut [u8],
    from: usize,
    before: usize,
    after: usize,
) -> Result<(), SignError> {
    let later = format!("{LATER} {LATER} {LATER}");
    let place = find(signed, from, later.as_bytes()).ok_or(SignError::Place)?;
    let range = format!("{before} {after} {}", signed.len() - after);
    let width = later.len();
    signed[place..place + width].copy_from_slice(format!("{range:width$}").as_bytes());
    Ok(())
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

fn find(bytes: &[u8], from: usize, wanted: &[u8]) -> Option<usize> {
    let start = from.min(bytes.len());
    bytes[start..]
        .windows(wanted.len())
        .position(|it| it == wanted)
        .map(|at| at + start)
}
