//! Documents become a container.

use std::time::Duration;

use signature::{SignError, Signer, sign_detached};

use crate::{Document, MANIFEST, MEDIA_TYPE, MIMETYPE, SIGNATURE, manifest, zip::Zip};

/// Signs the documents as one container, at `at` (since 1970, UTC). The same documents
/// under the same signature are the same bytes.
///
/// # Errors
/// When the key refuses.
pub fn seal(
    documents: &[Document],
    signer: &dyn Signer,
    at: Duration,
) -> Result<Vec<u8>, SignError> {
    let manifest = manifest::write(documents);
    let signature = sign_detached(manifest.as_bytes(), signer, at)?;
    let mut zip = Zip::default();
    // First and as it is, so that the type can be read at a fixed place (4.4.3.1).
    zip.add(MIMETYPE, MEDIA_TYPE.as_bytes());
    for document in documents {
        zip.add(document.name(), document.bytes());
    }
    zip.add(MANIFEST, manifest.as_bytes());
    zip.add(SIGNATURE, &signature);
    Ok(zip.finish())
}
