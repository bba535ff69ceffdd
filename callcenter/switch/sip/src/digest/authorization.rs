//! The `Authorization` header of a request (RFC 7616 §3.4).

use std::fmt;

use super::{AccountKey, Algorithm};

/// Values longer than this are nobody's.
const VALUE_MAX: usize = 512;

/// What a request proves itself with.
#[derive(Clone)]
pub struct Authorization {
    /// The account it claims.
    pub username: String,
    pub(super) realm: String,
    pub(super) nonce: String,
    pub(super) response: String,
    pub(super) count: u32,
    count_text: String,
    cnonce: String,
    uri: String,
    pub(super) algorithm: Algorithm,
}

impl Authorization {
    /// Reads a header value. `None` for other schemes, for algorithms and
    /// qualities nobody asked for, and for what lacks a part.
    pub fn parse(value: &str) -> Option<Self> {
        let (scheme, rest) = value.trim().split_once([' ', '\t'])?;
        if !scheme.eq_ignore_ascii_case("Digest") {
            return None;
        }
        let parts: Vec<(&str, String)> = crate::list::split(rest)
            .map(|part| {
                let (name, value) = part.split_once('=')?;
                let value = value.trim();
                if value.len() > VALUE_MAX {
                    return None;
                }
                Some((name.trim(), unquoted(value)))
            })
            .collect::<Option<_>>()?;
        let get = |wanted: &str| {
            let mut found = parts
                .iter()
                .filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
            let (_, value) = found.next()?;
            found.next().is_none().then_some(value)
        };
        let count_text = get("nc")?.clone();
        let count = u32::from_str_radix(&count_text, 16).ok()?;
        if count_text.len() != 8 || !get("qop")?.eq_ignore_ascii_case("auth") {
            return None;
        }
        Some(Self {
            username: get("username")?.clone(),
            realm: get("realm")?.clone(),
            nonce: get("nonce")?.clone(),
            response: get("response")?.to_ascii_lowercase(),
            count,
            count_text,
            cnonce: get("cnonce")?.clone(),
            uri: get("uri")?.clone(),
            algorithm: Algorithm::named(get("algorithm").map(String::as_str))?,
        })
    }

    /// The response somebody who knows the password gives (RFC 7616 §3.4.1).
    pub(super) fn expected(&self, method: &str, key: &AccountKey) -> String {
        let Self {
            nonce,
            count_text,
            cnonce,
            uri,
            algorithm,
            ..
        } = self;
        let asked = algorithm.hash(&format!("{method}:{uri}"));
        let key = key.of(*algorithm);
        algorithm.hash(&format!("{key}:{nonce}:{count_text}:{cnonce}:auth:{asked}"))
    }
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[authorization]")
    }
}

pub(super) fn unquoted(value: &str) -> String {
    let Some(inner) = value.strip_prefix('"').and_then(|it| it.strip_suffix('"')) else {
        return value.to_owned();
    };
    let mut letters = inner.chars();
    let mut text = String::with_capacity(inner.len());
    while let Some(letter) = letters.next() {
        text.extend(if letter == '\\' {
            letters.next()
        } else {
            Some(letter)
        });
    }
    text
}
