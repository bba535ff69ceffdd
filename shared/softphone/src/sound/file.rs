//! WAV files in the place of devices, and silence.

use std::{fs::File, io::BufWriter, path::Path};

use hound::{SampleFormat, WavReader, WavSpec, WavWriter};
use media::codec::{FRAME, Pcm, SAMPLE_RATE};

use super::{NoDevice, Sink, Source};
use crate::resampling::whole;

/// Nobody speaks, and nobody listens.
pub(super) struct Silence;

impl Source for Silence {
    fn take(&mut self) -> Pcm {
        [0; FRAME]
    }

    fn is_gone(&self) -> bool {
        false
    }
}

impl Sink for Silence {
    fn give(&mut self, _: &Pcm) {}

    fn is_gone(&self) -> bool {
        false
    }
}

/// A file that is played over and over.
pub(super) struct Played {
    samples: Vec<i16>,
    position: usize,
}

impl Played {
    /// Reads all of a file, whatever its rate and channels.
    ///
    /// # Errors
    /// When it is no WAV file, or has no sound in it.
    pub(super) fn open(path: &Path) -> Result<Self, NoDevice> {
        let mut reader = WavReader::open(path)?;
        let form = reader.spec();
        let samples: Vec<f32> = match form.sample_format {
            SampleFormat::Float => reader.samples::<f32>().collect::<Result<_, _>>()?,
            SampleFormat::Int => {
                let full = 2.0_f32.powi(i32::from(form.bits_per_sample) - 1);
                let samples = reader.samples::<i32>();
                let scaled = samples.map(|it| it.map(|sample| sample as f32 / full));
                scaled.collect::<Result<_, _>>()?
            }
        };
        let channels = usize::from(form.channels.max(1));
        let mono: Vec<f32> = samples
            .chunks(channels)
            .map(|frame| frame.iter().sum::<f32>() / channels as f32)
            .collect();
        let samples = whole(&mono, form.sample_rate)?;
        if samples.is_empty() {
            return Err(NoDevice::Empty);
        }
        Ok(Self {
            samples,
            position: 0,
        })
    }
}

impl Source for Played {
    fn take(&mut self) -> Pcm {
        let mut pcm = [0; FRAME];
        let from = self.samples.iter().cycle().skip(self.position);
        for (place, sample) in pcm.iter_mut().zip(from) {
            *place = *sample;
        }
        self.position = (self.position + FRAME) % self.samples.len();
        pcm
    }

    fn is_gone(&self) -> bool {
        false
    }
}

/// A file that is written; whole when it is closed.
pub(super) struct Written {
    writer: Option<WavWriter<BufWriter<File>>>,
}

impl Written {
    /// # Errors
    /// When it cannot be written.
    pub(super) fn open(path: &Path) -> Result<Self, NoDevice> {
        let form = WavSpec {
            channels: 1,
            sample_rate: SAMPLE_RATE,
            bits_per_sample: 16,
            sample_format: SampleFormat::Int,
        };
        Ok(Self {
            writer: Some(WavWriter::create(path, form)?),
        })
    }
}

impl Sink for Written {
    fn give(&mut self, pcm: &Pcm) {
        let Some(writer) = &mut self.writer else {
            return;
        };
        if pcm.iter().any(|it| writer.write_sample(*it).is_err()) {
            self.writer = None;
        }
    }

    fn is_gone(&self) -> bool {
        self.writer.is_none()
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        if let Some(Err(error)) = self.writer.take().map(WavWriter::finalize) {
            tracing::warn!(%error, "A sound file could not be finished");
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use media::mixing::tone_share;

    use super::*;

    #[test]
    fn a_file_of_another_rate_and_two_channels_is_played_over_and_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tone.wav");
        let form = WavSpec {
            channels: 2,
            sample_rate: 44_100,
            bits_per_sample: 24,
            sample_format: SampleFormat::Int,
        };
        let mut writer = WavWriter::create(&path, form).unwrap();
        for place in 0..44_100 {
            let angle = std::f64::consts::TAU * 700.0 * f64::from(place) / 44_100.0;
            writer
                .write_sample((angle.sin() * 4_000_000.0) as i32)
                .unwrap();
            writer.write_sample(0).unwrap();
        }
        writer.finalize().unwrap();

        let mut played = Played::open(&path).unwrap();
        let heard: Vec<i16> = (0..75).flat_map(|_| played.take()).collect();

        assert!(tone_share(&heard[1_600..4_800], 700.0) > 0.99);
        assert!(tone_share(&heard[9_600..11_200], 700.0) > 0.99, "again");
    }

    #[test]
    fn a_file_without_sound_and_one_that_is_none_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let empty = folder.path().join("empty.wav");
        drop(Written::open(&empty).unwrap());
        let text = folder.path().join("text.wav");
        std::fs::write(&text, "no sound").unwrap();

        assert!(matches!(Played::open(&empty), Err(NoDevice::Empty)));
        assert!(matches!(Played::open(&text), Err(NoDevice::File(_))));
        assert!(Written::open(&folder.path().join("no/where.wav")).is_err());
    }
}
