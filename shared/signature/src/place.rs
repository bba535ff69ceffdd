//! The place kept free in a PDF for a signature that covers everything else
//! (ISO 32000-1, 12.8.1).

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use crate::SignError;

/// Stands for offsets that are known only when the file is written.
const LATER: i64 = 9_999_999_999;

/// A written PDF whose last revision holds a signature dictionary without its value.
pub(crate) struct Place {
    pdf: Vec<u8>,
    /// Where the hexadecimal string begins and ends, its brackets included.
    before: usize,
    after: usize,
}

/// The entries of a signature dictionary that wait for their values; `room` is
/// the number of bytes kept free.
pub(crate) fn keep_free(signature: &mut Dictionary, room: usize) {
    signature.set(
        "ByteRange",
        vec![0.into(), LATER.into(), LATER.into(), LATER.into()],
    );
    signature.set(
        "Contents",
        Object::String(vec![0; room], StringFormat::Hexadecimal),
    );
}

impl Place {
    /// Finds the place in the revision that begins at `from`.
    pub(crate) fn find(mut pdf: Vec<u8>, from: usize, room: usize) -> Result<Self, SignError> {
        let hole = find(&pdf, from, &vec![b'0'; 2 * room]).ok_or(SignError::Place)?;
        let (before, after) = (hole - 1, hole + 2 * room + 1);
        if pdf.get(before) != Some(&b'<') || pdf.get(after - 1) != Some(&b'>') {
            return Err(SignError::Place);
        }
        let later = format!("{LATER} {LATER} {LATER}");
        let at = find(&pdf, from, later.as_bytes()).ok_or(SignError::Place)?;
        let range = format!("{before} {after} {}", pdf.len() - after);
        let width = later.len();
        pdf[at..at + width].copy_from_slice(format!("{range:width$}").as_bytes());
        Ok(Self { pdf, before, after })
    }

    /// SHA-256 over everything but the place itself.
    pub(crate) fn digest(&self) -> [u8; 32] {
        let mut digest = Sha256::new();
        digest.update(&self.pdf[..self.before]);
        digest.update(&self.pdf[self.after..]);
        digest.finalize().into()
    }

    /// Writes the value; zeros stay behind it.
    pub(crate) fn fill(mut self, value: &[u8]) -> Result<Vec<u8>, SignError> {
        let room = &mut self.pdf[self.before + 1..self.after - 1];
        if 2 * value.len() > room.len() {
            return Err(SignError::Place);
        }
        for (byte, place) in value.iter().zip(room.chunks_exact_mut(2)) {
            place.copy_from_slice(format!("{byte:02x}").as_bytes());
        }
        Ok(self.pdf)
    }
}

/// A signature field on `page`: of no size and outside the crop box, so there is
/// nothing to draw (PDF/A) and nothing to tag (PDF/UA).
pub(crate) fn add_field(
    revision: &mut Document,
    root: ObjectId,
    page: ObjectId,
    name: &str,
    signature: ObjectId,
) -> Result<(), lopdf::Error> {
    let widget = revision.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "FT" => "Sig",
        "T" => Object::string_literal(name), "V" => signature, "P" => page, "F" => 132,
        "Rect" => vec![(-10).into(), (-10).into(), (-10).into(), (-10).into()],
    });
    let page = revision
        .get_object_mut(page)
        .and_then(Object::as_dict_mut)?;
    push(page, b"Annots", widget);
    page.set("Tabs", "S");
    let catalog = revision
        .get_object_mut(root)
        .and_then(Object::as_dict_mut)?;
    let mut form = catalog
        .get(b"AcroForm")
        .and_then(Object::as_dict)
        .cloned()
        .unwrap_or_default();
    push(&mut form, b"Fields", widget);
    form.set("SigFlags", 3);
    catalog.set("AcroForm", form);
    Ok(())
}

fn push(dictionary: &mut Dictionary, key: &[u8], reference: ObjectId) {
    let mut entries = dictionary
        .get(key)
        .and_then(Object::as_array)
        .cloned()
        .unwrap_or_default();
    entries.push(reference.into());
    dictionary.set(key, entries);
}

fn find(bytes: &[u8], from: usize, wanted: &[u8]) -> Option<usize> {
    let start = from.min(bytes.len());
    bytes[start..]
        .windows(wanted.len())
        .position(|it| it == wanted)
        .map(|at| at + start)
}
