//! Sound as samples, and as the WAV that a program writes into a pipe.

use std::{path::Path, time::Duration};

use crate::NotSaid;

/// One channel of 16-bit samples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sound {
    /// Samples a second.
    pub rate: u32,
    pub samples: Vec<i16>,
}

impl Sound {
    /// Nothing to be heard for so long.
    #[must_use]
    pub fn silence(rate: u32, length: Duration) -> Self {
        let samples = u128::from(rate) * length.as_millis() / 1_000;
        let samples = vec![0; usize::try_from(samples).unwrap_or_default()];
        Self { rate, samples }
    }

    #[must_use]
    pub fn length(&self) -> Duration {
        let samples = u32::try_from(self.samples.len()).unwrap_or(u32::MAX);
        Duration::from_secs(samples.into()) / self.rate.max(1)
    }

    /// As a WAV file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, file: &Path) -> Result<(), hound::Error> {
        let spec = hound::WavSpec {
            channels: 1,
            sample_rate: self.rate,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut writer = hound::WavWriter::create(file, spec)?;
        for sample in &self.samples {
            writer.write_sample(*sample)?;
        }
        writer.finalize()
    }

    /// Reads RIFF WAVE whose lengths nobody believes: whoever writes into a pipe does
    /// not know them when it begins.
    pub(crate) fn from_stream(bytes: &[u8]) -> Result<Self, NotSaid> {
        let (riff, mut chunks) = bytes.split_at_checked(12).ok_or(NotSaid::NoSound)?;
        if !riff.starts_with(b"RIFF") || !riff.ends_with(b"WAVE") {
            return Err(NotSaid::NoSound);
        }
        let mut rate = None;
        loop {
            let (head, rest) = chunks.split_at_checked(8).ok_or(NotSaid::NoSound)?;
            let length = head
                .last_chunk::<4>()
                .copied()
                .map_or(0, u32::from_le_bytes);
            if head.starts_with(b"data") {
                let samples = rest
                    .chunks_exact(2)
                    .map(|it| i16::from_le_bytes([it[0], it[1]]));
                let rate = rate.ok_or(NotSaid::NoSound)?;
                let samples = samples.collect();
                return Ok(Self { rate, samples });
            }
            let length = usize::try_from(length).map_err(|_| NotSaid::NoSound)?;
            let (chunk, behind) = rest.split_at_checked(length).ok_or(NotSaid::NoSound)?;
            if head.starts_with(b"fmt ") {
                rate = Some(format(chunk)?);
            }
            chunks = behind;
        }
    }
}

/// The rate of one channel of 16-bit PCM.
fn format(chunk: &[u8]) -> Result<u32, NotSaid> {
    let [1, 0, 1, 0, r0, r1, r2, r3, _, _, _, _, _, _, 16, 0, ..] = chunk else {
        return Err(NotSaid::NoSound);
    };
    let rate = u32::from_le_bytes([*r0, *r1, *r2, *r3]);
    (rate > 0).then_some(rate).ok_or(NotSaid::NoSound)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn stream(samples: &[u8]) -> Vec<u8> {
        let mut bytes = b"RIFF\xff\xff\xff\x7fWAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
        bytes.extend(22_050_u32.to_le_bytes());
        bytes.extend(44_100_u32.to_le_bytes());
        bytes.extend(b"\x02\0\x10\0data\0\xf0\xff\x7f");
        bytes.extend(samples);
        bytes
    }

    #[test]
    fn a_stream_is_read_to_its_end_whatever_length_it_claims() {
        let sound = Sound::from_stream(&stream(&[1, 0, 0xff, 0xff, 9])).unwrap();

        assert_eq!((sound.rate, sound.samples), (22_050, vec![1, -1]));
    }

    #[test]
    fn what_is_no_sound_is_refused_wherever_it_breaks_off() {
        let whole = stream(&[]);
        for length in 0..whole.len() {
            assert!(Sound::from_stream(&whole[..length]).is_err(), "{length}");
        }
    }
}
