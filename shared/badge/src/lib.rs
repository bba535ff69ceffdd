//! Badges: the switch's signed word on which agent works at a desk.
//!
//! A desk's certificate says which desk asks the exchange for something; who sits
//! there only the switch knows, which was told a passphrase. It signs a [`Badge`]
//! for each agent who signs in, and the desk shows it where an agent's word counts.
//! A badge holds at its own desk alone, for so long, and names a role.
//!
//! It travels as a CBOR Web Token (RFC 8392) in a COSE_Sign1 (RFC 9052, ES256),
//! written in base64url: an HTTP credential of the scheme [`SCHEME`] (RFC 9110, 11.4).
//! With it comes the certificate of the switch's key (RFC 9360); whether that is a
//! switch's is for whoever verifies it to say.

mod refusal;
mod signed;
mod signer;
mod worn;

pub use refusal::BadgeRefusal;
pub use signed::{SignedBadge, verify};
pub use signer::{NotSigned, Signer, SignerError};
pub use worn::{Badge, LASTS, LONGEST, RENEWED_AFTER, Role};

/// The scheme of the credential in a question's `Authorization`.
pub const SCHEME: &str = "Badge";
