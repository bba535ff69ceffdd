//! Tones, as samples and as WAV files.

use std::{f64::consts::TAU, path::Path, time::Duration};

use hound::{SampleFormat, WavSpec, WavWriter};

/// Samples a second of everything said and heard in calls.
pub const RATE: u32 = 8_000;

/// What a telephone here says, of 32,767.
pub const PEAK: f64 = 9_000.0;

/// A sine of so many hertz, with this peak of 32,767.
pub fn tone(hertz: f64, peak: f64, lasting: Duration, rate: u32) -> Vec<i16> {
    let count = lasting.as_millis() * u128::from(rate) / 1_000;
    let count = u32::try_from(count).expect("a test plays minutes, not days");
    let sample = |place: u32| {
        let angle = TAU * hertz * f64::from(place) / f64::from(rate);
        #[allow(
            clippy::cast_possible_truncation,
            reason = "within 16 bits by its peak"
        )]
        let sample = (peak * angle.sin()) as i16;
        sample
    };
    (0..count).map(sample).collect()
}

/// Writes a file with one channel.
///
/// # Panics
/// When it cannot be written.
pub fn write(file: &Path, samples: &[i16], rate: u32) {
    let form = WavSpec {
        channels: 1,
        sample_rate: rate,
        bits_per_sample: 16,
        sample_format: SampleFormat::Int,
    };
    let mut writer = WavWriter::create(file, form).unwrap();
    for sample in samples {
        writer.write_sample(*sample).unwrap();
    }
    writer.finalize().unwrap();
}
