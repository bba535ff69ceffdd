//! Closed lists, such as the legal districts.

use serde::Deserialize;

/// A list of codes of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeList {
    /// What the codes are and who keeps them.
    #[serde(default)]
    pub source: String,
    #[serde(rename = "code")]
    pub codes: Vec<Code>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    pub code: String,
    pub ko: String,
    pub en: String,
}

impl Code {
    pub fn in_language(&self, language: &str) -> &str {
        if language == "ko" { &self.ko } else { &self.en }
    }
}

impl CodeList {
    pub fn get(&self, code: &str) -> Option<&Code> {
        self.codes.iter().find(|it| it.code == code)
    }
}
