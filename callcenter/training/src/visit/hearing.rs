//! What a typed line has in it. Nothing is understood: words are looked for.

use handover::Shareable;

/// Whether one of the words stands in the line, however spaced and in whatever case.
pub(super) fn says_any(line: &Shareable, words: &[String]) -> bool {
    let line = squeezed(line.text().reveal());
    let mut words = words.iter().map(|it| squeezed(it));
    words.any(|word| !word.is_empty() && line.contains(&word))
}

fn squeezed(text: &str) -> String {
    let letters = text.chars().filter(|it| !it.is_whitespace());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_word_is_found_however_it_is_spaced_and_in_whatever_case() {
        let says = |line: &str, word: &str| {
            let line = Shareable::new(line).unwrap();
            says_any(&line, &[word.to_owned()])
        };

        assert!(says("지번을 알려 주시겠어요?", "알려주시"));
        assert!(says("The PARCEL Number, please", "parcel number"));
        assert!(!says("몇 부 필요하세요?", "지번"));
        assert!(!says("몇 부 필요하세요?", " "));
    }
}
