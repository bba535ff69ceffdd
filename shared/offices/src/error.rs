//! What is wrong with a directory, in words a clerk can act on.

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
    #[error("office `{office}`: {what}")]
    Office { office: String, what: &'static str },
    #[error("rule `{rule}`: {what}")]
    Rule { rule: String, what: &'static str },
    #[error("{place} names the {kind} `{name}`, which the directory does not have")]
    Missing {
        place: String,
        kind: &'static str,
        name: String,
    },
}
