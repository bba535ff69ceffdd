//! The reader's end of the line: F2, address, length, text, 03 and the exclusive or of all.

pub(super) const ACKNOWLEDGE: &[u8] = &[0x06];
pub(super) const REFUSE: &[u8] = &[0x15];
pub(super) const CLEAR: &[u8] = &[0x04];

pub(super) enum Heard {
    Command(Vec<u8>),
    Spoilt,
    Acknowledged,
    Refused,
    Clear,
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
            [0x06] => self.single(Heard::Acknowledged),
            [0x15] => self.single(Heard::Refused),
            [0x04] => self.single(Heard::Clear),
            [0xf2, 0, 0, length, ..] if self.heard.len() == usize::from(length) + 6 => {
                let frame = std::mem::take(&mut self.heard);
                let text = frame[4..frame.len() - 2].to_vec();
                Some(match frame == self::frame(&text) {
                    true => Heard::Command(text),
                    false => Heard::Spoilt,
                })
            }
            [0xf2] | [0xf2, 0] | [0xf2, 0, 0, ..] => None,
            _ => {
                self.heard.clear();
                None
            }
        }
    }

    fn single(&mut self, heard: Heard) -> Option<Heard> {
        self.heard.clear();
        Some(heard)
    }

    pub(super) fn forget(&mut self) {
        self.heard.clear();
    }

    pub(super) fn say(&mut self, text: &[u8]) -> Vec<u8> {
        self.keep(text);
        self.said.clone()
    }

    pub(super) fn keep(&mut self, text: &[u8]) {
        self.said = frame(text);
    }

    pub(super) fn again(&self) -> Option<Vec<u8>> {
        (!self.said.is_empty()).then(|| self.said.clone())
    }
}

/// The frame as a bad contact bends it.
pub(super) fn spoilt(text: &[u8]) -> Vec<u8> {
    let mut frame = frame(text);
    if let Some(check) = frame.last_mut() {
        *check ^= 0x40;
    }
    frame
}

pub(super) fn frame(text: &[u8]) -> Vec<u8> {
    let length = u16::try_from(text.len()).unwrap_or_default();
    let mut frame = vec![0xf2, 0];
    frame.extend(length.to_be_bytes());
    frame.extend_from_slice(text);
    frame.push(0x03);
    frame.push(frame.iter().fold(0, |sum, byte| sum ^ byte));
    frame
}
