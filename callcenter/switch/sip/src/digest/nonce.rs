//! Nonces that carry their age and are signed.

use std::time::{Duration, Instant};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use sha2::Sha256;

const TAG_BYTES: usize = 16;
const CONTENT_BYTES: usize = 16;

pub(super) struct Signer {
    secret: [u8; 32],
    started: Instant,
}

impl Signer {
    pub(super) fn new(secret: [u8; 32], started: Instant) -> Self {
        Self { secret, started }
    }

    /// Milliseconds since the start, a number of its own, and a signature.
    pub(super) fn issue(&self, number: u64, now: Instant) -> String {
        let elapsed = now.saturating_duration_since(self.started).as_millis();
        let elapsed = u64::try_from(elapsed).unwrap_or(u64::MAX);
        let mut bytes = elapsed.to_be_bytes().to_vec();
        bytes.extend(number.to_be_bytes());
        let tag = self.mac(&bytes).finalize().into_bytes();
        bytes.extend(tag.iter().take(TAG_BYTES));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// How old a nonce is; `None` when it is not ours.
    pub(super) fn age(&self, nonce: &str, now: Instant) -> Option<Duration> {
        let bytes = URL_SAFE_NO_PAD.decode(nonce).ok()?;
        let (content, tag) = bytes.split_at_checked(CONTENT_BYTES)?;
        if tag.len() != TAG_BYTES {
            return None;
        }
        // In constant time.
        self.mac(content).verify_truncated_left(tag).ok()?;
        let elapsed = u64::from_be_bytes(*content.first_chunk::<8>()?);
        let issued = self.started.checked_add(Duration::from_millis(elapsed))?;
        Some(now.saturating_duration_since(issued))
    }

    fn mac(&self, content: &[u8]) -> Hmac<Sha256> {
        // Any length of key is fine with HMAC; ours has the block's half.
        let mut mac = Hmac::<Sha256>::new(&self.block().into());
        mac.update(content);
        mac
    }

    fn block(&self) -> [u8; 64] {
        let mut block = [0; 64];
        for (slot, byte) in block.iter_mut().zip(self.secret) {
            *slot = byte;
        }
        block
    }
}
