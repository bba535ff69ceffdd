//! Closes a parcel.

use std::io::Write;

use serde::Serialize;
use sync::{Entry, Hash, SignedHead};
use zeroize::Zeroizing;

use crate::{Address, ENTRIES_MAX, ParcelError};

#[derive(Serialize)]
struct Contents<'a> {
    signed: &'a SignedHead,
    before: Hash,
    entries: &'a [Entry],
}

/// Closes `entries` for the exchange. `before` is the chain's hash before the first
/// of them, `signed` the head after the last.
///
/// # Errors
/// When there are too few or too many entries, or the address is no key.
pub fn pack(
    signed: &SignedHead,
    before: Hash,
    entries: &[Entry],
    exchange: &Address,
) -> Result<Vec<u8>, ParcelError> {
    if entries.is_empty() || entries.len() > ENTRIES_MAX as usize {
        return Err(ParcelError::Count);
    }
    let contents = Contents {
        signed,
        before,
        entries,
    };
    let text = serde_json::to_vec(&contents).map(Zeroizing::new);
    let text = text.map_err(|_| ParcelError::Close)?;
    let recipient = exchange.recipient()?;
    let recipients = [&recipient as &dyn age::Recipient];
    let mut sealed = Vec::new();
    age::Encryptor::with_recipients(recipients.into_iter())
        .ok()
        .and_then(|encryptor| {
            let mut writer = encryptor.wrap_output(&mut sealed).ok()?;
            writer.write_all(&text).ok()?;
            writer.finish().ok()
        })
        .ok_or(ParcelError::Close)?;
    Ok(sealed)
}
