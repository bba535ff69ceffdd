//! What is wrong with a catalogue, in words a clerk can act on.

use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot read {file}: {source}")]
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
    #[error("ordinance `{0}` waives a fee that costs something")]
    Waived(String),
    #[error("`{0}` is not a time of day like 09:00")]
    TimeOfDay(String),
    #[error(
        "{0} to {1} ends before it begins; one window goes up to 24:00 and another one from 00:00"
    )]
    Backwards(String, String),
    #[error("maintenance is either on `days` of every week or on one `date`")]
    MaintenanceDay,
    #[error("ordinance `{ordinance}` has no row for {scope} {when}")]
    Gap {
        ordinance: String,
        /// `inside` or `outside`.
        scope: &'static str,
        /// `on 2026-01-01`, or until or from a day.
        when: String,
    },
}
