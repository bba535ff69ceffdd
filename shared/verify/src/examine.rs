//! The examination: signature, seal, and whether the number was made void.

use lopdf::{Document, Object};
use seal::{Claims, Genuine, Lease, SealError};
use signature::{Refused, Signed, verify_pdf};

use crate::{Trust, picture};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As the office issued it. `claims` are to be compared with the paper.
    Genuine {
        signed: Option<Signed>,
        claims: Option<Claims>,
        /// What allowed a station to issue it without the office.
        lease: Option<Box<Lease>>,
    },
    /// Genuine once, and taken back since.
    Void { claims: Claims },
    /// Not as any known office issued it.
    False(Doubt),
    /// Seals of more than one paper: they are to be shown one at a time.
    Several,
    /// There is nothing here to judge.
    NothingToJudge,
}

/// What speaks against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    #[error("{0}")]
    Signature(#[from] Refused),
    #[error("{0}")]
    Seal(#[from] SealError),
}

/// Judges a PDF, a PNG or JPEG picture of a paper, or the text a scanner read.
pub fn examine(file: &[u8], trust: &Trust) -> Verdict {
    if file.starts_with(b"%PDF-") {
        return match verify_pdf(file, &trust.anchor) {
            Ok(signed) => judge(seal_in(file).as_deref(), Some(signed), trust),
            Err(refused) => Verdict::False(refused.into()),
        };
    }
    if file.starts_with(seal::PREFIX.as_bytes()) {
        return match std::str::from_utf8(file) {
            Ok(text) => judge(Some(text), None, trust),
            Err(_) => Verdict::False(SealError::Malformed.into()),
        };
    }
    match picture::seals(file).as_deref() {
        Some([_, _, ..]) => Verdict::Several,
        Some(seals) => judge(seals.first().map(String::as_str), None, trust),
        None => Verdict::NothingToJudge,
    }
}

fn judge(seal: Option<&str>, signed: Option<Signed>, trust: &Trust) -> Verdict {
    match seal.map(|text| seal::verify(text, &trust.seals)) {
        None if signed.is_none() => Verdict::NothingToJudge,
        None => Verdict::Genuine {
            signed,
            claims: None,
            lease: None,
        },
        Some(Err(error)) => Verdict::False(error.into()),
        Some(Ok(Genuine { claims, .. })) if trust.voided.contains(&claims.document_number) => {
            Verdict::Void { claims }
        }
        Some(Ok(Genuine { claims, lease })) => Verdict::Genuine {
            signed,
            claims: Some(claims),
            lease: lease.map(Box::new),
        },
    }
}

/// The seal's text is among the keywords of the document's information.
fn seal_in(pdf: &[u8]) -> Option<String> {
    let document = Document::load_mem(pdf).ok()?;
    let information = document.trailer.get(b"Info").ok()?;
    let (_, information) = document.dereference(information).ok()?;
    let keywords = information
        .as_dict()
        .ok()?
        .get(b"Keywords")
        .and_then(Object::as_str)
        .ok()?;
    let text = std::str::from_utf8(keywords).ok()?;
    text.starts_with(seal::PREFIX).then(|| text.to_owned())
}
