//! ISO-2022-KR (RFC 1557): Hangul in seven bits, between a shift out and a shift in.
//!
//! The encodings of the web, and so `encoding_rs`, no longer have it.

use encoding_rs::EUC_KR;

const SHIFT_OUT: u8 = 0x0e;
const SHIFT_IN: u8 = 0x0f;
/// Says that KS X 1001 is what is shifted to.
const DESIGNATOR: &[u8] = b"\x1b$)C";

/// Reads what can be read; the rest becomes U+FFFD.
pub(crate) fn decode(bytes: &[u8]) -> String {
    let mut eight_bit = Vec::with_capacity(bytes.len());
    let mut shifted = false;
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        if let Some(after) = rest.strip_prefix(DESIGNATOR) {
            rest = after;
            continue;
        }
        rest = after;
        match byte {
            SHIFT_OUT => shifted = true,
            SHIFT_IN => shifted = false,
            // Each line begins in ASCII.
            b'\n' => {
                shifted = false;
                eight_bit.push(byte);
            }
            0x21..=0x7e if shifted => eight_bit.push(byte | 0x80),
            _ => eight_bit.push(byte),
        }
    }
    EUC_KR
        .decode_without_bom_handling(&eight_bit)
        .0
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hangul_stands_between_the_shifts_and_ascii_around_them() {
        let line = b"\x1b$)C\x0e0!\x0f = ga\n0!\n";

        assert_eq!(decode(line), "가 = ga\n0!\n");
    }

    #[test]
    fn a_line_that_is_not_shifted_back_does_not_spoil_the_next_one() {
        assert_eq!(decode(b"\x1b$)C\x0e0!\nplain"), "가\nplain");
    }
}
