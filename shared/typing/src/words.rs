//! Korean is parted between words, not between syllables.

/// Invisible, and no line breaks where it stands.
const WORD_JOINER: char = '\u{2060}';

/// Glues the syllables of each Hangul word together for the eye.
///
/// A line breaker that follows UAX #14 may break a line after any syllable.
pub fn keep_words_together(text: &str) -> String {
    let hangul = |character: char| ('가'..='힣').contains(&character);
    let mut glued = String::with_capacity(text.len() * 2);
    let mut before: Option<char> = None;
    for character in text.chars() {
        let joins = before.is_some_and(|before| {
            (hangul(before) || hangul(character))
                && !before.is_whitespace()
                && !character.is_whitespace()
        });
        if joins {
            glued.push(WORD_JOINER);
        }
        glued.push(character);
        before = Some(character);
    }
    glued
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_spaces_part_a_korean_line() {
        assert_eq!(
            keep_words_together("카드를 넣어요"),
            "카\u{2060}드\u{2060}를 넣\u{2060}어\u{2060}요"
        );
        assert_eq!(keep_words_together("Put in"), "Put in");
        assert_eq!(keep_words_together("12부\n끝"), "12\u{2060}부\n끝");
    }
}
