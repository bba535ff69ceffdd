//! Days off that no rule computes, as data.

use jiff::civil::Date;
use serde::Deserialize;

use crate::{Names, deserialize_day};

/// The rows of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Designations {
    /// `[[day]]`, each with `date`, `name` and `legal_basis`.
    #[serde(default, rename = "day")]
    pub days: Vec<Designated>,
}

/// An election at the end of a term, or a day the government has set (Regulations on
/// Holidays of Public Offices, art. 2, items 10-2 and 11).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Designated {
    /// `YYYY-MM-DD`.
    #[serde(deserialize_with = "deserialize_day")]
    pub date: Date,
    pub name: Names,
    /// By what it was decided.
    pub legal_basis: Names,
}
