//! A container becomes documents again, if it is as its signer made it.

use sha2::{Digest, Sha256};
use signature::{SignedContent, TrustAnchor, verify_detached};

use crate::{
    DOCUMENTS_MAX, Document, MEDIA_TYPE, MIMETYPE,
    manifest::{self, Named},
    unzip::{Entry, entries},
};

/// A container that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub documents: Vec<Document>,
    pub signed: SignedContent,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("this is not a container")]
    NotAContainer,
    #[error("the container is not signed")]
    Unsigned,
    /// Or something stands in it that was not signed.
    #[error("the documents are not those that were signed")]
    Altered,
    #[error(transparent)]
    Signature(signature::Refused),
}

/// Opens a container whose signer `anchor` vouches for.
///
/// # Errors
/// When it is none, has no signature, holds a document that was not signed or is not what
/// was signed, or when the signer is unknown.
pub fn open(container: &[u8], anchor: &TrustAnchor) -> Result<Opened, Refused> {
    let entries = entries(container).ok_or(Refused::NotAContainer)?;
    match entries.first() {
        Some(it) if it.name == MIMETYPE && it.content == MEDIA_TYPE.as_bytes() => {}
        _ => return Err(Refused::NotAContainer),
    }
    let signature = only(&entries, "META-INF/signature", ".p7s").ok_or(Refused::Unsigned)?;
    let manifest = only(&entries, "META-INF/ASiCManifest", ".xml").ok_or(Refused::Unsigned)?;
    let signed = verify_detached(&manifest.content, &signature.content, anchor)
        .map_err(Refused::Signature)?;
    let named = manifest::read(&manifest.content, &signature.name).ok_or(Refused::Altered)?;
    let documents = documents(&entries, &named).ok_or(Refused::Altered)?;
    Ok(Opened { documents, signed })
}

/// The one entry with such a name.
fn only<'a>(entries: &'a [Entry], start: &str, end: &str) -> Option<&'a Entry> {
    let mut found = entries
        .iter()
        .filter(|it| it.name.starts_with(start) && it.name.ends_with(end));
    let (one, None) = (found.next()?, found.next()) else {
        return None;
    };
    Some(one)
}

/// Each document that is named, and no entry beside them.
fn documents(entries: &[Entry], named: &[Named]) -> Option<Vec<Document>> {
    let of_container = |name: &str| name == MIMETYPE || name.starts_with("META-INF/");
    let others = entries.iter().filter(|it| !of_container(&it.name)).count();
    if others != named.len() || named.is_empty() || named.len() > DOCUMENTS_MAX {
        return None;
    }
    named
        .iter()
        .map(|named| {
            let entry = entries.iter().find(|it| it.name == named.name)?;
            let same = Sha256::digest(&entry.content)[..] == named.digest[..];
            let content = same.then(|| entry.content.clone())?;
            Document::new(&named.name, &named.media_type, content).ok()
        })
        .collect()
}
