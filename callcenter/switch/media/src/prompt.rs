//! What is played: sound that has been read and checked before anybody hears it.

use std::{path::Path, sync::Arc};

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
    #[error("a prompt cannot be read")]
    Read(#[source] hound::Error),
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
        let reader = hound::WavReader::open(file).map_err(PromptError::Read)?;
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
        Self::new(samples.map_err(PromptError::Read)?)
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
