//! What a stranger wrote, made fit to be shown: no character in it moves the
//! cursor, turns the line round or is longer than a screen.

/// One line, such as a name or a subject. Answers whether it was cut, too.
pub(crate) fn line(text: &str, chars_max: usize) -> (String, bool) {
    let words = text.split(|it: char| it.is_whitespace() || it.is_control());
    let words = words.map(visible).filter(|it| !it.is_empty());
    cut(&words.collect::<Vec<_>>().join(" "), chars_max)
}

/// Lines of text. Answers whether it was cut, too.
pub(crate) fn text(text: &str, chars_max: usize) -> (String, bool) {
    let unix = text.replace("\r\n", "\n").replace('\r', "\n");
    let shown: String = unix
        .chars()
        .filter(|it| matches!(it, '\n' | '\t') || is_visible(*it))
        .collect();
    cut(shown.trim(), chars_max)
}

fn visible(text: &str) -> String {
    text.chars().filter(|it| is_visible(*it)).collect()
}

fn is_visible(character: char) -> bool {
    // Marks that turn the direction of what follows (Unicode UAX #9), the byte order
    // mark, and no-break spaces of no width.
    let turns = matches!(character, '\u{200e}' | '\u{200f}' | '\u{061c}'
        | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !(character.is_control() || turns || matches!(character, '\u{feff}' | '\u{2060}'))
}

fn cut(text: &str, chars_max: usize) -> (String, bool) {
    match text.char_indices().nth(chars_max) {
        None => (text.to_owned(), false),
        Some((end, _)) => (text[..end].to_owned(), true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line_and_reads_in_one_direction() {
        assert_eq!(line(" 가\r\n 나\u{202e}gpj.exe\u{7}", 20).0, "가 나gpj.exe");
        assert_eq!(line("가나다", 2), ("가나".to_owned(), true));
        assert_eq!(line("가나", 2), ("가나".to_owned(), false));
    }

    #[test]
    fn a_text_keeps_its_lines_and_nothing_else_that_is_not_seen() {
        let written = "\r\n하나\r\n\r\n둘\u{1b}[2J\t셋\r";

        assert_eq!(text(written, 100).0, "하나\n\n둘[2J\t셋");
    }
}
