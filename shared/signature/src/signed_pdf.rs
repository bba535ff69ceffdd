//! Takes a signed PDF apart: which bytes are signed, and by what.

use lopdf::{Document, Object};

use crate::{Refused, maintenance::is_maintenance};

/// A file larger than any certificate is not looked at.
const BYTES_MAX: usize = 32 << 20;

pub(crate) struct SignedPdf<'a> {
    pub(crate) before: &'a [u8],
    pub(crate) after: &'a [u8],
    /// Whether it carries what outlives the services (PAdES B-LT and B-LTA).
    pub(crate) is_preserved: bool,
    pub(crate) signature: Vec<u8>,
    /// What the signature claims as its time; itself signed.
    pub(crate) claimed_at: Option<String>,
}

impl<'a> SignedPdf<'a> {
    /// Finds the certifying signature and makes sure that it covers the whole
    /// file, or that what follows only keeps it verifiable.
    pub(crate) fn read(pdf: &'a [u8]) -> Result<Self, Refused> {
        if pdf.len() > BYTES_MAX || !pdf.starts_with(b"%PDF-") {
            return Err(Refused::NotPdf);
        }
        let document = Document::load_mem(pdf).map_err(|_| Refused::NotPdf)?;
        let signature = certification(&document).ok_or(Refused::Unsigned)?;
        let range = byte_range(signature).ok_or(Refused::Unsigned)?;
        let [start, before, after, rest] = range;
        if start != 0 || before >= after || after > pdf.len() {
            return Err(Refused::Altered);
        }
        let end = after.checked_add(rest).ok_or(Refused::Altered)?;
        if end > pdf.len() {
            return Err(Refused::Altered);
        }
        let is_preserved = end < pdf.len();
        if is_preserved && !is_maintenance(pdf, end) {
            return Err(Refused::Revised);
        }
        let hexadecimal = &pdf[before..after];
        Ok(Self {
            before: &pdf[..before],
            after: &pdf[after..end],
            is_preserved,
            signature: contents(hexadecimal).ok_or(Refused::Altered)?,
            claimed_at: claimed_at(signature),
        })
    }
}

/// ISO 32000-1, 12.8.4: the catalogue's permissions name the certifying signature.
fn certification(document: &Document) -> Option<&lopdf::Dictionary> {
    let permissions = document.catalog().ok()?.get(b"Perms").ok()?;
    let (_, permissions) = document.dereference(permissions).ok()?;
    let signature = permissions.as_dict().ok()?.get(b"DocMDP").ok()?;
    let (_, signature) = document.dereference(signature).ok()?;
    let signature = signature.as_dict().ok()?;
    let filter = signature.get(b"SubFilter").and_then(Object::as_name).ok()?;
    (filter == b"ETSI.CAdES.detached").then_some(signature)
}

fn byte_range(signature: &lopdf::Dictionary) -> Option<[usize; 4]> {
    let range = signature
        .get(b"ByteRange")
        .and_then(Object::as_array)
        .ok()?;
    let numbers: Vec<usize> = range
        .iter()
        .map(|number| usize::try_from(number.as_i64().ok()?).ok())
        .collect::<Option<_>>()?;
    numbers.try_into().ok()
}

/// The bytes between the two ranges must be one hexadecimal string and nothing else.
fn contents(between: &[u8]) -> Option<Vec<u8>> {
    let digits = between.strip_prefix(b"<")?.strip_suffix(b">")?;
    let digits = std::str::from_utf8(digits).ok()?;
    if digits.len() % 2 != 0 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).ok())
        .collect()
}

fn claimed_at(signature: &lopdf::Dictionary) -> Option<String> {
    let bytes = signature.get(b"M").and_then(Object::as_str).ok()?;
    String::from_utf8(bytes.to_vec()).ok()
}
