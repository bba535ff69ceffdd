//! Addresses with names and parameters: From, To, Contact, Route (RFC 3261 §20.10).

use super::{
    fields::{after_quoted, is_token, number, parameters},
    uri::{self, Kind},
};

/// What is known of an address that is well formed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Address {
    /// Whether it has a `tag` that is not empty.
    pub(super) tagged: bool,
    /// Whether its URI is of another scheme than `sip` and `sips`.
    pub(super) foreign: bool,
}

/// Reads `"Name" <uri>;parameters` or `uri;parameters`; `None` when malformed.
pub(super) fn read(value: &str) -> Option<Address> {
    let value = value.trim();
    let (uri, after) = match bracketed(value)? {
        Some(found) => found,
        // Without brackets all behind the semicolon is the header's, and the
        // URI may hold neither comma nor question mark (RFC 3261 §20).
        None => {
            let end = value.find([';', ' ', '\t']).unwrap_or(value.len());
            let uri = value.get(..end)?;
            if uri.contains(['?', ',']) {
                return None;
            }
            (uri, value.get(end..)?)
        }
    };
    let foreign = match uri::kind(uri) {
        Kind::Sip { .. } => false,
        Kind::Foreign => true,
        Kind::Malformed => return None,
    };
    let mut address = Address {
        tagged: false,
        foreign,
    };
    parameters(after, |name, value| {
        if name.eq_ignore_ascii_case("tag") {
            // One tag, and a token.
            let fits = !address.tagged && value.is_some_and(is_token);
            address.tagged = true;
            return fits;
        }
        if name.eq_ignore_ascii_case("expires") {
            return value.is_some_and(|it| number(it, u32::MAX.into()).is_some());
        }
        true
    })?;
    Some(address)
}

/// The URI in brackets and what follows, after a display name that is quoted or
/// made of tokens. `Some(None)` when there are no brackets.
fn bracketed(value: &str) -> Option<Option<(&str, &str)>> {
    let rest = if value.starts_with('"') {
        after_quoted(value)?.trim_start()
    } else {
        let Some(start) = value.find('<') else {
            return Some(None);
        };
        let name = value.get(..start)?;
        if !name.split_ascii_whitespace().all(is_token) {
            return None;
        }
        value.get(start..)?
    };
    let (uri, after) = rest.strip_prefix('<')?.split_once('>')?;
    Some(Some((uri, after)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_may_be_quoted_or_tokens_or_absent() {
        for value in [
            r#""A. G. Bell" <sip:agb@bell-telephone.com> ;tag=a48s"#,
            "Anonymous <sip:c8oqz84zk7z@privacy.org>;tag=hyh8",
            "sip:+12125551212@server.phone2net.com;tag=887s",
            "caller<sip:caller@example.com>;tag=323",
            "<sip:a,b@host>;tag=1;x=\"a;b\"",
        ] {
            assert!(read(value).is_some_and(|it| it.tagged), "{value}");
        }
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_malformed() {
        for value in [
            r#""Mr. J. User <sip:j.user@example.com>"#,
            "Bell, Alexander <sip:agb@example.com>;tag=43",
            r#""Watson" < sip:t.watson@example.org >"#,
            "sip:user@example.com?Route=%3Csip:x%3E",
            "<sip:a@b>;tag=1;tag=2",
            "<sip:a@b>;tag=",
            "<sip:a@b>;expires=4294967296",
            "<sip:a@b",
        ] {
            assert_eq!(read(value), None, "{value}");
        }
    }
}
