//! What an answer must look like, as a regular expression.

use regex::Regex;
use serde::Deserialize;

/// A regular expression that fits a text as a whole or not at all. Matching takes
/// time in proportion to the text whatever the expression is, so that no clerk can
/// write one that stops a kiosk.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct Pattern {
    written: String,
    whole: Regex,
}

impl Pattern {
    pub fn fits(&self, text: &str) -> bool {
        self.whole.is_match(text)
    }

    /// As it stands in the catalogue.
    pub fn written(&self) -> &str {
        &self.written
    }
}

impl TryFrom<String> for Pattern {
    type Error = regex::Error;

    fn try_from(written: String) -> Result<Self, Self::Error> {
        let whole = Regex::new(&format!("^(?:{written})$"))?;
        Ok(Self { written, whole })
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl Eq for Pattern {}
