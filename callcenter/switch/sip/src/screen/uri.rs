//! URIs (RFC 3261 §19.1 and §25.1).

use std::net::Ipv6Addr;

use super::fields::number;
use crate::escape;

/// What a URI turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `sip:` or `sips:`, and well formed.
    Sip {
        with_headers: bool,
    },
    /// Another scheme; nothing more is known of it.
    Foreign,
    Malformed,
}

pub(super) fn kind(uri: &str) -> Kind {
    let Some((scheme, rest)) = uri.split_once(':') else {
        return Kind::Malformed;
    };
    if !is_scheme(scheme) || !rest.bytes().all(|byte| (0x21..0x7f).contains(&byte)) {
        return Kind::Malformed;
    }
    if !scheme.eq_ignore_ascii_case("sip") && !scheme.eq_ignore_ascii_case("sips") {
        return if rest.contains(['<', '>', '"']) {
            Kind::Malformed
        } else {
            Kind::Foreign
        };
    }
    if !escape::is_well_formed(rest.as_bytes()) {
        return Kind::Malformed;
    }
    match sip(rest) {
        Some(with_headers) => Kind::Sip { with_headers },
        None => Kind::Malformed,
    }
}

fn is_scheme(scheme: &str) -> bool {
    let mut bytes = scheme.bytes();
    bytes.next().is_some_and(|it| it.is_ascii_alphabetic())
        && bytes.all(|it| it.is_ascii_alphanumeric() || b"+-.".contains(&it))
}

/// Whether what follows `sip:` has headers; `None` when it is malformed.
fn sip(rest: &str) -> Option<bool> {
    let (user, place) = match rest.split_once('@') {
        Some((user, place)) => (Some(user), place),
        None => (None, rest),
    };
    if let Some(user) = user {
        let (name, password) = user.split_once(':').unwrap_or((user, ""));
        let fits = |text: &str, more: &str| text.chars().all(|it| is_unreserved(it, more));
        if name.is_empty() || !fits(name, "&=+$,;?/%") || !fits(password, "&=+$,%") {
            return None;
        }
    }
    let (place, headers) = match place.split_once('?') {
        Some((place, headers)) => (place, Some(headers)),
        None => (place, None),
    };
    let mut parts = place.split(';');
    host_and_port(parts.next()?)?;
    let parameter = |text: &str| {
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        let fits = |text: &str| text.chars().all(|it| is_unreserved(it, "[]/:&+$%"));
        !name.is_empty() && fits(name) && fits(value)
    };
    if !parts.all(parameter) {
        return None;
    }
    let Some(headers) = headers else {
        return Some(false);
    };
    let header = |text: &str| {
        let fits = |text: &str| text.chars().all(|it| is_unreserved(it, "[]/?:+$%"));
        text.split_once('=')
            .is_some_and(|(name, value)| !name.is_empty() && fits(name) && fits(value))
    };
    headers.split('&').all(header).then_some(true)
}

fn is_unreserved(letter: char, more: &str) -> bool {
    letter.is_ascii_alphanumeric() || "-_.!~*'()".contains(letter) || more.contains(letter)
}

/// `host[:port]`, with IPv6 in brackets.
pub(super) fn host_and_port(text: &str) -> Option<()> {
    let (host, port) = if let Some(rest) = text.strip_prefix('[') {
        let (address, rest) = rest.split_once(']')?;
        address.parse::<Ipv6Addr>().ok()?;
        (
            None,
            rest.strip_prefix(':').or(rest.is_empty().then_some("0"))?,
        )
    } else {
        let (host, port) = text.split_once(':').unwrap_or((text, "0"));
        (Some(host), port)
    };
    number(port.trim(), u16::MAX.into())?;
    host.is_none_or(|it| is_host(it.trim())).then_some(())
}

/// A name or an IPv4 address: labels of letters, digits and hyphens.
fn is_host(host: &str) -> bool {
    let label = |it: &str| {
        !it.is_empty()
            && it
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let host = host.strip_suffix('.').unwrap_or(host);
    host.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rfc_3261_calls_a_sip_uri_is_one() {
        for uri in [
            "sip:alice@atlanta.com",
            "sip:alice:secretword@atlanta.com;transport=tcp",
            "sips:alice@atlanta.com?subject=project%20x&priority=urgent",
            "sip:+1-212-555-1212:1234@gateway.com;user=phone",
            "sip:alice@192.0.2.4",
            "sip:[2001:db8::1]:5060;lr",
            "sip:alice;day=tuesday@atlanta.com",
            "sip:sip%3Aannc%40x@example.com",
        ] {
            assert!(matches!(kind(uri), Kind::Sip { .. }), "{uri}");
        }
    }

    #[test]
    fn what_is_none_is_malformed() {
        for uri in [
            "sip:",
            "sip:@host",
            "sip:a@b@c",
            "sip:a@host:99999",
            "sip:a%2@host",
            "sip:a b@host",
            "<sip:a@host>",
            "sip:a@[::zz]",
            "sip:a@host;",
            "alice",
        ] {
            assert_eq!(kind(uri), Kind::Malformed, "{uri}");
        }
        assert_eq!(kind("tel:+82-2-110"), Kind::Foreign);
    }
}
