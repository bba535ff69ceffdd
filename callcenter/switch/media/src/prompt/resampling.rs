//! Other sampling rates to that of a telephone, ahead of time.

use std::f64::consts::PI;

use crate::codec::SAMPLE_RATE;

/// Zero crossings of the window on each side: 32 keep what folds back below −60 dB.
const CROSSINGS: f64 = 32.0;
/// Hertz above which nothing is kept, so that nothing folds back.
const CUTOFF: f64 = 3_700.0;

/// Resamples by a windowed sinc (Blackman), sample by sample; for prompts, not for calls.
pub(super) fn to_telephone_rate(samples: &[i16], rate: u32) -> Vec<i16> {
    let ratio = f64::from(rate) / f64::from(SAMPLE_RATE);
    let step = 2.0 * CUTOFF.min(f64::from(rate) / 2.0) / f64::from(rate);
    let reach = CROSSINGS / step;
    let count = (samples.len() as f64 / ratio).floor() as usize;
    let at = |index: usize| {
        let center = index as f64 * ratio;
        let first = (center - reach).ceil().max(0.0) as usize;
        let taps = (center + reach).floor() as usize - first + 1;
        let sum: f64 = samples
            .iter()
            .enumerate()
            .skip(first)
            .take(taps)
            .map(|(place, sample)| f64::from(*sample) * kernel((place as f64 - center) * step))
            .sum();
        (sum * step)
            .round()
            .clamp(f64::from(i16::MIN), f64::from(i16::MAX)) as i16
    };
    (0..count).map(at).collect()
}

/// The windowed sinc at so many zero crossings from its middle.
fn kernel(crossings: f64) -> f64 {
    let place = crossings / CROSSINGS;
    if place.abs() >= 1.0 {
        return 0.0;
    }
    let window = 0.42 + 0.5 * (PI * place).cos() + 0.08 * (2.0 * PI * place).cos();
    let angle = PI * crossings;
    if angle == 0.0 {
        window
    } else {
        window * angle.sin() / angle
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mixing::{Level, tone_share};

    fn tone(hertz: f64, rate: u32) -> Vec<i16> {
        let turn = hertz * std::f64::consts::TAU / f64::from(rate);
        (0..rate)
            .map(|index| ((f64::from(index) * turn).sin() * 8_000.0) as i16)
            .collect()
    }

    #[test]
    fn a_tone_stays_what_it_is_and_as_loud() {
        for rate in [22_050, 48_000, 16_000] {
            let resampled = to_telephone_rate(&tone(1_000.0, rate), rate);

            assert_eq!(resampled.len(), 8_000);
            let middle = &resampled[800..7_200];
            assert!(tone_share(middle, 1_000.0) > 0.999, "{rate}");
            assert!(
                (Level::of(middle).dbov() - Level::of(&tone(1_000.0, 8_000)).dbov()).abs() < 0.1
            );
        }
    }

    #[test]
    fn what_a_telephone_cannot_carry_does_not_fold_back() {
        for hertz in [4_400.0, 6_000.0, 9_000.0] {
            let resampled = to_telephone_rate(&tone(hertz, 22_050), 22_050);

            assert!(Level::of(&resampled[800..7_200]).is_silent(), "{hertz}");
        }
    }
}
