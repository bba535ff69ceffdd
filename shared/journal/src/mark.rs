//! What tells requests of two running copies of one disk apart.

use std::fmt;

use request::{RequestId, Timestamp};

use crate::{Error, Journal, random};

/// Crockford's base 32 in small letters: no two are taken for each other.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const BITS: usize = 5;

/// Drawn for one request.
///
/// A copied disk has its original's name, incarnation and count, and machines that are
/// restored with their memory have even more: only what neither disk nor memory says
/// keeps their ids apart. Nobody guesses it, either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark([u8; Self::BYTES]);

impl Mark {
    pub const BYTES: usize = 5;

    /// From the system's cryptographic source.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn draw() -> Result<Self, Error> {
        random().map(Self).map_err(Error::Random)
    }

    /// For whoever has dice of their own.
    pub const fn from_bytes(bytes: [u8; Self::BYTES]) -> Self {
        Self(bytes)
    }
}

/// Eight letters.
impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = self
            .0
            .iter()
            .fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        for place in (0..Self::BYTES * 8 / BITS).rev() {
            let letter = bits >> (place * BITS) & 31;
            write!(f, "{}", char::from(LETTERS[letter as usize]))?;
        }
        Ok(())
    }
}

impl Journal {
    /// An id for the request that the next entry opens: station, day, mark and the
    /// entry's number. The mark keeps it apart from those of a lost journal, where
    /// numbers begin anew, and of a copy that runs beside this one.
    pub fn mint_request(&self, now: Timestamp, mark: Mark) -> RequestId {
        let local = now.local();
        let (year, month, day) = (local.year % 100, local.month, local.day);
        let station = &self.head().station;
        let number = self.head().number + 1;
        RequestId::new(format!(
            "{station}-{year:02}{month:02}{day:02}-{mark}-{number:06}"
        ))
    }
}
