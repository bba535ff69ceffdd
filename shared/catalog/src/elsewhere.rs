//! What no station issues, and where it is to be had.

use serde::Deserialize;

use crate::{Bilingual, Keywords};

/// A paper that people look for at a kiosk and get at a counter alone.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Elsewhere {
    pub id: String,
    /// The [`crate::Topic`] below which citizens look for it.
    pub topic: String,
    pub title: Bilingual,
    #[serde(default)]
    pub keywords: Keywords,
    /// Why not here.
    pub reason: Bilingual,
    /// Which counter has it, and what to bring.
    pub counter: Bilingual,
}

/// The file of all of them.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AllElsewhere {
    #[serde(rename = "elsewhere", default)]
    pub(crate) all: Vec<Elsewhere>,
}
