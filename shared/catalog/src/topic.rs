//! What people come for, in their own words: the shelves on which services stand.

use serde::Deserialize;

use crate::Bilingual;

/// A shelf. Citizens think of a house or a car, not of the agency that keeps its record.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    pub id: String,
    pub title: Bilingual,
    /// The best known papers on it.
    pub summary: Bilingual,
}

/// The file of all topics, in the order in which they are shown.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Topics {
    #[serde(rename = "topic")]
    pub(crate) topics: Vec<Topic>,
}
