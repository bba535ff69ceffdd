//! Sentences somebody has read aloud: a folder for each language, in it for each sentence
//! a WAV file and, under the same name, a text file with its words.

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
};

use privacy::Personal;

use crate::{NotSaid, Sound, Voice};

#[derive(Debug, thiserror::Error)]
pub enum RecordingsError {
    #[error("the recordings in {0} cannot be read")]
    Folder(PathBuf, #[source] io::Error),
    #[error("{0} has no recording of one channel and 16 bits beside it")]
    Recording(PathBuf, #[source] hound::Error),
}

/// Recordings, and a voice for everything else. At another speed than the usual one the
/// voice says it all: nobody's speech is stretched.
pub struct Recorded<V> {
    recordings: HashMap<(String, String), Sound>,
    otherwise: V,
}

impl<V: Voice> Recorded<V> {
    /// # Errors
    /// When something in the folder is not what it should be.
    pub fn read(folder: &Path, otherwise: V) -> Result<Self, RecordingsError> {
        let mut recordings = HashMap::new();
        for language in entries(folder)? {
            let code = language.file_name().unwrap_or_default().to_string_lossy();
            for file in entries(&language)? {
                if file.extension().is_none_or(|it| it != "txt") {
                    continue;
                }
                let words = fs::read_to_string(&file)
                    .map_err(|error| RecordingsError::Folder(file.clone(), error))?;
                let sound = sound(&file.with_extension("wav"))
                    .map_err(|error| RecordingsError::Recording(file.clone(), error))?;
                recordings.insert((code.to_string(), plain(&words)), sound);
            }
        }
        Ok(Self {
            recordings,
            otherwise,
        })
    }
}

impl<V: Voice> Voice for Recorded<V> {
    fn speak(&self, words: &Personal<String>, language: &str, rate: u16) -> Result<Sound, NotSaid> {
        let key = (language.to_owned(), plain(words.reveal()));
        match self.recordings.get(&key).filter(|_| rate == 100) {
            Some(sound) => Ok(sound.clone()),
            None => self.otherwise.speak(words, language, rate),
        }
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, RecordingsError> {
    let failed = |error| RecordingsError::Folder(folder.to_owned(), error);
    let entries = fs::read_dir(folder).map_err(failed)?;
    entries.map(|it| Ok(it.map_err(failed)?.path())).collect()
}

fn sound(file: &Path) -> Result<Sound, hound::Error> {
    let reader = hound::WavReader::open(file)?;
    let spec = reader.spec();
    if spec.channels != 1 || spec.bits_per_sample != 16 {
        return Err(hound::Error::Unsupported);
    }
    let samples: Result<Vec<i16>, _> = reader.into_samples().collect();
    Ok(Sound {
        rate: spec.sample_rate,
        samples: samples?,
    })
}

/// Without what only the eye sees.
fn plain(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
