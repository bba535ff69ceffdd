//! The caller's voice: `espeak-ng` speaks a line into a file his telephone plays.

use std::{fs, path::PathBuf, time::Duration};

use anyhow::Context;
use media::{
    codec::SAMPLE_RATE,
    prompt::{Language, Phrase, Prompt, Speech},
};
use tempfile::TempDir;

/// A telephone plays its file over and over: after the line comes so much silence
/// that the caller is hushed before it begins again.
const SILENCE_SECONDS: usize = 60;

/// A line that was spoken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utterance {
    /// WAV, 8 kHz.
    pub file: PathBuf,
    /// Without the silence behind it.
    pub lasts: Duration,
}

/// Speaks into a folder of its own, which goes with it.
pub struct Voice {
    folder: TempDir,
    speech: Speech,
    silence: Prompt,
    spoken: u32,
}

impl Voice {
    /// # Errors
    /// When `espeak-ng` or a folder cannot be had.
    pub fn new() -> anyhow::Result<Self> {
        let folder = tempfile::tempdir().context("no folder for the callers' voices")?;
        let speech = Speech::new(folder.path().join("lines"))?;
        Ok(Self {
            folder,
            speech,
            silence: Prompt::new(vec![0; SILENCE_SECONDS * SAMPLE_RATE as usize])?,
            spoken: 0,
        })
    }

    /// `language` is an ISO 639-1 code.
    ///
    /// # Errors
    /// When it cannot be spoken or written.
    pub fn speak(&mut self, text: &str, language: &str) -> anyhow::Result<Utterance> {
        self.spoken += 1;
        let name = format!("line-{}", self.spoken);
        let phrase = Phrase {
            name: name.clone(),
            language: match language {
                "en" => Language::English,
                _ => Language::Korean,
            },
            text: text.to_owned(),
        };
        let prompts = self.speech.prompts(&[phrase], |_| {})?;
        let line = prompts.get(&name).context("nothing was spoken")?;
        let file = self.folder.path().join(&name).with_extension("wav");
        fs::write(&file, line.followed_by(&self.silence)?.to_wav()?)?;
        let seconds = line.length() as f64 / f64::from(SAMPLE_RATE);
        Ok(Utterance {
            file,
            lasts: Duration::from_secs_f64(seconds),
        })
    }
}
