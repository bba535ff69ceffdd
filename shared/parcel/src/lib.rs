//! Entries carried by hand: when the network stays away for days, a station's
//! outbox travels on a stick.
//!
//! A parcel holds consecutive entries and the signed head they lead to, as JSON
//! encrypted with age (age-encryption.org/v1, X25519) for the exchange: who finds
//! the stick learns nothing, and who alters it is found out. The exchange answers
//! with the same head co-signed ([`sync::CoSignedHead`]), which names nobody and
//! travels in clear.

mod address;
mod error;
mod pack;
mod unpack;

pub use address::{Address, Opener};
pub use error::ParcelError;
pub use pack::pack;
pub use unpack::{Parcel, unpack};

/// Entries in one parcel at the most; a longer outbox travels in several.
pub const ENTRIES_MAX: u32 = 20_000;
