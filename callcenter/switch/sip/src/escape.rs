//! `%` escapes of URIs (RFC 3261 §19.1.2, RFC 3986 §2.1).

/// The text an escaped part of a URI means. What is no escape, and escapes
/// that are not UTF-8, stay as they are.
pub fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        match escape(rest) {
            Some(byte) => {
                bytes.push(byte);
                rest = rest.get(3..).unwrap_or_default();
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Text as the user part of a URI, with escapes for what cannot stand there.
pub fn user(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        // RFC 3261 §25.1: unreserved and user-unreserved, without `;` and `?`,
        // which old parsers stumble over.
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()&=+$,/".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

/// Whether every `%` begins an escape.
pub fn is_well_formed(text: &[u8]) -> bool {
    text.iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'%')
        .all(|(at, _)| text.get(at..).and_then(escape).is_some())
}

fn escape(text: &[u8]) -> Option<u8> {
    let [b'%', high, low, ..] = text else {
        return None;
    };
    let nibble = |digit: &u8| char::from(*digit).to_digit(16);
    u8::try_from(nibble(high)? * 16 + nibble(low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_dialed_stays_a_user_part() {
        assert_eq!(user("+82-2*110#"), "+82-2*110%23");
        assert_eq!(user("a@evil:5060;x?y"), "a%40evil%3A5060%3Bx%3Fy");
        for text in ["민원", "50%", "a b\r\n", "+82*#"] {
            assert_eq!(decoded(&user(text)), text);
            assert!(crate::screen::is_sip_uri(&format!("sip:{}@h", user(text))));
        }
    }

    #[test]
    fn escapes_are_read_and_the_rest_is_left() {
        assert_eq!(decoded("cal%6Cer"), "caller");
        assert_eq!(decoded("%ED%99%8D"), "홍");
        assert_eq!(decoded("100%"), "100%");
        assert_eq!(decoded("%ff"), "%ff");
    }

    #[test]
    fn a_percent_sign_alone_is_no_escape() {
        assert!(is_well_formed(b"a%20b"));
        assert!(!is_well_formed(b"a%2"));
        assert!(!is_well_formed(b"a%zz"));
    }
}
