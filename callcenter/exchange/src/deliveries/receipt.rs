//! What an agency signs when it has taken a document.

use container::open;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use signature::TrustAnchor;

/// The one document of the receipt's own container.
const RECEIPT: &str = "receipt.json";

#[derive(Deserialize)]
struct Receipt {
    /// The id of the delivery.
    delivery: String,
    /// SHA-256 of the container that was taken, in lowercase hexadecimal.
    sha256: String,
}

/// Whether an agency whom `authority` vouches for says that it has taken this very
/// container as this delivery.
pub(super) fn acknowledges(
    receipt: &[u8],
    delivery: &str,
    container: &[u8],
    authority: &TrustAnchor,
) -> bool {
    let Ok(opened) = open(receipt, authority) else {
        return false;
    };
    let found = opened.documents.iter().find(|it| it.name() == RECEIPT);
    let said = found.and_then(|it| serde_json::from_slice::<Receipt>(it.bytes()).ok());
    let digest = Sha256::digest(container);
    let sha256: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    said.is_some_and(|it| it.delivery == delivery && it.sha256 == sha256)
}
