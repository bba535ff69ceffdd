//! The seal of a paper: signed claims in a QR code that anybody can verify
//! without a network.
//!
//! `MW1:` + base45 (RFC 9285) of a COSE_Sign1 (RFC 9052, ES256) over CWT claims
//! (RFC 8392), compressed with zlib where that is shorter. Everything in it also
//! stands on the paper in clear: a verifier shows the claims to compare.

mod claims;
mod compose;
mod lease;
mod leased;
mod read;
mod symbol;
mod trust;

pub use claims::Claims;
pub use compose::{SealSigner, SignError, SoftSealKey, compose};
pub use lease::Lease;
pub use leased::{LeasedKey, fresh_key};
pub use read::{Genuine, SealError, Sealed, read, verify};
pub use symbol::{Symbol, SymbolError};
pub use trust::{SealKey, TrustList, key_id};

/// What every seal begins with.
pub const PREFIX: &str = "MW1:";
