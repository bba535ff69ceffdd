//! Which note is which (5.4, GET BILL TABLE): 24 types of five bytes, the value's digits, the
//! country, and how many noughts follow.

const TYPES: usize = 24;
const ENTRY: usize = 5;
/// As validators name the won's country.
const COUNTRY: [u8; 3] = *b"KOR";

pub(super) struct BillTable {
    values_won: [Option<u32>; TYPES],
}

impl BillTable {
    /// `None` where it is no table.
    pub(super) fn read(data: &[u8]) -> Option<Self> {
        if data.len() != TYPES * ENTRY {
            return None;
        }
        let mut values_won = [None; TYPES];
        for (value, entry) in values_won.iter_mut().zip(data.chunks_exact(ENTRY)) {
            *value = value_won(entry);
        }
        Some(Self { values_won })
    }

    pub(super) fn value_won(&self, kind: u8) -> Option<u32> {
        *self.values_won.get(usize::from(kind))?
    }

    /// The types that are taken, as ENABLE BILL TYPES wants them: the highest first.
    pub(super) fn mask(&self) -> [u8; 3] {
        let kinds = self.values_won.iter().enumerate();
        let bits = kinds.fold(0u32, |bits, (kind, value)| {
            bits | (u32::from(value.is_some()) << kind)
        });
        let [_, high, middle, low] = bits.to_be_bytes();
        [high, middle, low]
    }
}

/// Won have no fractions: an entry whose highest bit moves the point down is none.
fn value_won(entry: &[u8]) -> Option<u32> {
    let [digits, country @ .., noughts] = entry else {
        return None;
    };
    if country != COUNTRY {
        return None;
    }
    let power = 10u32.checked_pow(u32::from(*noughts))?;
    u32::from(*digits).checked_mul(power).filter(|it| *it > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_of_this_country_are_known_and_no_others() {
        let mut data = vec![0; TYPES * ENTRY];
        for (kind, entry) in [
            (0, [1, b'K', b'O', b'R', 3]),
            (2, [1, b'K', b'O', b'R', 4]),
            (3, [5, b'U', b'S', b'A', 0]),
            (4, [5, b'K', b'O', b'R', 0x82]),
            (5, [255, b'K', b'O', b'R', 9]),
            (23, [5, b'K', b'O', b'R', 4]),
        ] {
            data[kind * ENTRY..][..ENTRY].copy_from_slice(&entry);
        }

        let table = BillTable::read(&data).expect("it is a table");

        assert_eq!(table.value_won(0), Some(1_000));
        assert_eq!(table.value_won(2), Some(10_000));
        assert_eq!(table.value_won(23), Some(50_000));
        for other in [1, 3, 4, 5, 24, 255] {
            assert_eq!(table.value_won(other), None);
        }
        assert_eq!(table.mask(), [0x80, 0x00, 0x05]);
        assert!(BillTable::read(&data[1..]).is_none());
    }
}
