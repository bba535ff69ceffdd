//! Whom to ask.

use catalog::Bilingual;
use serde::Deserialize;

/// An office that holds something (`dct:publisher`, `dcat:contactPoint`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// The seven characters of the administrative standard code.
    pub code: String,
    pub name: Bilingual,
    /// As it is dialled in the country.
    pub telephone: String,
    /// Where somebody may go with a question.
    pub place: Bilingual,
    /// It keeps this catalogue.
    #[serde(default)]
    pub keeper: bool,
}
