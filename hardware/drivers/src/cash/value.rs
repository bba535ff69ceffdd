//! What a coin or note is worth, by the identification its own device gives
//! (ccTalk Generic Specification 4.7, part 3, appendices 3.1 and 15).

/// The country of the money taken here (ISO 3166-1 alpha-2).
pub(super) const COUNTRY: [u8; 2] = *b"KR";

/// How a bill validator scales its value codes (header 156).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scaling {
    pub(super) factor: u16,
    pub(super) decimals: u8,
}

impl Scaling {
    /// Takes factor (low byte first) and decimal places; a factor of nought says
    /// that the device does not know the country.
    pub(super) fn read(data: &[u8]) -> Option<Self> {
        let &[low, high, decimals] = data else {
            return None;
        };
        let factor = u16::from_le_bytes([low, high]);
        (factor > 0).then_some(Self { factor, decimals })
    }
}

/// A coin's worth: `KR100A` is 100 won. Tokens, foreign coins and places
/// without a coin have none.
pub(super) fn coin_won(id: &[u8]) -> Option<u32> {
    let &[first, second, ref code @ .., _issue] = id else {
        return None;
    };
    ([first, second] == COUNTRY && code.len() == 3)
        .then(|| code_won(code))
        .flatten()
}

/// A note's worth: `KR0010A` is 1,000 won where the scaling factor is 100.
pub(super) fn note_won(id: &[u8], scaling: Scaling) -> Option<u32> {
    let &[first, second, ref code @ .., _issue] = id else {
        return None;
    };
    if [first, second] != COUNTRY || code.len() != 4 {
        return None;
    }
    let scaled = code_won(code)?.checked_mul(u32::from(scaling.factor))?;
    let divisor = 10u32.checked_pow(u32::from(scaling.decimals))?;
    (scaled % divisor == 0 && scaled > 0).then(|| scaled / divisor)
}

/// Digits, among them at most one `K` or `M` in the place of the decimal point:
/// `2K5` is 2,500.
fn code_won(code: &[u8]) -> Option<u32> {
    let mut won = 0u32;
    let mut unit = None;
    for symbol in code {
        match (symbol, unit) {
            (b'0'..=b'9', None) => {
                won = won.checked_mul(10)?.checked_add(u32::from(symbol - b'0'))?;
            }
            (b'0'..=b'9', Some(place)) => {
                let place: u32 = place / 10;
                won = won.checked_add(place * u32::from(symbol - b'0'))?;
                unit = Some(place);
            }
            (b'K' | b'M', None) => {
                let thousands = if *symbol == b'K' { 1_000 } else { 1_000_000 };
                won = won.checked_mul(thousands)?;
                unit = Some(thousands);
            }
            _ => return None,
        }
    }
    (won > 0).then_some(won)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HUNDREDS: Scaling = Scaling {
        factor: 100,
        decimals: 0,
    };

    #[test]
    fn korean_coins_are_worth_what_their_identification_says() {
        for (id, won) in [
            (b"KR010A", 10),
            (b"KR050A", 50),
            (b"KR100B", 100),
            (b"KR500A", 500),
            (b"KR2K5A", 2_500),
            (b"KR10KA", 10_000),
            (b"KRM10A", 100_000),
        ] {
            assert_eq!(coin_won(id), Some(won), "{id:?}");
        }
    }

    #[test]
    fn korean_notes_are_scaled_as_their_validator_says() {
        assert_eq!(note_won(b"KR0010A", HUNDREDS), Some(1_000));
        assert_eq!(note_won(b"KR0500A", HUNDREDS), Some(50_000));
        let cents = Scaling {
            factor: 100,
            decimals: 2,
        };
        assert_eq!(note_won(b"KR1000A", cents), Some(1_000));
    }

    #[test]
    fn what_is_not_korean_money_has_no_worth() {
        for id in [
            &b"EU100A"[..],
            b"TK001A",
            b"......",
            b"KR.50A",
            b"KR000A",
            b"KR5m0A",
            b"KR0010A",
            b"KR1",
            b"",
        ] {
            assert_eq!(coin_won(id), None, "{id:?}");
        }
        assert_eq!(note_won(b"JP0010A", HUNDREDS), None);
        assert_eq!(note_won(b"KR100A", HUNDREDS), None);
        assert_eq!(Scaling::read(&[0, 0, 0]), None);
        assert_eq!(Scaling::read(&[100, 0]), None);
    }
}
