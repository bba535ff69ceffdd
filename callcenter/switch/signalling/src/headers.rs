//! Reading and writing header values of the stack's messages.

use rsipstack::{
    sip::{Headers, Uri},
    transport::SipAddr,
};

/// The methods understood here, for `Allow`.
pub(crate) const ALLOWED: &str =
    "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, REFER, NOTIFY, REGISTER";

pub(crate) trait Fields {
    /// The value of the first header of this name.
    fn first(&self, name: &str) -> Option<&str>;

    /// Whether a list, spread over any number of headers, holds a token.
    fn lists(&self, name: &str, token: &str) -> bool;
}

impl Fields for Headers {
    fn first(&self, name: &str) -> Option<&str> {
        self.iter()
            .find(|it| it.name().eq_ignore_ascii_case(name))
            .map(|it| it.value().trim())
    }

    fn lists(&self, name: &str, token: &str) -> bool {
        self.iter()
            .filter(|it| it.name().eq_ignore_ascii_case(name))
            .any(|it| sip::list::has_token(it.value(), token))
    }
}

/// The URI in a value like `"Name" <sip:user@host>;parameter`.
pub(crate) fn uri_in(value: &str) -> Option<Uri> {
    let text = match (value.find('<'), value.rfind('>')) {
        (Some(start), Some(end)) => value.get(start + 1..end)?,
        _ => value.split(';').next()?,
    };
    Uri::try_from(text).ok()
}

/// Where a URI in a header value leads.
pub(crate) fn address_of(value: &str) -> Option<SipAddr> {
    SipAddr::try_from(&uri_in(value)?).ok()
}

/// The display name of such a value, without its quotes.
pub(crate) fn display_name(value: &str) -> Option<String> {
    let name = value.split_once('<')?.0.trim();
    let name = match name.strip_prefix('"').and_then(|it| it.strip_suffix('"')) {
        Some(quoted) => unescaped(quoted),
        None => name.to_owned(),
    };
    (!name.is_empty()).then_some(name)
}

/// A display name as a quoted string (RFC 3261 §25.1).
pub(crate) fn quoted(name: &str) -> String {
    let mut text = String::with_capacity(name.len() + 2);
    text.push('"');
    for letter in name.chars().filter(|it| !it.is_control()) {
        if matches!(letter, '"' | '\\') {
            text.push('\\');
        }
        text.push(letter);
    }
    text.push('"');
    text
}

fn unescaped(quoted: &str) -> String {
    let mut letters = quoted.chars();
    let mut text = String::with_capacity(quoted.len());
    while let Some(letter) = letters.next() {
        let meant = if letter == '\\' {
            letters.next()
        } else {
            Some(letter)
        };
        text.extend(meant);
    }
    text
}
