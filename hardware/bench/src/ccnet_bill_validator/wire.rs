//! The validator's end of a CCNET line: 02, 03, length of all, data, CRC.

pub(super) const RESET: u8 = 0x30;
pub(super) const STATUS: u8 = 0x31;
pub(super) const POLL: u8 = 0x33;
pub(super) const ENABLE: u8 = 0x34;
pub(super) const STACK: u8 = 0x35;
pub(super) const RETURN: u8 = 0x36;
pub(super) const IDENTIFICATION: u8 = 0x37;
pub(super) const HOLD: u8 = 0x38;
pub(super) const BILL_TABLE: u8 = 0x41;

pub(super) const ACKNOWLEDGE: &[u8] = &[0x00];
pub(super) const ILLEGAL: &[u8] = &[0x30];

pub(super) const POWER_UP: u8 = 0x10;
pub(super) const POWER_UP_IN_VALIDATOR: u8 = 0x11;
pub(super) const POWER_UP_IN_STACKER: u8 = 0x12;

pub(super) enum Heard {
    Command(Vec<u8>),
    Spoilt,
    Acknowledged,
    Refused,
}

#[derive(Default)]
pub(super) struct Wire {
    heard: Vec<u8>,
    /// Said last, in case it has to be said again.
    said: Vec<u8>,
}

impl Wire {
    pub(super) fn hear(&mut self, byte: u8) -> Option<Heard> {
        self.heard.push(byte);
        match self.heard[..] {
            [0x02] | [0x02, 0x03] => None,
            [0x02, 0x03, length, ..] if self.heard.len() < usize::from(length) => None,
            [0x02, 0x03, length, ..] if length >= 6 => {
                let heard = std::mem::take(&mut self.heard);
                let data = &heard[3..heard.len() - 2];
                if frame(data) != heard {
                    return Some(Heard::Spoilt);
                }
                Some(match data {
                    [0x00] => Heard::Acknowledged,
                    [0xff] => Heard::Refused,
                    _ => Heard::Command(data.to_vec()),
                })
            }
            _ => {
                self.heard.clear();
                if byte == 0x02 {
                    self.heard.push(byte);
                }
                None
            }
        }
    }

    pub(super) fn say(&mut self, data: &[u8]) -> Vec<u8> {
        self.keep(data);
        self.said.clone()
    }

    pub(super) fn keep(&mut self, data: &[u8]) {
        self.said = frame(data);
    }

    pub(super) fn again(&self) -> Option<Vec<u8>> {
        (!self.said.is_empty()).then(|| self.said.clone())
    }
}

/// Part number, serial number and seven bytes that nobody reads.
pub(super) fn identification() -> Vec<u8> {
    [&b"BENCH-KR       "[..], b"000000000001", &[0; 7]].concat()
}

/// The frame as a bad contact bends it.
pub(super) fn spoilt(data: &[u8]) -> Vec<u8> {
    let mut frame = frame(data);
    if let Some(crc) = frame.last_mut() {
        *crc ^= 0x40;
    }
    frame
}

pub(super) fn frame(data: &[u8]) -> Vec<u8> {
    let length = u8::try_from(data.len() + 5).unwrap_or_default();
    let mut frame = vec![0x02, 0x03, length];
    frame.extend_from_slice(data);
    let mut crc = 0u16;
    for byte in &frame {
        crc ^= u16::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 {
                (crc >> 1) ^ 0x8408
            } else {
                crc >> 1
            };
        }
    }
    frame.extend(crc.to_le_bytes());
    frame
}
