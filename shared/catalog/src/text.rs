//! A text in the languages of the catalogue.

use serde::Deserialize;

/// Korean is the text that counts; English is for those who do not read it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    pub ko: String,
    pub en: String,
}

impl Bilingual {
    /// The text in a language by its ISO 639-1 code; Korean where there is none.
    pub fn in_language(&self, code: &str) -> &str {
        match code {
            "en" => &self.en,
            _ => &self.ko,
        }
    }
}
