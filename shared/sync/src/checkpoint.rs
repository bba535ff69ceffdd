//! Signed heads: what a station cannot unsay.
//!
//! A chain proves that nothing in the middle was changed; it cannot prove that
//! its end was not cut off, nor that all of it was not written anew. For that a
//! station signs the head of its journal and the exchange, which holds the same
//! entries, signs that it has received it. Whoever has the last
//! [`CoSignedHead`] can tell a shortened or rewritten journal from the true one.
//!
//! How the link uses them: once the exchange has confirmed entries that nobody has
//! signed for, the station asks with a [`HeadQuestion`] about the newest of them
//! (when: [`crate::Station`]). Its hello is not signed: that head may lie beyond what
//! the exchange holds. The exchange calls [`SignedHead::verify`] with the key it knows
//! of this journal, compares the hash with its own at that number ([`crate::Peer`]), and
//! answers [`CoSignedHead::sign`]; the station calls [`CoSignedHead::verify`] and gives
//! it to `Journal::keep_checkpoint`.
//!
//! What is signed begins with words of its own, so that no signature of another kind
//! of statement is one of these, whatever key it was made with.

use request::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Contradiction, Head, KeyPair, KeyUnreadable, PublicKey, Signature};

/// A head in its station's own hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedHead {
    pub head: Head,
    /// By the station's clock.
    pub at: Timestamp,
    pub station_signature: Signature,
}

/// A head the exchange has received and found to be its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoSignedHead {
    #[serde(flatten)]
    pub signed: SignedHead,
    /// By the exchange's clock.
    pub received_at: Timestamp,
    pub exchange_signature: Signature,
}

/// Station to exchange: sign that you hold everything up to this head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadQuestion {
    pub signed: SignedHead,
    /// SubjectPublicKeyInfo in PEM. The first one that signs for a journal is its
    /// key for ever; said each time, so that no question comes before its key.
    pub public_key: String,
}

/// Exchange to station, about a signed head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeadAnswer {
    CoSigned(Box<CoSignedHead>),
    /// This journal is not held so far: a hello comes first.
    Unknown,
    /// The head is not what is held: the identity is two.
    Quarantined(Contradiction),
}

/// Whose signature is not theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Forged {
    #[error("the head does not bear the station's signature")]
    Station,
    #[error("the head does not bear the exchange's signature")]
    Exchange,
}

impl HeadQuestion {
    /// The key the head is said to be signed with.
    ///
    /// # Errors
    /// When it is none.
    pub fn key(&self) -> Result<PublicKey, KeyUnreadable> {
        PublicKey::from_pem(&self.public_key)
    }
}

impl SignedHead {
    pub fn sign(head: Head, at: Timestamp, station: &KeyPair) -> Self {
        let station_signature = station.sign(&station_words(&head, at));
        Self {
            head,
            at,
            station_signature,
        }
    }

    /// # Errors
    /// When the signature is not of this head, this time and this key.
    pub fn verify(&self, station: &PublicKey) -> Result<(), Forged> {
        let words = station_words(&self.head, self.at);
        if station.verifies(&words, &self.station_signature) {
            Ok(())
        } else {
            Err(Forged::Station)
        }
    }
}

impl CoSignedHead {
    /// The exchange's word that it holds every entry up to this head. The caller
    /// has verified the station's signature and compared the hash.
    pub fn sign(signed: SignedHead, received_at: Timestamp, exchange: &KeyPair) -> Self {
        let exchange_signature = exchange.sign(&exchange_words(&signed, received_at));
        Self {
            signed,
            received_at,
            exchange_signature,
        }
    }

    /// # Errors
    /// When either signature is not what it should be.
    pub fn verify(&self, station: &PublicKey, exchange: &PublicKey) -> Result<(), Forged> {
        self.signed.verify(station)?;
        let words = exchange_words(&self.signed, self.received_at);
        if exchange.verifies(&words, &self.exchange_signature) {
            Ok(())
        } else {
            Err(Forged::Exchange)
        }
    }

    pub fn head(&self) -> &Head {
        &self.signed.head
    }
}

fn station_words(head: &Head, at: Timestamp) -> Vec<u8> {
    let mut words = b"minwon journal head 1".to_vec();
    append(&mut words, head.station.as_str().as_bytes());
    append(&mut words, head.incarnation.as_str().as_bytes());
    words.extend(head.number.to_be_bytes());
    words.extend(head.hash.as_bytes());
    words.extend(at.as_millis().to_be_bytes());
    words
}

/// Covers the station's signature too: what was received is what was sent.
fn exchange_words(signed: &SignedHead, received_at: Timestamp) -> Vec<u8> {
    let mut words = b"minwon journal head received 1".to_vec();
    words.extend(station_words(&signed.head, signed.at));
    words.extend(signed.station_signature.as_bytes());
    words.extend(received_at.as_millis().to_be_bytes());
    words
}

/// With its length before it, so that no two sequences of texts look alike.
fn append(words: &mut Vec<u8>, text: &[u8]) {
    words.extend((text.len() as u64).to_be_bytes());
    words.extend(text);
}
