//! CCNET frames (2.2): 02, address, length of all, data, and a CRC, its low byte first.
//!
//! The CRC is CRC-16/KERMIT: the polynomial 0x8408 bit by bit from the lowest, from 0.

const SYNC: u8 = 0x02;
/// Of a bill validator (2.4).
const ADDRESS: u8 = 0x03;
/// 02, address and length.
const HEAD: usize = 3;
const CRC: usize = 2;
const OVERHEAD: usize = HEAD + CRC;
/// Longer frames say so in another way (2.2); no validator sends any.
const DATA_MAX: usize = 250 - OVERHEAD;

/// What was heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    Data(Vec<u8>),
    /// A frame whose CRC is wrong.
    Spoilt,
}

/// The frame around data; more than any command has is cut off.
#[must_use]
pub fn encode(data: &[u8]) -> Vec<u8> {
    let data = &data[..data.len().min(DATA_MAX)];
    let length = u8::try_from(data.len() + OVERHEAD).expect("cut to 250 bytes above");
    let mut bytes = vec![SYNC, ADDRESS, length];
    bytes.extend_from_slice(data);
    bytes.extend(crc(&bytes).to_le_bytes());
    bytes
}

/// What has come and is not yet understood; never more than one frame.
#[derive(Default)]
pub struct Inbox {
    bytes: Vec<u8>,
}

impl Inbox {
    /// Takes one byte; says what ends with it.
    pub fn take(&mut self, byte: u8) -> Option<Heard> {
        self.bytes.push(byte);
        let length = match self.bytes[..] {
            [SYNC] | [SYNC, ADDRESS] => return None,
            [SYNC, ADDRESS, length, ..] => usize::from(length),
            _ => 0,
        };
        if !(OVERHEAD + 1..=OVERHEAD + DATA_MAX).contains(&length) {
            // That was no head of a frame; its last byte may begin one.
            self.bytes.clear();
            if byte == SYNC {
                self.bytes.push(SYNC);
            }
            return None;
        }
        if self.bytes.len() < length {
            return None;
        }
        let frame = std::mem::take(&mut self.bytes);
        // Over a frame and its own CRC it is 0.
        if crc(&frame) != 0 {
            return Some(Heard::Spoilt);
        }
        Some(Heard::Data(frame[HEAD..length - CRC].to_vec()))
    }

    pub fn forget(&mut self) {
        self.bytes.clear();
    }
}

fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte), |crc, _| match crc & 1 {
            0 => crc >> 1,
            _ => (crc >> 1) ^ 0x8408,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hear(bytes: &[u8]) -> Vec<Heard> {
        let mut inbox = Inbox::default();
        bytes.iter().filter_map(|it| inbox.take(*it)).collect()
    }

    /// As programs for such validators write them out, and as one's answers were recorded.
    #[test]
    fn frames_that_are_published_are_read_and_written() {
        let published: [&[u8]; 6] = [
            &[0x02, 0x03, 0x06, 0x33, 0xda, 0x81],
            &[0x02, 0x03, 0x06, 0x30, 0x41, 0xb3],
            &[0x02, 0x03, 0x06, 0x00, 0xc2, 0x82],
            &[0x02, 0x03, 0x06, 0x14, 0x67, 0xd4],
            &[
                0x02, 0x03, 0x0c, 0x34, 0x00, 0x00, 0x7c, 0x00, 0x00, 0x00, 0x66, 0xc1,
            ],
            &[
                0x02, 0x03, 0x27, 0x46, 0x4c, 0x53, 0x2d, 0x45, 0x55, 0x31, 0x30, 0x2d, 0x36, 0x39,
                0x33, 0x36, 0x33, 0x39, 0x30, 0x37, 0x4b, 0x49, 0x34, 0x31, 0x41, 0x53, 0x37, 0x34,
                0x38, 0x32, 0x75, 0xed, 0x8d, 0xc8, 0x03, 0x3f, 0x7b, 0x35, 0xda,
            ],
        ];
        for bytes in published {
            let data = &bytes[HEAD..bytes.len() - CRC];

            assert_eq!(encode(data), bytes);
            assert_eq!(hear(bytes), [Heard::Data(data.to_vec())]);
        }
    }

    #[test]
    fn a_flipped_bit_is_noticed_and_what_follows_is_heard() {
        let whole = encode(&[0x80, 2]);
        for place in HEAD..whole.len() {
            let mut damaged = whole.clone();
            damaged[place] ^= 0x10;

            let heard = hear(&[&damaged[..], &whole].concat());

            assert_eq!(heard, [Heard::Spoilt, Heard::Data(vec![0x80, 2])]);
        }
    }

    #[test]
    fn noise_before_a_frame_is_passed_over() {
        let heard = hear(&[&[0x00, 0x02, 0x02, 0x03, 0x00][..], &encode(&[0x14])].concat());

        assert_eq!(heard, [Heard::Data(vec![0x14])]);
    }
}
