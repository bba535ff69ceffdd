//! Figures an office has given out about a place.

use catalog::Bilingual;
use serde::Deserialize;

/// A small table, with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    pub title: Bilingual,
    /// A code of the catalogue's boroughs; the whole city without one.
    pub district: Option<String>,
    pub source: Bilingual,
    /// The day it is about, `YYYY-MM-DD`.
    pub day: String,
    #[serde(rename = "value")]
    pub values: Vec<Value>,
}

/// A line of it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Value {
    pub label: Bilingual,
    /// As it is to be read, with its unit.
    pub text: Bilingual,
}
