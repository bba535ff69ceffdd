//! The grammar of header values: tokens, numbers, parameters (RFC 3261 §25.1).

/// Whether a word is a token.
pub(super) fn is_token(word: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-.!%*_+`'~".contains(&byte);
    !word.is_empty() && word.bytes().all(allowed)
}

/// A number of decimal digits up to `most`.
pub(super) fn number(text: &str, most: u64) -> Option<u64> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // Leading zeros are allowed; more digits than u64 has are not in range anyway.
    text.parse().ok().filter(|it| *it <= most)
}

/// A number with linear space or a comment behind it, as in `Retry-After`.
pub(super) fn leading_number(text: &str, most: u64) -> Option<u64> {
    let end = text
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(text.len());
    number(text.get(..end)?, most)
}

/// Reads a quoted string at the beginning; what follows it, or `None` when it
/// has no end.
pub(super) fn after_quoted(text: &str) -> Option<&str> {
    let mut letters = text.strip_prefix('"')?.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => {
                // A quoted pair; never of beyond ASCII.
                let (_, escaped) = letters.next()?;
                if !escaped.is_ascii() {
                    return None;
                }
            }
            '"' => return text.get(at + 2..),
            _ => {}
        }
    }
    None
}

/// `;name[=value]` as often as it likes. Calls `each` with name and value;
/// `None` when it is malformed or `each` says so.
pub(super) fn parameters<'a>(
    text: &'a str,
    mut each: impl FnMut(&'a str, Option<&'a str>) -> bool,
) -> Option<()> {
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        rest = rest.strip_prefix(';')?.trim_start();
        let end = rest.find(['=', ';', ' ', '\t']).unwrap_or(rest.len());
        let name = rest.get(..end)?;
        if !is_token(name) {
            return None;
        }
        rest = rest.get(end..)?.trim_start();
        let value = match rest.strip_prefix('=') {
            Some(after) => {
                let after = after.trim_start();
                let behind = after_value(after)?;
                let value = after.get(..after.len() - behind.len())?;
                rest = behind.trim_start();
                Some(value)
            }
            None => None,
        };
        if !each(name, value) {
            return None;
        }
    }
    Some(())
}

/// Token, host or quoted string; what follows it.
fn after_value(text: &str) -> Option<&str> {
    if text.starts_with('"') {
        return after_quoted(text);
    }
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "-.!%*_+`'~[]:".contains(letter);
    let end = text.find(|it| !allowed(it)).unwrap_or(text.len());
    if end == 0 {
        return None;
    }
    text.get(end..)
}

/// The value without spaces beside these separators, but in quotes and angle
/// brackets; runs of spaces become one.
pub(super) fn squeezed(value: &str, separators: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(letter) = rest.chars().next() {
        let end = match letter {
            '"' => rest.len() - after_quoted(rest).map_or(0, str::len),
            '<' => rest.find('>').map_or(rest.len(), |at| at + 1),
            _ => letter.len_utf8(),
        };
        let (piece, after) = rest.split_at(end);
        rest = after;
        let space = matches!(letter, ' ' | '\t');
        if space {
            let behind = plain.chars().last();
            let before = rest.trim_start_matches([' ', '\t']).chars().next();
            let beside = |it: Option<char>| it.is_none_or(|it| separators.contains(it));
            if !beside(behind) && !beside(before) && behind != Some(' ') {
                plain.push(' ');
            }
        } else {
            plain.push_str(piece);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_beside_separators_mean_nothing() {
        let via = "SIP  / 2.0\t/ UDP   192.0.2.2 : 5060 ;  branch = z9hG4bK1";
        assert_eq!(
            squeezed(via, ";=,/:"),
            "SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bK1"
        );

        let from = "\"J  \\\"  R ; \"   <sip:a ; b>  ; tag  =  x";
        assert_eq!(squeezed(from, ";=,"), "\"J  \\\"  R ; \" <sip:a ; b>;tag=x");
    }

    #[test]
    fn a_quoted_string_ends_at_the_first_quote_that_is_not_escaped() {
        assert_eq!(after_quoted(r#""a\"b" <x>"#), Some(" <x>"));
        assert_eq!(after_quoted(r#""open"#), None);
        assert_eq!(after_quoted("\"\\\0\"x"), Some("x"));
        assert_eq!(after_quoted(r#""홍" y"#), Some(" y"));
    }

    #[test]
    fn parameters_are_names_with_or_without_values() {
        let mut seen = Vec::new();
        let read = parameters(r#"; lr ;tag = a1;x="q;r""#, |name, value| {
            seen.push((name, value));
            true
        });

        assert!(read.is_some());
        assert_eq!(
            seen,
            [("lr", None), ("tag", Some("a1")), ("x", Some(r#""q;r""#))]
        );
        assert!(parameters(";;a", |_, _| true).is_none());
        assert!(parameters(";a=", |_, _| true).is_none());
    }
}
