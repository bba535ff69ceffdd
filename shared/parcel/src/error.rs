//! Why a parcel is not accepted. Names no person, and not what was in it.

use sync::{Forged, KeyUnreadable};

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParcelError {
    #[error("the exchange's key cannot be read")]
    Key(#[from] KeyUnreadable),
    #[error("the parcel cannot be closed")]
    Close,
    #[error("this is not a parcel")]
    NotAParcel,
    #[error("the parcel was closed for another exchange")]
    NotForUs,
    #[error("the parcel was cut short or altered on its way")]
    Damaged,
    #[error("the parcel is not written as this release expects (column {0})")]
    Malformed(usize),
    #[error("the parcel holds no entry, or more than one parcel may")]
    Count,
    #[error("entry {found} came where {expected} was due")]
    Gap { expected: u64, found: u64 },
    #[error("entry {0} is of another journal than the head")]
    Foreign(u64),
    #[error("the entries do not lead to the head that was signed")]
    Chain,
    #[error(transparent)]
    Forged(#[from] Forged),
}
