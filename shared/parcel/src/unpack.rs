//! Opens a parcel and believes nothing in it before everything has been checked.

use std::io::Read;

use age::DecryptError;
use serde::Deserialize;
use sync::{Entry, Hash, Head, PublicKey, SignedHead};
use zeroize::Zeroizing;

use crate::{ENTRIES_MAX, Opener, ParcelError};

/// What came in a parcel, as its station wrote it down: consecutive entries that
/// lead from `before` to the signed head.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parcel {
    signed: SignedHead,
    before: Hash,
    entries: Vec<Entry>,
}

/// Opens a parcel. Its station is known only once it is open: [`Parcel::verify`]
/// must follow before anything of it is believed.
///
/// # Errors
/// When it is no parcel, not for this exchange, or was damaged on its way.
pub fn unpack(sealed: &[u8], opener: &Opener) -> Result<Parcel, ParcelError> {
    let decryptor = age::Decryptor::new(sealed).map_err(|_| ParcelError::NotAParcel)?;
    let identities = [&opener.0 as &dyn age::Identity];
    let mut reader = decryptor.decrypt(identities.into_iter()).map_err(|error| {
        if matches!(error, DecryptError::NoMatchingKeys) {
            ParcelError::NotForUs
        } else {
            ParcelError::Damaged
        }
    })?;
    let mut text = Zeroizing::new(Vec::new());
    reader
        .read_to_end(&mut text)
        .map_err(|_| ParcelError::Damaged)?;
    serde_json::from_slice(&text).map_err(|error| ParcelError::Malformed(error.column()))
}

impl Parcel {
    /// The head its station claims; the station is to be looked up by it.
    pub fn claimed(&self) -> &Head {
        &self.signed.head
    }

    /// Whether all of it is what the station with this key has written down.
    ///
    /// # Errors
    /// Names what is wrong; then nothing of the parcel may be taken.
    pub fn verify(&self, station: &PublicKey) -> Result<(), ParcelError> {
        self.signed.verify(station)?;
        let count = u64::try_from(self.entries.len()).unwrap_or(u64::MAX);
        if count == 0 || count > u64::from(ENTRIES_MAX) || count > self.claimed().number {
            return Err(ParcelError::Count);
        }
        let mut head = Head {
            number: self.claimed().number - count,
            hash: self.before,
            ..self.claimed().clone()
        };
        for entry in &self.entries {
            if entry.number != head.number + 1 {
                return Err(ParcelError::Gap {
                    expected: head.number + 1,
                    found: entry.number,
                });
            }
            if entry.station != head.station || entry.incarnation != head.incarnation {
                return Err(ParcelError::Foreign(entry.number));
            }
            head = head.after(&entry.request, entry.recorded_at, &entry.commitment());
        }
        if head == *self.claimed() {
            Ok(())
        } else {
            Err(ParcelError::Chain)
        }
    }

    pub fn signed(&self) -> &SignedHead {
        &self.signed
    }

    /// The chain's hash before the first entry, to be compared with what the
    /// exchange holds at that number.
    pub fn before(&self) -> Hash {
        self.before
    }

    pub fn into_entries(self) -> Vec<Entry> {
        self.entries
    }
}
