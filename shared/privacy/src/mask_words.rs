//! How much of what is sealed may be shown to whoever has a copy of the paper.

/// Hidden in the place of a letter.
const HIDDEN: char = '*';

/// Shows the ends of each word, so that it can be compared with the paper and
/// tells nothing to who has none: `한빛시 가온구 12` becomes `한*시 가*구 1*`.
pub fn mask_words(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for word in text.split_inclusive(|letter: char| !letter.is_alphanumeric()) {
        let letters: Vec<char> = word.chars().filter(|it| it.is_alphanumeric()).collect();
        for (place, letter) in letters.iter().enumerate() {
            let first = place == 0 && letters.len() > 1;
            let last = place + 1 == letters.len() && letters.len() > 2;
            shown.push(if first || last { *letter } else { HIDDEN });
        }
        shown.extend(word.chars().filter(|it| !it.is_alphanumeric()));
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_keeps_its_ends_and_a_single_letter_nothing() {
        assert_eq!(mask_words("한빛나"), "한*나");
        assert_eq!(mask_words("김수"), "김*");
        assert_eq!(mask_words("900101-2990014"), "9****1-2*****4");
        assert_eq!(mask_words("한빛시 가온구 별빛로 1"), "한*시 가*구 별*로 *");
        assert_eq!(mask_words(""), "");
    }
}
