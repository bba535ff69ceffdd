//! Spreads what many stations try at once.

use request::StationId;

/// A seed of a station's own for the waits between its attempts (FNV-1a).
pub fn attempts_seed(station: &StationId) -> u64 {
    let bytes = station.as_str().bytes();
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
