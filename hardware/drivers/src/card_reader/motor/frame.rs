//! Frames of the CRT-591 family (protocol 1.2): F2, address, length in two bytes, text, 03,
//! and the exclusive or of all before it. Between frames single bytes stand for themselves.

use zeroize::Zeroize;

/// The address that units leave the factory with (1.3).
const ADDRESS: u8 = 0;
const STX: u8 = 0xf2;
const ETX: u8 = 0x03;
const ACK: u8 = 0x06;
const NAK: u8 = 0x15;
const EOT: u8 = 0x04;
/// F2, address and length.
const HEAD: usize = 4;
/// 03 and the check byte.
const TAIL: usize = 2;
/// Head, command, parameter and three bytes of state before 512 bytes of data (1.2.2).
const TEXT_MAX: usize = 6 + 512;
/// Head, command and parameter.
const TEXT_MIN: usize = 3;

/// What can stand between frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// The frame was understood.
    Acknowledge,
    /// The frame was spoilt: once more.
    Refuse,
    /// Whatever was under way is called off.
    Clear,
}

impl Control {
    #[must_use]
    pub fn encode(self) -> Vec<u8> {
        vec![match self {
            Control::Acknowledge => ACK,
            Control::Refuse => NAK,
            Control::Clear => EOT,
        }]
    }
}

/// What was heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    Control(Control),
    Text(Vec<u8>),
    /// A frame whose end or check byte is wrong.
    Spoilt,
}

/// The frame around a text; longer texts than any command has are cut off.
#[must_use]
pub fn encode(text: &[u8]) -> Vec<u8> {
    let text = &text[..text.len().min(TEXT_MAX)];
    let [high, low] = u16::try_from(text.len()).unwrap_or_default().to_be_bytes();
    let mut bytes = vec![STX, ADDRESS, high, low];
    bytes.extend_from_slice(text);
    bytes.push(ETX);
    bytes.push(sum(&bytes));
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
        if self.bytes.is_empty() {
            return match byte {
                STX => {
                    self.bytes.push(STX);
                    None
                }
                ACK => Some(Heard::Control(Control::Acknowledge)),
                NAK => Some(Heard::Control(Control::Refuse)),
                EOT => Some(Heard::Control(Control::Clear)),
                _ => None,
            };
        }
        self.bytes.push(byte);
        let length = match self.bytes[..] {
            [_, address, ..] if address != ADDRESS => None,
            [_, _, high, low, ..] => Some(usize::from(u16::from_be_bytes([high, low])))
                .filter(|length| (TEXT_MIN..=TEXT_MAX).contains(length)),
            _ => return None,
        };
        let Some(length) = length else {
            return self.start_over(byte);
        };
        if self.bytes.len() < HEAD + length + TAIL {
            return None;
        }
        let (checked, check) = self.bytes.split_at(HEAD + length + 1);
        let whole = checked.last() == Some(&ETX) && check == [sum(checked)];
        let text = whole.then(|| checked[HEAD..HEAD + length].to_vec());
        self.forget();
        Some(text.map_or(Heard::Spoilt, Heard::Text))
    }

    /// Something is half heard.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.bytes.is_empty()
    }

    /// It may be somebody's track.
    pub fn forget(&mut self) {
        self.bytes.zeroize();
    }

    /// That was no head of a frame; its last byte may begin one.
    fn start_over(&mut self, byte: u8) -> Option<Heard> {
        self.forget();
        if byte == STX {
            self.bytes.push(STX);
        }
        None
    }
}

fn sum(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum ^ byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hear(bytes: &[u8]) -> Vec<Heard> {
        let mut inbox = Inbox::default();
        bytes.iter().filter_map(|it| inbox.take(*it)).collect()
    }

    /// As programs for such readers, of the CRT-571, CRT-591 and MTK-F31, write them out.
    #[test]
    fn commands_have_the_published_bytes() {
        let published: [(&[u8], [u8; 9]); 8] = [
            (b"C00", [0xf2, 0, 0, 3, 0x43, 0x30, 0x30, 3, 0xb1]),
            (b"C03", [0xf2, 0, 0, 3, 0x43, 0x30, 0x33, 3, 0xb2]),
            (b"C10", [0xf2, 0, 0, 3, 0x43, 0x31, 0x30, 3, 0xb0]),
            (b"C20", [0xf2, 0, 0, 3, 0x43, 0x32, 0x30, 3, 0xb3]),
            (b"C23", [0xf2, 0, 0, 3, 0x43, 0x32, 0x33, 3, 0xb0]),
            (b"C29", [0xf2, 0, 0, 3, 0x43, 0x32, 0x39, 3, 0xba]),
            (b"C30", [0xf2, 0, 0, 3, 0x43, 0x33, 0x30, 3, 0xb2]),
            (b"C67", [0xf2, 0, 0, 3, 0x43, 0x36, 0x37, 3, 0xb0]),
        ];
        for (text, bytes) in published {
            assert_eq!(encode(text), bytes);
            assert_eq!(hear(&bytes), [Heard::Text(text.to_vec())]);
        }
    }

    /// What a reader was seen to answer to 32 31: a card waits where it is read.
    #[test]
    fn an_answer_that_was_seen_is_understood() {
        let seen = [
            0x06, 0xf2, 0x00, 0x00, 0x06, 0x50, 0x32, 0x31, 0x32, 0x31, 0x30, 0x03, 0x97,
        ];

        assert_eq!(
            hear(&seen),
            [
                Heard::Control(Control::Acknowledge),
                Heard::Text(b"P21210".to_vec())
            ]
        );
    }

    #[test]
    fn a_flipped_bit_is_noticed_and_what_follows_is_heard() {
        let whole = encode(b"P10000");
        for place in 4..whole.len() {
            let mut damaged = whole.clone();
            damaged[place] ^= 0x10;

            let heard = hear(&[&damaged[..], &whole].concat());

            assert_eq!(heard, [Heard::Spoilt, Heard::Text(b"P10000".to_vec())]);
        }
    }

    #[test]
    fn a_frame_longer_than_any_is_not_waited_for() {
        let heard = hear(&[&[0xf2, 0, 0xff, 0xff, 0x50][..], &encode(b"P10000")].concat());

        assert_eq!(heard, [Heard::Text(b"P10000".to_vec())]);
    }
}
