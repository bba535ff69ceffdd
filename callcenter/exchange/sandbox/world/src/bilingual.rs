//! A text in Korean and English.

use serde::Serialize;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Bilingual {
    pub ko: String,
    pub en: String,
}

impl Bilingual {
    pub fn of(ko: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            ko: ko.into(),
            en: en.into(),
        }
    }
}

impl From<(&str, &str)> for Bilingual {
    fn from((ko, en): (&str, &str)) -> Self {
        Self::of(ko, en)
    }
}

impl From<&(&str, &str)> for Bilingual {
    fn from((ko, en): &(&str, &str)) -> Self {
        Self::of(*ko, *en)
    }
}
