//! Below what notices and figures stand.

use catalog::Bilingual;
use serde::Deserialize;

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    pub id: String,
    pub title: Bilingual,
    /// Whether citizens may write below it.
    #[serde(default)]
    pub open: bool,
}
