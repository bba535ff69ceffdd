//! The fields inside a frame: numbers in BCD, bitmaps (BMP) with their lengths, TLV.

/// A number in so many bytes of BCD; what does not fit loses its front.
pub(super) fn bcd(mut number: u64, bytes: usize) -> Vec<u8> {
    let mut written = vec![0; bytes];
    for byte in written.iter_mut().rev() {
        let digits = u8::try_from(number % 100).unwrap_or(0);
        *byte = digits / 10 * 16 + digits % 10;
        number /= 100;
    }
    written
}

/// `None` where a digit is none, or the number is too large for anything counted here.
pub(super) fn number(bytes: &[u8]) -> Option<u64> {
    let digits = bytes.iter().flat_map(|it| [it >> 4, it & 0x0f]);
    digits.into_iter().try_fold(0_u64, |number, digit| {
        let digit = (digit < 10).then(|| u64::from(digit))?;
        number.checked_mul(10)?.checked_add(digit)
    })
}

/// How long a field is.
enum Length {
    Fixed(usize),
    /// In so many bytes of `F0`…`F9`, a digit each; some leave the `F` out.
    Digits(usize),
    Tlv,
}

/// The bitmaps that PA00P015 lists (chapter 8), as far as terminals send them.
fn length_of(bmp: u8) -> Option<Length> {
    Some(match bmp {
        0x01..=0x03 | 0x05 | 0x19 | 0x27 | 0x8a | 0x8c | 0xa0 | 0xfc => Length::Fixed(1),
        0x0d | 0x0e | 0x17 | 0x3a | 0x49 | 0x87 => Length::Fixed(2),
        0x0b | 0x0c | 0x3d | 0x88 | 0xaa => Length::Fixed(3),
        0x29 => Length::Fixed(4),
        0xba => Length::Fixed(5),
        0x04 => Length::Fixed(6),
        0x3b => Length::Fixed(8),
        0x2a => Length::Fixed(15),
        0x22 | 0x23 | 0x2d | 0x8b => Length::Digits(2),
        0x24 | 0x2e | 0x3c | 0x60 | 0x92 | 0xaf => Length::Digits(3),
        0x06 => Length::Tlv,
        _ => return None,
    })
}

/// The fields of a frame, in their order. A field that nobody knows ends them: what
/// comes behind it cannot be found. `None` where one is cut off or comes twice.
pub(super) fn fields(mut data: &[u8]) -> Option<Vec<(u8, &[u8])>> {
    let mut found: Vec<(u8, &[u8])> = Vec::new();
    while let Some((bmp, rest)) = data.split_first() {
        let Some(length) = length_of(*bmp) else {
            break;
        };
        let (length, rest) = match length {
            Length::Fixed(length) => (length, rest),
            Length::Digits(digits) => {
                let (digits, rest) = rest.split_at_checked(digits)?;
                (counted(digits)?, rest)
            }
            Length::Tlv => tlv_length(rest)?,
        };
        let (value, rest) = rest.split_at_checked(length)?;
        if found.iter().any(|(known, _)| known == bmp) {
            return None;
        }
        found.push((*bmp, value));
        data = rest;
    }
    Some(found)
}

fn counted(digits: &[u8]) -> Option<usize> {
    digits.iter().try_fold(0, |length, digit| {
        let digit = digit & 0x0f;
        (digit < 10).then_some(length * 10 + usize::from(digit))
    })
}

/// As in BER: up to 127 in one byte, else in the one or two bytes after 81 or 82.
fn tlv_length(data: &[u8]) -> Option<(usize, &[u8])> {
    match *data {
        [length @ 0..=0x7f, ref rest @ ..] | [0x81, length, ref rest @ ..] => {
            Some((usize::from(length), rest))
        }
        [0x82, high, low, ref rest @ ..] => {
            Some((usize::from(u16::from_be_bytes([high, low])), rest))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_were_written() {
        assert_eq!(bcd(1_500, 6), [0, 0, 0, 0, 0x15, 0x00]);
        assert_eq!(number(&bcd(999_999_999_999, 6)), Some(999_999_999_999));
        assert_eq!(number(&[0x1a]), None, "no digit");
        assert_eq!(number(&[0x99; 11]), None, "larger than anything");
    }

    #[test]
    fn a_field_that_is_cut_off_or_told_twice_is_nonsense() {
        assert_eq!(fields(&[0x27, 0x00, 0x04, 0, 0, 0]), None);
        assert_eq!(fields(&[0x27, 0x00, 0x27, 0x6c]), None);
        assert_eq!(fields(&[0x22, 0xf1, 0x00, 1]), None, "no length");
        assert_eq!(fields(&[0x06, 0x82, 0x01]), None);
    }

    #[test]
    fn a_field_that_nobody_knows_ends_the_others() {
        let found = fields(&[0x27, 0x00, 0xee, 0x27, 0x6c]);

        assert_eq!(found, Some(vec![(0x27, &[0x00][..])]));
    }
}
