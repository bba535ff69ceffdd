//! ccTalk frames as a device hears and says them.

/// Header of every answer; an answer that refuses carries [`NAK`].
pub(super) const REPLY: u8 = 0;
const NAK: u8 = 5;

pub(super) struct Request {
    pub(super) destination: u8,
    pub(super) header: u8,
    pub(super) data: Vec<u8>,
}

pub(super) struct Answer {
    header: u8,
    data: Vec<u8>,
}

impl Answer {
    pub(super) fn acknowledge() -> Option<Self> {
        Self::data(&[])
    }

    pub(super) fn data(data: &[u8]) -> Option<Self> {
        Some(Self {
            header: REPLY,
            data: data.to_vec(),
        })
    }

    pub(super) fn refuse() -> Option<Self> {
        Some(Self {
            header: NAK,
            data: Vec::new(),
        })
    }
}

pub(super) enum Heard {
    Incomplete,
    /// The check sum is wrong: somebody else's noise.
    Noise,
    Request {
        length: usize,
        request: Request,
    },
}

/// Takes the frame at the start: destination, length, source, header, data and
/// the check sum that makes all bytes add up to nought.
pub(super) fn read(heard: &[u8]) -> Heard {
    let Some(&data_length) = heard.get(1) else {
        return Heard::Incomplete;
    };
    let length = usize::from(data_length) + 5;
    let Some(frame) = heard.get(..length) else {
        return Heard::Incomplete;
    };
    if frame.iter().fold(0u8, |sum, byte| sum.wrapping_add(*byte)) != 0 {
        return Heard::Noise;
    }
    let request = Request {
        destination: frame[0],
        header: frame[3],
        data: frame[4..length - 1].to_vec(),
    };
    Heard::Request { length, request }
}

/// An answer from `source` to the host, whose address is 1.
pub(super) fn encode(source: u8, answer: &Answer) -> Vec<u8> {
    let length = u8::try_from(answer.data.len()).expect("answers are short");
    let mut bytes = vec![1, length, source, answer.header];
    bytes.extend_from_slice(&answer.data);
    let sum = bytes.iter().fold(0u8, |sum, byte| sum.wrapping_add(*byte));
    bytes.push(sum.wrapping_neg());
    bytes
}
