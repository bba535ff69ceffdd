//! What is wrong with the folder of topics and figures, in words a clerk can act on.

use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    File(#[from] catalog::Error),
    #[error("{file}: {what}")]
    Unsound { file: PathBuf, what: &'static str },
}
