//! Signatures under certificates: PAdES baseline B-B to B-LTA (ETSI EN 319 142-1), and
//! CAdES baseline B-B beside what is signed (EN 319 122-1).
//!
//! Bytes in, bytes out: questions to a time-stamp service are made here and its
//! answers read here, but somebody else carries them. Signing appends revisions
//! to a PDF and never rewrites what is there; verifying accepts nothing after the
//! signature but what keeps it verifiable.

mod appendix;
mod authority;
mod cades;
mod chain;
mod detached;
mod evidence;
mod maintenance;
mod pades;
#[cfg(feature = "pkcs11")]
mod pkcs11;
mod place;
mod signed_pdf;
mod signer;
mod time_stamp;
mod verify;

pub use authority::{AuthorityError, DevelopmentAuthority, Issued};
pub use chain::TrustAnchor;
pub use detached::{SignedContent, sign_detached, verify_detached};
pub use evidence::{DocumentTimeStamp, Evidence};
pub use pades::{Details, SignError, Signing, sign_pdf};
#[cfg(feature = "pkcs11")]
pub use pkcs11::{Pkcs11Error, Pkcs11Key, Pkcs11Settings};
pub use signer::{Signer, SignerError, SoftKey};
pub use time_stamp::{TimeStampError, TimeStampRequest, TimeStampToken};
pub use verify::{Level, Refused, Signed, verify_pdf};
