//! Signatures under certificates: PAdES baseline B-B (ETSI EN 319 142-1).
//!
//! Bytes in, bytes out. Signing appends one revision to a PDF and never rewrites
//! what is there; verifying accepts nothing that came after the signature.

mod authority;
mod cades;
mod chain;
mod pades;
#[cfg(feature = "pkcs11")]
mod pkcs11;
mod signed_pdf;
mod signer;
mod verify;

pub use authority::{AuthorityError, DevelopmentAuthority, Issued};
pub use chain::TrustAnchor;
pub use pades::{Details, SignError, sign_pdf};
#[cfg(feature = "pkcs11")]
pub use pkcs11::{Pkcs11Error, Pkcs11Key, Pkcs11Settings};
pub use signer::{Signer, SignerError, SoftKey};
pub use verify::{Refused, Signed, verify_pdf};
