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
    /// The text in a language by its ISO 639-1 code; English where there is none.
    pub fn in_language(&self, code: &str) -> &str {
        match code {
            "ko" => &self.ko,
            _ => &self.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_reads_no_korean_is_answered_in_english() {
        let text = Bilingual {
            ko: "토지대장".to_owned(),
            en: "Land ledger".to_owned(),
        };

        assert_eq!(text.in_language("ko"), "토지대장");
        for code in ["en", "vi", "ar"] {
            assert_eq!(text.in_language(code), "Land ledger");
        }
    }
}
