//! For whom parcels are closed, and who opens them.

use age::{secrecy::ExposeSecret, x25519};
use serde::{Deserialize, Serialize};
use sync::{KeyUnreadable, PublicKey};
use zeroize::Zeroizing;

/// What a station must know of its exchange, as the file `exchange.pub` keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// An age recipient (`age1…`): whom parcels are closed for.
    recipient: String,
    /// SubjectPublicKeyInfo in PEM: whose co-signature is believed.
    co_signer: String,
}

/// Opens parcels; the exchange alone has it.
pub struct Opener(pub(crate) x25519::Identity);

impl Address {
    /// # Errors
    /// When the co-signer's key cannot be encoded.
    pub fn new(opener: &Opener, co_signer: &PublicKey) -> Result<Self, KeyUnreadable> {
        Ok(Self {
            recipient: opener.0.to_public().to_string(),
            co_signer: co_signer.to_pem()?,
        })
    }

    /// # Errors
    /// When it is not a key.
    pub fn co_signer(&self) -> Result<PublicKey, KeyUnreadable> {
        PublicKey::from_pem(&self.co_signer)
    }

    pub(crate) fn recipient(&self) -> Result<x25519::Recipient, KeyUnreadable> {
        self.recipient.parse().map_err(|_| KeyUnreadable)
    }
}

impl Opener {
    /// A new key from the system's source of randomness.
    pub fn generate() -> Self {
        Self(x25519::Identity::generate())
    }

    /// # Errors
    /// When the text is no age identity (`AGE-SECRET-KEY-1…`).
    pub fn from_text(text: &str) -> Result<Self, KeyUnreadable> {
        text.trim().parse().map(Self).map_err(|_| KeyUnreadable)
    }

    /// For a file that only the exchange reads.
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(self.0.to_string().expose_secret().to_owned())
    }
}
