//! What is played: sound that has been read and checked before anybody hears it.

pub mod music;
mod resampling;
mod speech;

use std::{io::Cursor, path::Path, sync::Arc};

pub use speech::{Language, Phrase, Progress, Speech, SpeechError};

use crate::codec::{FRAME, Pcm};

/// Prompts are kept in memory: ten minutes, ten megabytes.
const SAMPLES_MAX: usize = 10 * 60 * crate::codec::SAMPLE_RATE as usize;

/// Sound at 8 kHz; copies share it.
#[derive(Clone, PartialEq, Eq)]
pub struct Prompt(Arc<[i16]>);

impl std::fmt::Debug for Prompt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Prompt({} samples)", self.0.len())
    }
}

#[derive(Debug, thiserror::Error)]
pub enum PromptError {
    #[error("a prompt cannot be read or written as WAV")]
    Wav(#[source] hound::Error),
    #[error(
        "a prompt has {rate} samples a second, {bits} bits and {channels} channels, and not 8000, 16 and 1"
    )]
    Form { rate: u32, bits: u16, channels: u16 },
    #[error("a prompt is empty or longer than ten minutes")]
    Length,
}

impl Prompt {
    /// # Errors
    /// When it is empty or longer than ten minutes.
    pub fn new(samples: Vec<i16>) -> Result<Self, PromptError> {
        if samples.is_empty() || samples.len() > SAMPLES_MAX {
            return Err(PromptError::Length);
        }
        Ok(Self(samples.into()))
    }

    /// Reads a WAV file of 8 kHz, 16 bits, one channel.
    ///
    /// # Errors
    /// When it cannot be read or has another form.
    pub fn from_wav_file(file: &Path) -> Result<Self, PromptError> {
        let reader = hound::WavReader::open(file).map_err(PromptError::Wav)?;
        let form = reader.spec();
        let right = form.sample_rate == crate::codec::SAMPLE_RATE
            && form.bits_per_sample == 16
            && form.channels == 1
            && form.sample_format == hound::SampleFormat::Int;
        if !right {
            return Err(PromptError::Form {
                rate: form.sample_rate,
                bits: form.bits_per_sample,
                channels: form.channels,
            });
        }
        // The header's length is a claim; what is read beyond the limit is not kept.
        let samples = reader.into_samples().take(SAMPLES_MAX + 1);
        let samples: Result<Vec<i16>, _> = samples.collect();
        Self::new(samples.map_err(PromptError::Wav)?)
    }

    /// As a WAV file that [`Self::from_wav_file`] reads.
    ///
    /// # Errors
    /// When it does not fit into one.
    pub fn to_wav(&self) -> Result<Vec<u8>, PromptError> {
        let form = hound::WavSpec {
            channels: 1,
            sample_rate: crate::codec::SAMPLE_RATE,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut out = Vec::new();
        let mut writer =
            hound::WavWriter::new(Cursor::new(&mut out), form).map_err(PromptError::Wav)?;
        for sample in self.0.iter() {
            writer.write_sample(*sample).map_err(PromptError::Wav)?;
        }
        writer.finalize().map_err(PromptError::Wav)?;
        Ok(out)
    }

    /// This and then another.
    ///
    /// # Errors
    /// When both together are longer than ten minutes.
    pub fn followed_by(&self, next: &Self) -> Result<Self, PromptError> {
        Self::new([&self.0[..], &next.0[..]].concat())
    }

    /// In samples.
    pub fn length(&self) -> usize {
        self.0.len()
    }

    /// The 20 ms from a sample on; silence behind the end.
    pub(crate) fn frame(&self, from: usize) -> Pcm {
        let mut frame = [0; FRAME];
        for (place, sample) in frame.iter_mut().zip(self.0.iter().skip(from)) {
            *place = *sample;
        }
        frame
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;

    use super::*;

    #[test]
    fn a_prompt_is_read_as_it_was_written_and_silence_follows_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("prompt.wav");
        let prompt = Prompt::new((0..200).collect()).unwrap();
        fs::write(&file, prompt.to_wav().unwrap()).unwrap();

        let read = Prompt::from_wav_file(&file).unwrap();

        assert_eq!(read, prompt);
        assert_eq!(read.frame(160)[38..42], [198, 199, 0, 0]);
    }

    #[test]
    fn other_forms_are_refused_with_what_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("prompt.wav");
        let form = hound::WavSpec {
            channels: 2,
            sample_rate: 44_100,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut writer = hound::WavWriter::create(&file, form).unwrap();
        writer.write_sample(0i16).unwrap();
        writer.write_sample(0i16).unwrap();
        writer.finalize().unwrap();
        let refused = Prompt::from_wav_file(&file).unwrap_err();
        assert!(matches!(
            refused,
            PromptError::Form {
                rate: 44_100,
                bits: 16,
                channels: 2
            }
        ));

        fs::write(&file, b"no sound").unwrap();
        assert!(matches!(
            Prompt::from_wav_file(&file),
            Err(PromptError::Wav(_))
        ));
        assert!(matches!(Prompt::new(vec![]), Err(PromptError::Length)));
        assert!(matches!(
            Prompt::new(vec![0; SAMPLES_MAX + 1]),
            Err(PromptError::Length)
        ));
        let mut cut = Prompt::new(vec![7; 800]).unwrap().to_wav().unwrap();
        cut.truncate(500);
        fs::write(&file, cut).unwrap();
        assert!(matches!(
            Prompt::from_wav_file(&file),
            Err(PromptError::Wav(_))
        ));
    }
}
