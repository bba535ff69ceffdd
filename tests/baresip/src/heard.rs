//! What somebody heard in a call.

use std::path::Path;

use media::mixing::{Level, tone_share};

use crate::RATE;

/// The last packets may hold what a call's end has left of them.
const ENDING: usize = RATE as usize / 2;

/// Samples of 16 bits, [`RATE`] a second.
pub struct Heard(Vec<i16>);

impl Heard {
    /// # Panics
    /// When it is no WAV file of that rate.
    pub fn read(file: &Path) -> Self {
        let reader = hound::WavReader::open(file).unwrap();
        assert_eq!(reader.spec().sample_rate, RATE, "{}", file.display());
        Self(reader.into_samples().map(Result::unwrap).collect())
    }

    pub fn samples(&self) -> &[i16] {
        &self.0
    }

    /// The shares of two tones in all that was heard in the last seconds, by their power.
    ///
    /// # Panics
    /// When less was heard.
    pub fn shares(&self, seconds: u32, tones: [f64; 2]) -> [f64; 2] {
        let last = self.last(seconds);
        tones.map(|hertz| tone_share(last, hertz))
    }

    /// How loud the last seconds were, in dB below overload: a sine at full scale is at -3.
    ///
    /// # Panics
    /// When less was heard.
    pub fn level(&self, seconds: u32) -> f64 {
        Level::of(self.last(seconds)).dbov()
    }

    fn last(&self, seconds: u32) -> &[i16] {
        let wanted = (seconds * RATE) as usize;
        let end = self.0.len().saturating_sub(ENDING);
        let last = &self.0[end.saturating_sub(wanted)..end];
        assert_eq!(last.len(), wanted, "too little was heard");
        last
    }
}
