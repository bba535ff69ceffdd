//! The terminal's side of ZVT's frames; written apart from the driver's.

pub(super) struct Apdu {
    pub(super) control: [u8; 2],
    pub(super) data: Vec<u8>,
}

impl Apdu {
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut bytes = self.control.to_vec();
        let length = self.data.len();
        if length < 0xff {
            bytes.push(length as u8);
        } else {
            bytes.extend([0xff, (length & 0xff) as u8, (length >> 8) as u8]);
        }
        bytes.extend(&self.data);
        bytes
    }
}

#[derive(Default)]
pub(super) struct Frames {
    heard: Vec<u8>,
}

impl Frames {
    pub(super) fn hear(&mut self, bytes: &[u8]) {
        self.heard.extend(bytes);
    }

    /// A kiosk never says more than fits a short frame.
    pub(super) fn next(&mut self) -> Option<Apdu> {
        let end = 3 + usize::from(*self.heard.get(2)?);
        if self.heard.len() < end {
            return None;
        }
        let apdu = Apdu {
            control: [self.heard[0], self.heard[1]],
            data: self.heard[3..end].to_vec(),
        };
        self.heard.drain(..end);
        Some(apdu)
    }
}

pub(super) fn bcd(number: u64, bytes: usize) -> Vec<u8> {
    let digits = format!("{number:0width$}", width = 2 * bytes);
    let pairs = digits.as_bytes().chunks(2);
    pairs
        .map(|pair| (pair[0] - b'0') << 4 | (pair[1] - b'0'))
        .collect()
}

/// The number in a field of a command; commands have nothing but short fixed fields.
pub(super) fn field(data: &[u8], wanted: u8, length: usize) -> u32 {
    let lengths = [(0x04, 6), (0x49, 2), (0x87, 2), (0x19, 1), (0x03, 1)];
    let mut rest = data;
    while let Some((bmp, behind)) = rest.split_first() {
        let Some((_, there)) = lengths.iter().find(|(known, _)| known == bmp) else {
            return 0;
        };
        let value = behind.get(..*there).unwrap_or_default();
        if *bmp == wanted && *there == length {
            let digit = |sum: u32, byte: &u8| {
                sum.wrapping_mul(100) + u32::from(byte >> 4) * 10 + u32::from(byte & 15)
            };
            return value.iter().fold(0, digit);
        }
        rest = behind.get(*there..).unwrap_or_default();
    }
    0
}

pub(super) fn amount(data: &[u8]) -> u32 {
    field(data, 0x04, 6)
}
