//! Document numbers: `YYMM-XXXX-XXXX-XXXX`.

use std::collections::BTreeSet;

use p256::elliptic_curve::rand_core::{OsRng, RngCore};
use request::{DocumentNumber, LocalTime};

/// Crockford's base 32: no letter that looks like a digit.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Sixty random bits: nobody can guess another's number, and two papers of one
/// month meet by chance only after hundreds of millions.
pub(crate) fn next(now: LocalTime) -> DocumentNumber {
    let [one, two, three] = groups();
    let month = month(now);
    DocumentNumber::new(format!("{month}-{one}-{two}-{three}"))
}

/// So many numbers with one beginning, and the beginning. Forty random bits keep
/// anybody from guessing the next.
pub(crate) fn family(now: LocalTime, size: u32) -> (String, Vec<DocumentNumber>) {
    let [one, ..]: [String; 3] = groups();
    let prefix = format!("{}-{one}", month(now));
    let mut numbers = BTreeSet::new();
    while numbers.len() < size as usize {
        let [_, two, three] = groups();
        numbers.insert(DocumentNumber::new(format!("{prefix}-{two}-{three}")));
    }
    (prefix, numbers.into_iter().collect())
}

fn month(now: LocalTime) -> String {
    format!("{:02}{:02}", now.year % 100, now.month)
}

fn groups() -> [String; 3] {
    let mut random = OsRng.next_u64();
    std::array::from_fn(|_| {
        (0..4)
            .map(|_| {
                let index = usize::try_from(random & 31).unwrap_or_default();
                random >>= 5;
                char::from(ALPHABET[index])
            })
            .collect()
    })
}
