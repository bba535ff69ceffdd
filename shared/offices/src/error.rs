//! What is wrong with a directory, in words a clerk can act on.

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    File(#[from] catalog::Error),
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
