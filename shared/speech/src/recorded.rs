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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    struct Machine;

    impl Voice for Machine {
        fn speak(&self, _: &Personal<String>, _: &str, _: u16) -> Result<Sound, NotSaid> {
            Ok(sound_of(&[9]))
        }
    }

    fn sound_of(samples: &[i16]) -> Sound {
        let (rate, samples) = (16_000, samples.to_vec());
        Sound { rate, samples }
    }

    #[test]
    fn a_recorded_sentence_goes_before_the_machines_voice_at_its_own_speed_alone() {
        let folder = tempfile::tempdir().unwrap();
        let korean = folder.path().join("ko");
        fs::create_dir(&korean).unwrap();
        fs::write(korean.join("take.txt"), "카드를\n가져가세요\n").unwrap();
        sound_of(&[1, 2]).write(&korean.join("take.wav")).unwrap();
        let voice = Recorded::read(folder.path(), Machine).unwrap();

        let said = [
            ("카드를 가져가세요", "ko", 100),
            ("카드를 가져가세요", "ko", 150),
            ("카드를 가져가세요", "en", 100),
            ("다른 말", "ko", 100),
        ]
        .map(|(words, language, rate)| {
            let words = Personal::new(words.to_owned());
            voice.speak(&words, language, rate).unwrap().samples.len()
        });

        assert_eq!(said, [2, 1, 1, 1]);
    }

    #[test]
    fn words_without_their_sound_are_named_at_the_start() {
        let folder = tempfile::tempdir().unwrap();
        let korean = folder.path().join("ko");
        fs::create_dir(&korean).unwrap();
        fs::write(korean.join("take.txt"), "카드를 가져가세요").unwrap();

        let read = Recorded::read(folder.path(), Machine);

        assert!(
            matches!(read, Err(RecordingsError::Recording(file, _)) if file.ends_with("take.txt"))
        );
    }
}
