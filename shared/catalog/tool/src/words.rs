//! The two languages in which a clerk is told something.

/// In which language sentences are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Korean,
    English,
}

/// A sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Words {
    pub ko: String,
    pub en: String,
}

impl Language {
    /// By its ISO 639-1 code.
    pub fn of_code(code: &str) -> Option<Self> {
        match code {
            "ko" => Some(Self::Korean),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// As the environment has it (POSIX, 8.2: `LC_ALL` before `LC_MESSAGES` before
    /// `LANG`); Korean where it says nothing.
    pub fn of_environment() -> Self {
        let set = |name| std::env::var(name).ok().filter(|it| !it.is_empty());
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set);
        let code = locale.as_deref().and_then(|it| it.get(..2));
        code.and_then(Self::of_code).unwrap_or(Self::Korean)
    }
}

impl Words {
    pub fn new(ko: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            ko: ko.into(),
            en: en.into(),
        }
    }

    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Korean => &self.ko,
            Language::English => &self.en,
        }
    }
}
