//! What is wrong with the folder of topics and figures, in words a clerk can act on.

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
    #[error("{file}: {what}")]
    Unsound { file: PathBuf, what: &'static str },
}
