//! A station as the issuer of tickets: its key, and the codes it gives out.

use std::fmt;

use hmac::{Hmac, Mac};
use p256::{
    ecdsa::{Signature, SigningKey, VerifyingKey, signature::Signer},
    elliptic_curve::rand_core::OsRng,
    pkcs8::{DecodePrivateKey, EncodePrivateKey, EncodePublicKey, LineEnding},
};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{
    Code, Kind, Ticket,
    code::RANDOM_DIGITS,
    signed::{self, NotSigned},
};

/// Signs a station's tickets and mints their codes.
///
/// A code belongs to its request for ever: it is drawn from the key and the
/// request's id, so that a station that died between writing and printing finds
/// the same code again, and nobody without the key can guess it.
#[derive(Clone)]
pub struct Issuer {
    station: String,
    key: SigningKey,
    codes: Zeroizing<[u8; 32]>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    #[error("the key for tickets cannot be read")]
    Unreadable,
    #[error("the key for tickets cannot be written as text")]
    Unwritable,
}

impl Issuer {
    /// A new key from the machine's random numbers, in PEM (PKCS#8).
    ///
    /// # Errors
    /// When it cannot be encoded.
    pub fn fresh_key() -> Result<Zeroizing<String>, KeyError> {
        SigningKey::random(&mut OsRng)
            .to_pkcs8_pem(LineEnding::LF)
            .map_err(|_| KeyError::Unwritable)
    }

    /// # Errors
    /// When the PEM holds no key on P-256.
    pub fn from_pem(station: &str, pem: &str) -> Result<Self, KeyError> {
        let key = SigningKey::from_pkcs8_pem(pem).map_err(|_| KeyError::Unreadable)?;
        let mut digest = Sha256::new();
        digest.update(b"minwon ticket codes 1");
        digest.update(*Zeroizing::new(<[u8; 32]>::from(key.to_bytes())));
        let codes = Zeroizing::new(digest.finalize().into());
        Ok(Self {
            station: station.to_owned(),
            key,
            codes,
        })
    }

    /// The key that verifies this station's tickets, in PEM (SubjectPublicKeyInfo).
    ///
    /// # Errors
    /// When it cannot be encoded.
    pub fn public_key(&self) -> Result<String, KeyError> {
        VerifyingKey::from(&self.key)
            .to_public_key_pem(LineEnding::LF)
            .map_err(|_| KeyError::Unwritable)
    }

    pub fn claim_code(&self, request: &str) -> Code {
        self.code(Kind::Claim, request)
    }

    pub fn receipt_code(&self, request: &str) -> Code {
        self.code(Kind::Receipt, request)
    }

    pub fn refund_code(&self, request: &str) -> Code {
        self.code(Kind::Refund, request)
    }

    /// The text of the ticket's QR code. `amount_won` is zero on a claim ticket,
    /// `issued_at` are seconds since the Unix epoch.
    ///
    /// # Errors
    /// When it cannot be encoded.
    pub fn sign(&self, code: &Code, amount_won: u32, issued_at: i64) -> Result<String, NotSigned> {
        let ticket = Ticket {
            station: self.station.clone(),
            code: code.clone(),
            amount_won,
            issued_at,
        };
        signed::compose(&ticket, |bytes| {
            let signature: Signature = self.key.sign(bytes);
            signature.to_bytes().to_vec()
        })
    }

    fn code(&self, kind: Kind, request: &str) -> Code {
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(&*self.codes)
            .expect("HMAC takes keys of any length");
        mac.update(match kind {
            Kind::Claim => b"claim ",
            Kind::Refund => b"refund",
            Kind::Receipt => b"number",
        });
        mac.update(request.as_bytes());
        let drawn = mac.finalize().into_bytes();
        let (number, _) = drawn.split_first_chunk().expect("a digest has 32 bytes");
        // 128 bits leave no bias that could be measured in fourteen digits.
        let mut number = u128::from_be_bytes(*number);
        let mut digits = [0; RANDOM_DIGITS];
        for digit in &mut digits {
            *digit = (number % 10) as u8;
            number /= 10;
        }
        Code::new(kind, digits)
    }
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issuer")
            .field("station", &self.station)
            .finish_non_exhaustive()
    }
}
