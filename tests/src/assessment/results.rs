//! What the tests of the screens have written down, each into a file of its own.

use std::{collections::BTreeSet, fs, path::Path};

use serde::Deserialize;
use thiserror::Error;

/// How the screens were gone through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Touch,
    /// By headphones and a keypad.
    Keypad,
    Switches,
}

/// All screens in one language and one setting.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Walk {
    pub language: String,
    /// Of the usual size of text.
    pub percent: u16,
    pub colours: String,
    pub low: bool,
    pub screens: usize,
    pub controls: usize,
    pub complaints: Vec<String>,
}

/// How words stand out in one choice of colours.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contrast {
    pub colours: String,
    /// The ratio of the pair that stands out least.
    pub least: f64,
    pub promised: f64,
    pub pair: String,
}

#[derive(Clone, Debug)]
pub struct Results {
    pub touch: Vec<Walk>,
    pub keypad: Vec<Walk>,
    pub switches: Vec<Walk>,
    pub contrasts: Vec<Contrast>,
    /// After so many settings the next citizen found none of them.
    pub gone: u32,
}

#[derive(Debug, Error)]
pub enum ResultsError {
    #[error("{file} is missing: the tests of the screens write it")]
    Missing {
        file: String,
        #[source]
        source: std::io::Error,
    },
    #[error("{file} is not what the tests of the screens write")]
    Malformed {
        file: String,
        #[source]
        source: serde_json::Error,
    },
    #[error("nothing was looked at")]
    Empty,
}

impl Results {
    /// Reads what was written into a folder.
    ///
    /// # Errors
    /// When a file is missing, malformed or empty.
    pub fn read(folder: &Path) -> Result<Self, ResultsError> {
        let results = Self {
            touch: read(folder, "touch")?,
            keypad: read(folder, "keypad")?,
            switches: read(folder, "switches")?,
            contrasts: read(folder, "contrasts")?,
            gone: read(folder, "gone")?,
        };
        let walked = [&results.touch, &results.keypad, &results.switches];
        if walked.iter().any(|it| it.is_empty()) || results.contrasts.is_empty() {
            return Err(ResultsError::Empty);
        }
        Ok(results)
    }

    pub fn walks(&self, way: Way) -> &[Walk] {
        match way {
            Way::Touch => &self.touch,
            Way::Keypad => &self.keypad,
            Way::Switches => &self.switches,
        }
    }

    pub fn languages(&self) -> impl Iterator<Item = &str> {
        let codes: BTreeSet<&str> = self.all().map(|it| it.language.as_str()).collect();
        codes.into_iter()
    }

    /// In how many settings the screens were looked at, in all languages together.
    pub fn settings(&self) -> usize {
        self.touch.len()
    }

    pub fn complaints(&self) -> impl Iterator<Item = &str> {
        self.all()
            .flat_map(|it| it.complaints.iter().map(String::as_str))
    }

    fn all(&self) -> impl Iterator<Item = &Walk> {
        self.touch.iter().chain(&self.keypad).chain(&self.switches)
    }
}

fn read<T: serde::de::DeserializeOwned>(folder: &Path, name: &str) -> Result<T, ResultsError> {
    let file = format!("{name}.json");
    let text = fs::read(folder.join(&file)).map_err(|source| ResultsError::Missing {
        file: file.clone(),
        source,
    })?;
    serde_json::from_slice(&text).map_err(|source| ResultsError::Malformed { file, source })
}
