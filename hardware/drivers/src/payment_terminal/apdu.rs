//! The frames of ZVT: a control field of two bytes, a length of one or three, data.

use zeroize::Zeroizing;

/// Says that the real length follows in two bytes, the low one first.
const EXTENDED: u8 = 0xff;

/// Class and instruction of a command.
pub(super) mod control {
    pub(in super::super) const STATUS_INFORMATION: [u8; 2] = [0x04, 0x0f];
    pub(in super::super) const INTERMEDIATE_STATUS: [u8; 2] = [0x04, 0xff];
    pub(in super::super) const STATUS_ENQUIRY: [u8; 2] = [0x05, 0x01];
    pub(in super::super) const REGISTRATION: [u8; 2] = [0x06, 0x00];
    pub(in super::super) const AUTHORISATION: [u8; 2] = [0x06, 0x01];
    pub(in super::super) const COMPLETION: [u8; 2] = [0x06, 0x0f];
    pub(in super::super) const ABORTED: [u8; 2] = [0x06, 0x1e];
    pub(in super::super) const REPEAT_RECEIPT: [u8; 2] = [0x06, 0x20];
    pub(in super::super) const REVERSAL: [u8; 2] = [0x06, 0x30];
    pub(in super::super) const ABORT: [u8; 2] = [0x06, 0xb0];
    pub(in super::super) const PRINT_LINE: [u8; 2] = [0x06, 0xd1];
    pub(in super::super) const PRINT_TEXT_BLOCK: [u8; 2] = [0x06, 0xd3];
    pub(in super::super) const ACKNOWLEDGED: [u8; 2] = [0x80, 0x00];
}

/// The class of a refusal; its reason stands where the instruction would.
pub(super) const REFUSED: u8 = 0x84;
/// …and the reason of one who does not know the command.
pub(super) const NOT_KNOWN: u8 = 0x83;

/// What classes a terminal speaks in; whatever begins otherwise is no frame.
const CLASSES: [u8; 7] = [0x04, 0x05, 0x06, 0x08, 0x0f, 0x80, REFUSED];

/// One frame. Its memory is overwritten: it may have a card's number in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Apdu {
    pub(super) control: [u8; 2],
    pub(super) data: Zeroizing<Vec<u8>>,
}

impl Apdu {
    pub(super) fn new(control: [u8; 2], data: Vec<u8>) -> Self {
        let data = Zeroizing::new(data);
        Self { control, data }
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let mut bytes = self.control.to_vec();
        match u8::try_from(self.data.len()) {
            Ok(short) if short != EXTENDED => bytes.push(short),
            _ => {
                let long = u16::try_from(self.data.len()).unwrap_or(u16::MAX);
                bytes.push(EXTENDED);
                bytes.extend(long.to_le_bytes());
            }
        }
        bytes.extend_from_slice(&self.data);
        bytes
    }
}

/// What began in the middle of nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Nonsense;

/// Bytes as they come, cut into frames. A frame is 65,540 bytes long at most, and so
/// is what is kept of one.
#[derive(Default)]
pub(super) struct Inbox {
    heard: Zeroizing<Vec<u8>>,
}

impl Inbox {
    pub(super) fn hear(&mut self, bytes: &[u8]) {
        self.heard.extend_from_slice(bytes);
    }

    pub(super) fn clear(&mut self) {
        self.heard = Zeroizing::default();
    }

    /// The next whole frame.
    pub(super) fn next(&mut self) -> Result<Option<Apdu>, Nonsense> {
        if self.heard.first().is_some_and(|it| !CLASSES.contains(it)) {
            self.clear();
            return Err(Nonsense);
        }
        let (start, length) = match *self.heard.as_slice() {
            [_, _, EXTENDED, low, high, ..] => (5, u16::from_le_bytes([low, high])),
            [_, _, EXTENDED, ..] => return Ok(None),
            [_, _, length, ..] => (3, u16::from(length)),
            _ => return Ok(None),
        };
        let end = start + usize::from(length);
        if self.heard.len() < end {
            return Ok(None);
        }
        let control = [self.heard[0], self.heard[1]];
        let apdu = Apdu::new(control, self.heard[start..end].to_vec());
        self.heard = Zeroizing::new(self.heard[end..].to_vec());
        Ok(Some(apdu))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn frames_are_found_in_pieces_of_any_size() {
        let long = Apdu::new(control::PRINT_TEXT_BLOCK, vec![7; 300]);
        let edge = Apdu::new(control::PRINT_LINE, vec![7; 255]);
        let short = Apdu::new(control::ACKNOWLEDGED, Vec::new());
        let bytes = [long.encode(), edge.encode(), short.encode()].concat();

        for size in [1, 2, 7, bytes.len()] {
            let (mut inbox, mut found) = (Inbox::default(), Vec::new());
            for piece in bytes.chunks(size) {
                inbox.hear(piece);
                while let Some(apdu) = inbox.next().unwrap() {
                    found.push(apdu);
                }
            }
            assert_eq!(found, [long.clone(), edge.clone(), short.clone()]);
        }
    }

    #[test]
    fn what_is_no_frame_is_said_to_be_none_and_forgotten() {
        let mut inbox = Inbox::default();
        inbox.hear(b"HTTP/1.1 400 Bad Request");

        assert_eq!(inbox.next(), Err(Nonsense));
        assert_eq!(inbox.next(), Ok(None));
    }
}
