//! In which of its two languages the page speaks.

use axum::http::{HeaderMap, header::ACCEPT_LANGUAGE};
use catalog::Bilingual;

/// Korean unless somebody prefers English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Korean,
    English,
}

impl Language {
    /// What was asked for, or else what the browser prefers (RFC 9110, 12.5.4).
    pub(crate) fn of(asked: Option<&str>, headers: &HeaderMap) -> Self {
        match asked {
            Some("en") => return Language::English,
            Some("ko") => return Language::Korean,
            Some(_) | None => {}
        }
        let preferred = headers.get(ACCEPT_LANGUAGE).and_then(|it| it.to_str().ok());
        preferred.map_or(Language::Korean, Self::preferred)
    }

    fn preferred(ranges: &str) -> Self {
        let weight = |language: &str| {
            let weights = ranges.split(',').filter_map(|range| {
                let mut parts = range.split(';').map(str::trim);
                let tag = parts.next()?.split('-').next()?;
                let weight = parts
                    .find_map(|it| it.strip_prefix("q="))
                    .map_or(Some(1.0), |it| it.parse::<f32>().ok())?;
                tag.eq_ignore_ascii_case(language).then_some(weight)
            });
            weights.fold(0.0, f32::max)
        };
        if weight("en") > weight("ko") {
            Language::English
        } else {
            Language::Korean
        }
    }

    pub(crate) fn code(self) -> &'static str {
        match self {
            Language::Korean => "ko",
            Language::English => "en",
        }
    }

    pub(crate) fn other(self) -> Self {
        match self {
            Language::Korean => Language::English,
            Language::English => Language::Korean,
        }
    }

    /// One of the two.
    pub(crate) fn say<T>(self, korean: T, english: T) -> T {
        match self {
            Language::Korean => korean,
            Language::English => english,
        }
    }

    pub(crate) fn of_both(self, text: &Bilingual) -> &str {
        text.in_language(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn korean_unless_english_is_preferred_or_asked_for() {
        let says = |ranges: &'static str, asked| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, ranges.parse().expect("a header's value"));
            Language::of(asked, &headers)
        };

        assert_eq!(says("ko-KR,ko;q=0.9,en-US;q=0.8", None), Language::Korean);
        assert_eq!(says("en-US,en;q=0.9,ko;q=0.8", None), Language::English);
        assert_eq!(says("vi,fr;q=0.9", None), Language::Korean);
        assert_eq!(says("en;q=x, ko;q=", None), Language::Korean);
        assert_eq!(says("ko", Some("en")), Language::English);
        assert_eq!(says("en", Some("ko")), Language::Korean);
        assert_eq!(says("en", Some("\"><script>")), Language::English);
        assert_eq!(Language::of(None, &HeaderMap::new()), Language::Korean);
    }
}
