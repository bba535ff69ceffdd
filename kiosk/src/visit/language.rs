//! The languages a citizen may choose, and what there is in each.

use serde::{Deserialize, Serialize};

use super::view::KeyboardLayout;

#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub enum Language {
    #[default]
    #[serde(rename = "ko")]
    Korean,
    #[serde(rename = "en")]
    English,
    /// In simplified characters.
    #[serde(rename = "zh")]
    Chinese,
    #[serde(rename = "vi")]
    Vietnamese,
    #[serde(rename = "ja")]
    Japanese,
    #[serde(rename = "ar")]
    Arabic,
}

/// A language that the catalogue and the slips are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CatalogLanguage {
    Korean,
    English,
}

impl Language {
    /// As they are offered.
    pub const ALL: [Self; 6] = [
        Self::Korean,
        Self::English,
        Self::Chinese,
        Self::Vietnamese,
        Self::Japanese,
        Self::Arabic,
    ];

    /// The ISO 639-1 code, also the name of the language's folder.
    pub fn code(self) -> &'static str {
        match self {
            Self::Korean => "ko",
            Self::English => "en",
            Self::Chinese => "zh",
            Self::Vietnamese => "vi",
            Self::Japanese => "ja",
            Self::Arabic => "ar",
        }
    }

    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// What it is called by those who speak it.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Korean => "한국어",
            Self::English => "English",
            Self::Chinese => "中文",
            Self::Vietnamese => "Tiếng Việt",
            Self::Japanese => "日本語",
            Self::Arabic => "العربية",
        }
    }

    /// The language in which the catalogue speaks to whoever reads this one. The law and
    /// the offices write Korean, and English for everybody else.
    pub fn of_catalog(self) -> CatalogLanguage {
        match self {
            Self::Korean => CatalogLanguage::Korean,
            Self::English | Self::Chinese | Self::Vietnamese | Self::Japanese | Self::Arabic => {
                CatalogLanguage::English
            }
        }
    }

    /// The letters that the keyboard shows first.
    pub(super) fn letters(self) -> KeyboardLayout {
        match self.of_catalog() {
            CatalogLanguage::Korean => KeyboardLayout::Hangul,
            CatalogLanguage::English => KeyboardLayout::Latin,
        }
    }
}

impl CatalogLanguage {
    /// The ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Korean => "ko",
            Self::English => "en",
        }
    }
}

impl From<CatalogLanguage> for Language {
    fn from(language: CatalogLanguage) -> Self {
        match language {
            CatalogLanguage::Korean => Self::Korean,
            CatalogLanguage::English => Self::English,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_found_by_its_code_and_no_other_is() {
        for language in Language::ALL {
            assert_eq!(Language::of_code(language.code()), Some(language));
        }
        assert_eq!(Language::of_code("fr"), None);
    }

    #[test]
    fn the_catalogue_speaks_english_to_whoever_reads_neither_of_its_languages() {
        let foreign: Vec<&str> = Language::ALL
            .into_iter()
            .filter(|it| it.of_catalog().code() != it.code())
            .map(Language::code)
            .collect();

        assert_eq!(foreign, ["zh", "vi", "ja", "ar"]);
        for code in foreign {
            let language = Language::of_code(code).map(Language::of_catalog);
            assert_eq!(language, Some(CatalogLanguage::English), "{code}");
        }
    }
}
