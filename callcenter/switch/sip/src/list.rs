//! Header values that are lists, separated by commas (RFC 3261 §7.3.1).

/// Splits at the commas that separate values: those in quotes or angle
/// brackets belong to a value. Empty values are left out.
pub fn split(list: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(list);
    std::iter::from_fn(move || {
        let text = rest?;
        match separator(text) {
            Some(at) => {
                rest = text.get(at + 1..);
                text.get(..at)
            }
            None => rest.take(),
        }
    })
    .map(str::trim)
    .filter(|value| !value.is_empty())
}

fn separator(text: &str) -> Option<usize> {
    let mut quoted = false;
    let mut bracketed = false;
    let mut escaped = false;
    text.bytes().position(|byte| {
        let was_escaped = std::mem::take(&mut escaped);
        match byte {
            b'\\' if quoted && !was_escaped => escaped = true,
            b'"' if !was_escaped => quoted = !quoted,
            b'<' if !quoted => bracketed = true,
            b'>' if !quoted => bracketed = false,
            b',' => return !quoted && !bracketed,
            _ => {}
        }
        false
    })
}

/// Whether a list of tokens holds this one; tokens are case-insensitive.
pub fn has_token(list: &str, token: &str) -> bool {
    list.split(',')
        .any(|it| it.trim().eq_ignore_ascii_case(token))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_in_quotes_and_brackets_separate_nothing() {
        let list = r#""a, \"b" <sip:c,d@e>;x=1, , <sip:f@g>"#;

        let values: Vec<&str> = split(list).collect();

        assert_eq!(values, [r#""a, \"b" <sip:c,d@e>;x=1"#, "<sip:f@g>"]);
    }

    #[test]
    fn a_token_is_found_in_whatever_case() {
        assert!(has_token("100rel, Timer", "timer"));
        assert!(!has_token("timers", "timer"));
    }
}
