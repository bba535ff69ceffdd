//! Prompts that are spoken by `espeak-ng`, ahead of time: text in, files in a cache out.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use sha2::{Digest, Sha256};

use crate::prompt::{Prompt, PromptError, resampling::to_telephone_rate};

const PROGRAM: &str = "espeak-ng";
/// Letters of a phrase at the most.
const LETTERS_MAX: usize = 1_000;
/// What a phrase may take to be spoken; it is done a hundred times as fast as it is heard.
const PATIENCE: Duration = Duration::from_secs(60);
const LOOKS_EVERY: Duration = Duration::from_millis(5);
/// Words a minute: a little slower than usual, for the telephone and the old.
const SPEED: &str = "145";

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    Korean,
    English,
}

impl Language {
    const fn voice(self) -> &'static str {
        match self {
            Self::Korean => "ko",
            Self::English => "en",
        }
    }
}

/// What is to be said. The same for everybody: nothing personal is ever written here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// What it is asked for by.
    pub name: String,
    pub language: Language,
    pub text: String,
}

/// So far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub done: usize,
    /// Of those, how many had to be spoken; the others lay in the cache.
    pub spoken: usize,
    pub all: usize,
}

#[derive(Debug, thiserror::Error)]
pub enum SpeechError {
    #[error("espeak-ng cannot be started")]
    Start(#[source] io::Error),
    #[error("espeak-ng could not speak the phrase {0}")]
    NotSpoken(String),
    #[error("the phrase {0} is empty or too long")]
    Length(String),
    #[error("the cache of spoken phrases cannot be used")]
    Cache(#[source] io::Error),
    #[error(transparent)]
    Prompt(#[from] PromptError),
}

/// Speaks phrases into a folder and keeps them there.
pub struct Speech {
    cache: PathBuf,
    /// Of the program: another version speaks anew.
    version: Vec<u8>,
}

impl Speech {
    /// Looks for the program, and makes the folder.
    ///
    /// # Errors
    /// When either cannot be had.
    pub fn new(cache: PathBuf) -> Result<Self, SpeechError> {
        fs::create_dir_all(&cache).map_err(SpeechError::Cache)?;
        let told = Command::new(PROGRAM)
            .arg("--version")
            .output()
            .map_err(SpeechError::Start)?;
        Ok(Self {
            cache,
            version: told.stdout,
        })
    }

    /// Makes every phrase a prompt, by name. What was spoken before is read; what is
    /// damaged is spoken anew.
    ///
    /// # Errors
    /// When one cannot be spoken or kept.
    pub fn prompts(
        &self,
        phrases: &[Phrase],
        mut tell: impl FnMut(Progress),
    ) -> Result<BTreeMap<String, Prompt>, SpeechError> {
        let mut prompts = BTreeMap::new();
        let mut spoken = 0;
        for (index, phrase) in phrases.iter().enumerate() {
            let file = self.cache.join(self.file_name(phrase));
            let kept = Prompt::from_wav_file(&file).ok();
            let prompt = match kept {
                Some(prompt) => prompt,
                None => {
                    spoken += 1;
                    self.speak(phrase, &file)?
                }
            };
            prompts.insert(phrase.name.clone(), prompt);
            tell(Progress {
                done: index + 1,
                spoken,
                all: phrases.len(),
            });
        }
        Ok(prompts)
    }

    fn speak(&self, phrase: &Phrase, file: &Path) -> Result<Prompt, SpeechError> {
        if phrase.text.trim().is_empty() || phrase.text.chars().count() > LETTERS_MAX {
            return Err(SpeechError::Length(phrase.name.clone()));
        }
        // Another switch may speak into the same folder.
        let own = |ending: &str| file.with_extension(format!("{}.{ending}", std::process::id()));
        let (text, raw) = (own("txt"), own("raw"));
        fs::write(&text, &phrase.text).map_err(SpeechError::Cache)?;
        let child = Command::new(PROGRAM)
            .args(["-v", phrase.language.voice(), "-s", SPEED, "-b", "1", "-f"])
            .arg(&text)
            .arg("-w")
            .arg(&raw)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(SpeechError::Start)?;
        if !ended_well(child).map_err(SpeechError::Start)? {
            return Err(SpeechError::NotSpoken(phrase.name.clone()));
        }
        let prompt = read_other_rate(&raw)?;
        durable::replace(file, &prompt.to_wav()?).map_err(SpeechError::Cache)?;
        for leftover in [text, raw] {
            fs::remove_file(leftover).map_err(SpeechError::Cache)?;
        }
        Ok(prompt)
    }

    fn file_name(&self, phrase: &Phrase) -> String {
        let mut digest = Sha256::new();
        let said = [
            &self.version,
            phrase.language.voice().as_bytes(),
            SPEED.as_bytes(),
            phrase.text.as_bytes(),
        ];
        for part in said {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        }
        let digest: String = digest
            .finalize()
            .iter()
            .take(16)
            .map(|octet| format!("{octet:02x}"))
            .collect();
        format!("{digest}.wav")
    }
}

/// Whether it ended by itself, in time and without complaint.
fn ended_well(mut child: Child) -> io::Result<bool> {
    let until = Instant::now() + PATIENCE;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        if Instant::now() >= until {
            child.kill()?;
            child.wait()?;
            return Ok(false);
        }
        std::thread::sleep(LOOKS_EVERY);
    }
}

fn read_other_rate(file: &Path) -> Result<Prompt, PromptError> {
    let reader = hound::WavReader::open(file).map_err(PromptError::Wav)?;
    let rate = reader.spec().sample_rate;
    let samples: Result<Vec<i16>, _> = reader.into_samples().collect();
    let samples = samples.map_err(PromptError::Wav)?;
    Prompt::new(to_telephone_rate(&samples, rate))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::mixing::Level;

    fn phrases() -> Vec<Phrase> {
        let phrase = |name: &str, language, text: &str| Phrase {
            name: name.to_owned(),
            language,
            text: text.to_owned(),
        };
        vec![
            phrase(
                "wait-ko",
                Language::Korean,
                "지금은 모든 상담원이 통화 중입니다. 잠시만 기다려 주십시오.",
            ),
            phrase(
                "wait-en",
                Language::English,
                "All our agents are busy. Please hold the line.",
            ),
        ]
    }

    #[test]
    fn phrases_are_spoken_once_and_read_ever_after() {
        let folder = tempfile::tempdir().unwrap();
        let speech = Speech::new(folder.path().join("cache")).unwrap();
        let mut told = Vec::new();

        let first = speech
            .prompts(&phrases(), |progress| {
                told.push((progress.done, progress.spoken))
            })
            .unwrap();
        let again = speech
            .prompts(&phrases(), |progress| {
                told.push((progress.done, progress.spoken))
            })
            .unwrap();

        assert_eq!(told, [(1, 1), (2, 2), (1, 0), (2, 0)]);
        assert_eq!(first, again);
        for prompt in first.values() {
            let seconds = prompt.length() as f64 / 8_000.0;
            assert!((1.5..12.0).contains(&seconds), "{seconds}");
            assert!(Level::of(&prompt.0).dbov() > -40.0);
        }
        assert_ne!(first["wait-ko"], first["wait-en"]);
        assert_eq!(
            fs::read_dir(folder.path().join("cache")).unwrap().count(),
            2
        );
    }

    #[test]
    fn a_damaged_file_is_spoken_anew_and_nothing_is_said_of_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let speech = Speech::new(folder.path().to_owned()).unwrap();
        let first = speech.prompts(&phrases()[..1], |_| {}).unwrap();
        for file in fs::read_dir(folder.path()).unwrap() {
            fs::write(file.unwrap().path(), b"damaged").unwrap();
        }

        assert_eq!(speech.prompts(&phrases()[..1], |_| {}).unwrap(), first);
        let empty = Phrase {
            text: " ".to_owned(),
            ..phrases()[0].clone()
        };
        assert!(matches!(
            speech.prompts(&[empty], |_| {}),
            Err(SpeechError::Length(_))
        ));
    }
}
