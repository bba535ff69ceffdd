//! The symbology identifier that a scanner may put before each code (ISO/IEC 15424, AIM):
//! `]`, a letter for the symbology, and a modifier.

use devices::barcode_reader::Symbology;

const LENGTH: usize = 3;

/// The symbology, and the code without its identifier; none when there is no identifier.
pub(super) fn split(code: &str) -> Option<(Symbology, &str)> {
    let mut letters = code.bytes();
    let (flag, letter, modifier) = (letters.next()?, letters.next()?, letters.next()?);
    if flag != b']' || !letter.is_ascii_alphabetic() || !modifier.is_ascii_alphanumeric() {
        return None;
    }
    let symbology = match letter {
        b'Q' => Symbology::Qr,
        b'd' => Symbology::DataMatrix,
        b'L' => Symbology::Pdf417,
        b'z' => Symbology::Aztec,
        b'A' => Symbology::Code39,
        b'C' => Symbology::Code128,
        b'E' => Symbology::Ean,
        _ => Symbology::Other,
    };
    Some((symbology, &code[LENGTH..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_three_characters_and_says_the_symbology() {
        for (code, split_up) in [
            ("]Q1MW1:AB", Some((Symbology::Qr, "MW1:AB"))),
            ("]C03104", Some((Symbology::Code128, "3104"))),
            ("]E08801234567893", Some((Symbology::Ean, "8801234567893"))),
            ("]X0?", Some((Symbology::Other, "?"))),
            ("]Q1", Some((Symbology::Qr, ""))),
            ("]Q", None),
            ("MW1:AB", None),
            ("]가나", None),
            ("", None),
        ] {
            assert_eq!(split(code), split_up, "{code}");
        }
    }
}
