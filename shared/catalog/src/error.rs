//! What is wrong with a catalogue, in words a clerk can act on.

use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot read {file}")]
    Read {
        file: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{file} is not as it should be: {source}")]
    Parse {
        file: PathBuf,
        #[source]
        source: Box<toml::de::Error>,
    },
    #[error("{file} says its id is `{found}`, but its place says `{expected}`")]
    Id {
        file: PathBuf,
        expected: String,
        found: String,
    },
    #[error("service `{service}` names the {kind} `{name}`, which the catalogue does not have")]
    Missing {
        service: String,
        kind: &'static str,
        name: String,
    },
    #[error("service `{service}`: {what}")]
    Contradiction { service: String, what: &'static str },
    #[error("ordinance `{0}` has two rows for the same day and scope")]
    Overlap(String),
    #[error("`{0}` is not a time of day like 09:00")]
    TimeOfDay(String),
}
