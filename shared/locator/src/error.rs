//! What is wrong with a folder of descriptions, in words a clerk can act on.

use std::path::PathBuf;

use search::SearchError;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    File(#[from] catalog::Error),
    #[error("{file} is larger than {most} bytes")]
    TooLarge { file: PathBuf, most: u64 },
    #[error("`{holding}`: {what}")]
    Unsound { holding: String, what: &'static str },
    #[error("`{holding}` is held by the office `{office}`, which has no file")]
    NoOffice { holding: String, office: String },
    #[error("`{holding}` names the list `{list}`, which the catalogue does not have")]
    NoList { holding: String, list: String },
    #[error("two descriptions are called `{0}`")]
    Twice(String),
    #[error(transparent)]
    Index(#[from] SearchError),
}
