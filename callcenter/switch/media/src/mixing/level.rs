//! How loud sound is, and how much of it is one tone.

/// Below this a line is silent: comfort noise of gateways lies under it.
const SILENT_DBOV: f64 = -60.0;
/// What no sound at all is said to be (RFC 6464 §3).
const NOTHING_DBOV: f64 = -127.0;

/// Power over some samples.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Level {
    /// Mean square, full scale being 32,768².
    mean_square: f64,
}

impl Level {
    pub fn of(samples: &[i16]) -> Self {
        let sum: u64 = samples
            .iter()
            .map(|sample| u64::from(sample.unsigned_abs()).pow(2))
            .sum();
        Self {
            mean_square: sum as f64 / samples.len().max(1) as f64,
        }
    }

    /// In dB below overload: 0 is a square wave at full scale, −127 is nothing.
    pub fn dbov(self) -> f64 {
        let share = self.mean_square / 32_768f64.powi(2);
        (10.0 * share.log10()).max(NOTHING_DBOV)
    }

    /// Whether nobody would hear it.
    pub fn is_silent(self) -> bool {
        self.dbov() < SILENT_DBOV
    }
}

/// The share of the power that lies at one frequency, at 8,000 samples a second
/// (Goertzel's algorithm): near 1 for a pure tone, near 0 for anything else.
pub fn tone_share(samples: &[i16], hertz: f64) -> f64 {
    let turn = std::f64::consts::TAU * hertz / f64::from(crate::codec::SAMPLE_RATE);
    let coefficient = 2.0 * turn.cos();
    let (one, two) = samples.iter().fold((0.0, 0.0), |(one, two), sample| {
        (f64::from(*sample) + coefficient * one - two, one)
    });
    let power = one * one + two * two - coefficient * one * two;
    let total: f64 = samples
        .iter()
        .map(|sample| f64::from(*sample).powi(2))
        .sum();
    if total == 0.0 {
        return 0.0;
    }
    // A tone of amplitude a has power (a·n/2)² here and a²·n/2 there.
    power * 2.0 / (total * samples.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_those_of_known_waves() {
        let square: Vec<i16> = (0..800)
            .map(|it| if it % 2 == 0 { i16::MIN } else { i16::MAX })
            .collect();

        assert!(Level::of(&square).dbov().abs() < 0.01);
        assert_eq!(Level::of(&[0; 160]).dbov(), NOTHING_DBOV);
        assert!(Level::of(&[8; 160]).is_silent());
        assert!(!Level::of(&[100; 160]).is_silent());
        assert!(Level::of(&[]).is_silent());
    }

    #[test]
    fn a_tone_is_found_and_another_is_not() {
        let tone: Vec<i16> = (0..1_600)
            .map(|it| {
                ((f64::from(it) * 700.0 * std::f64::consts::TAU / 8_000.0).sin() * 9_000.0) as i16
            })
            .collect();

        assert!(tone_share(&tone, 700.0) > 0.99);
        assert!(tone_share(&tone, 1_100.0) < 0.01);
        assert_eq!(tone_share(&[0; 100], 700.0), 0.0);
    }
}
