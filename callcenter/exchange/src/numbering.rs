//! Document numbers: `YYMM-XXXX-XXXX-XXXX`.

use p256::elliptic_curve::rand_core::{OsRng, RngCore};
use request::{DocumentNumber, LocalTime};

/// Crockford's base 32: no letter that looks like a digit.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Sixty random bits: nobody can guess another's number, and two papers of one
/// month meet by chance only after hundreds of millions.
pub(crate) fn next(now: LocalTime) -> DocumentNumber {
    let mut random = OsRng.next_u64();
    let mut group = || -> String {
        (0..4)
            .map(|_| {
                let index = usize::try_from(random & 31).unwrap_or_default();
                random >>= 5;
                char::from(ALPHABET[index])
            })
            .collect()
    };
    let (one, two, three) = (group(), group(), group());
    DocumentNumber::new(format!(
        "{:02}{:02}-{one}-{two}-{three}",
        now.year % 100,
        now.month
    ))
}
