//! Digest authentication (RFC 7616, RFC 8760): who registers or calls proves a password.
//!
//! SHA-256 is offered first and MD5 second, for telephones that know no better
//! and obey the order; those that do not need a list with MD5 alone.
//! Nonces are signed, not remembered; only the counts of those in use are
//! (RFC 7616 §3.4, `nc`), so that nothing that was overheard works twice.

mod authorization;
mod challenge;
mod key;
mod nonce;

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use subtle::ConstantTimeEq;
use thiserror::Error;

pub use authorization::Authorization;
pub use challenge::Challenge;
pub use key::{AccountKey, Algorithm};
use nonce::Signer;

/// Nonces whose counts are remembered at a time.
const NONCES_MAX: usize = 8_192;

/// Why an authorization does not count.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum Failure {
    /// The nonce is old, or was counted up already: asked again with `stale=true`,
    /// and no sign of a wrong password.
    #[error("the nonce is stale")]
    Stale,
    /// Password or account are wrong.
    #[error("the proof is wrong")]
    Wrong,
}

/// What verifies authorizations, and makes the challenges for them.
pub struct Verifier {
    realm: String,
    algorithms: Vec<Algorithm>,
    signer: Signer,
    lifetime: Duration,
    counts: HashMap<String, Count>,
    /// No two nonces are the same, or two telephones would count up one.
    issued: u64,
}

struct Count {
    highest: u32,
    forgotten_at: Instant,
}

impl Verifier {
    /// `algorithms` are offered in this order, the strongest first (RFC 8760
    /// §2.4), and no others count. `secret` signs the nonces; it need not
    /// outlive the program.
    pub fn new(
        realm: &str,
        algorithms: &[Algorithm],
        secret: [u8; 32],
        lifetime: Duration,
        now: Instant,
    ) -> Self {
        Self {
            realm: realm.to_owned(),
            algorithms: algorithms.to_vec(),
            signer: Signer::new(secret, now),
            lifetime,
            counts: HashMap::new(),
            issued: 0,
        }
    }

    pub fn realm(&self) -> &str {
        &self.realm
    }

    /// The values of the `WWW-Authenticate` headers, in the order they are to
    /// stand (RFC 8760 §2.3).
    pub fn challenges(&mut self, stale: bool, now: Instant) -> Vec<String> {
        self.algorithms
            .iter()
            .map(|algorithm| {
                self.issued += 1;
                let nonce = self.signer.issue(self.issued, now);
                let stale = if stale { ", stale=true" } else { "" };
                format!(
                    "Digest realm=\"{}\", nonce=\"{nonce}\", qop=\"auth\", algorithm={}{stale}",
                    self.realm,
                    algorithm.token()
                )
            })
            .collect()
    }

    /// Verifies what a request with this method brought. `key` is that of the
    /// account it names; without one everything is computed all the same, so that
    /// the time taken tells nobody which accounts there are.
    ///
    /// # Errors
    /// When it does not count.
    pub fn verify(
        &mut self,
        authorization: &Authorization,
        method: &str,
        key: Option<&AccountKey>,
        now: Instant,
    ) -> Result<(), Failure> {
        let nobody = AccountKey::nobody();
        let expected = authorization.expected(method, key.unwrap_or(&nobody));
        let given = authorization.response.as_bytes();
        let same: bool = expected.as_bytes().ct_eq(given).into();
        let offered = self.algorithms.contains(&authorization.algorithm);
        if !same || !offered || key.is_none() || authorization.realm != self.realm {
            return Err(Failure::Wrong);
        }
        let age = self.signer.age(&authorization.nonce, now);
        let age = age.filter(|age| *age <= self.lifetime);
        let age = age.ok_or(Failure::Stale)?;
        self.count(authorization, now + (self.lifetime - age), now)
    }

    /// Each use of a nonce has a higher count than the last.
    fn count(
        &mut self,
        authorization: &Authorization,
        forgotten_at: Instant,
        now: Instant,
    ) -> Result<(), Failure> {
        if let Some(count) = self.counts.get_mut(&authorization.nonce) {
            if authorization.count <= count.highest {
                return Err(Failure::Stale);
            }
            count.highest = authorization.count;
            return Ok(());
        }
        if self.counts.len() >= NONCES_MAX {
            self.counts.retain(|_, count| count.forgotten_at > now);
        }
        if self.counts.len() >= NONCES_MAX {
            // Rather asked again than believed twice.
            return Err(Failure::Stale);
        }
        let count = Count {
            highest: authorization.count,
            forgotten_at,
        };
        self.counts.insert(authorization.nonce.clone(), count);
        Ok(())
    }
}
