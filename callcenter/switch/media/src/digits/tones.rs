//! Keys as tones in the sound (ITU-T Q.23), for who did not agree on named events.

use std::f64::consts::TAU;

use crate::codec::{FRAME, Pcm, SAMPLE_RATE};

/// Each row of a telephone's keys, in hertz.
const ROWS: [f64; 4] = [697.0, 770.0, 852.0, 941.0];
/// Each column, the letters' included.
const COLUMNS: [f64; 4] = [1_209.0, 1_336.0, 1_477.0, 1_633.0];
/// The keys as they lie.
const KEYS: [[u8; 4]; 4] = [[1, 2, 3, 12], [4, 5, 6, 13], [7, 8, 9, 14], [10, 0, 11, 15]];
/// Of each of the two tones: about −10 dB below overload together.
const LOUDNESS: f64 = 7_000.0;

/// The two tones of a key, in hertz; silence for what is no key.
pub fn key_tones(code: u8) -> Option<(f64, f64)> {
    KEYS.iter().zip(ROWS).find_map(|(keys, row)| {
        let column = keys.iter().position(|key| *key == code)?;
        Some((row, *COLUMNS.get(column)?))
    })
}

/// 20 ms of a key that has been down for so many samples.
pub(crate) fn key_sound(code: u8, since: usize) -> Pcm {
    let Some((low, high)) = key_tones(code) else {
        return [0; FRAME];
    };
    std::array::from_fn(|index| {
        let time = (since + index) as f64 / f64::from(SAMPLE_RATE);
        let sum = (time * low * TAU).sin() + (time * high * TAU).sin();
        (sum * LOUDNESS) as i16
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_the_tones_of_the_standard() {
        assert_eq!(key_tones(1), Some((697.0, 1_209.0)));
        assert_eq!(key_tones(0), Some((941.0, 1_336.0)));
        assert_eq!(key_tones(11), Some((941.0, 1_477.0)));
        assert_eq!(key_tones(15), Some((941.0, 1_633.0)));
        assert_eq!(key_tones(16), None);
    }
}
