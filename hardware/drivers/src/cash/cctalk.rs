//! ccTalk frames (ccTalk Serial Communication Protocol, Generic Specification,
//! issue 4.7, part 1): destination, data length, source, header, data, checksum.
//!
//! The simple checksum makes the sum of all bytes a multiple of 256.

/// The host's own address.
pub const HOST: u8 = 1;

/// Bytes of a frame without data.
pub const OVERHEAD: usize = 5;

/// Command and answer headers of part 2 and appendix 1.
pub mod header {
    /// An answer that refuses or has nothing to do with an error carries this.
    pub const REPLY: u8 = 0;
    pub const NAK: u8 = 5;
    pub const BUSY: u8 = 6;

    pub const ROUTE_BILL: u8 = 154;
    pub const BILL_OPERATING_MODE: u8 = 153;
    pub const COUNTRY_SCALING_FACTOR: u8 = 156;
    pub const REQUEST_BILL_ID: u8 = 157;
    pub const READ_BILL_EVENTS: u8 = 159;
    pub const TEST_HOPPER: u8 = 163;
    pub const ENABLE_HOPPER: u8 = 164;
    pub const HOPPER_STATUS: u8 = 166;
    pub const DISPENSE_COINS: u8 = 167;
    pub const DISPENSE_COUNT: u8 = 168;
    pub const REQUEST_HOPPER_COIN: u8 = 171;
    pub const EMERGENCY_STOP: u8 = 172;
    pub const REQUEST_COIN_ID: u8 = 184;
    pub const HOPPER_LEVELS: u8 = 217;
    pub const MASTER_INHIBIT: u8 = 228;
    pub const READ_CREDIT: u8 = 229;
    pub const REQUEST_INHIBITS: u8 = 230;
    pub const MODIFY_INHIBITS: u8 = 231;
    pub const SELF_CHECK: u8 = 232;
    pub const SERIAL_NUMBER: u8 = 242;
    pub const EQUIPMENT_CATEGORY: u8 = 245;
    pub const SIMPLE_POLL: u8 = 254;
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    pub destination: u8,
    pub source: u8,
    pub header: u8,
    /// At most 252 bytes (part 1, section 7.2); longer data is cut off.
    pub data: Vec<u8>,
}

/// Why the first bytes on the line are not a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameFault {
    #[error("more bytes are needed")]
    Incomplete,
    #[error("the checksum is wrong")]
    Checksum,
}

const LONGEST_DATA: usize = 252;

impl Frame {
    pub fn encode(&self) -> Vec<u8> {
        let data = &self.data[..self.data.len().min(LONGEST_DATA)];
        let length = u8::try_from(data.len()).expect("cut to 252 bytes above");
        let mut bytes = vec![self.destination, length, self.source, self.header];
        bytes.extend_from_slice(data);
        bytes.push(0u8.wrapping_sub(sum(&bytes)));
        bytes
    }

    /// Takes the frame at the start of `bytes`, which is `encode().len()` long.
    ///
    /// # Errors
    ///
    /// [`FrameFault::Incomplete`] until the whole frame is there, then
    /// [`FrameFault::Checksum`] if it was damaged.
    pub fn decode(bytes: &[u8]) -> Result<Self, FrameFault> {
        let [destination, length, source, header, rest @ ..] = bytes else {
            return Err(FrameFault::Incomplete);
        };
        let length = usize::from(*length);
        let Some(data) = rest.get(..length).filter(|_| rest.len() > length) else {
            return Err(FrameFault::Incomplete);
        };
        if sum(&bytes[..length + OVERHEAD]) != 0 {
            return Err(FrameFault::Checksum);
        }
        Ok(Self {
            destination: *destination,
            source: *source,
            header: *header,
            data: data.to_vec(),
        })
    }
}

fn sum(bytes: &[u8]) -> u8 {
    bytes
        .iter()
        .fold(0, |sum: u8, byte| sum.wrapping_add(*byte))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn poll(address: u8) -> Frame {
        Frame {
            destination: address,
            source: HOST,
            header: header::SIMPLE_POLL,
            data: Vec::new(),
        }
    }

    #[test]
    fn a_simple_poll_has_the_published_bytes() {
        assert_eq!(poll(2).encode(), [0x02, 0x00, 0x01, 0xfe, 0xff]);
        assert_eq!(Frame::decode(&[0x02, 0x00, 0x01, 0xfe, 0xff]), Ok(poll(2)));
    }

    #[test]
    fn an_acknowledgement_has_the_published_bytes() {
        let answer = Frame {
            destination: 1,
            source: 2,
            header: 0,
            data: Vec::new(),
        };

        assert_eq!(answer.encode(), [0x01, 0x00, 0x02, 0x00, 0xfd]);
    }

    /// A Suzo-Happ Flow hopper (manual 0.6) and an Alberici hopper (Aventador
    /// manual), as they print what goes over the line.
    #[test]
    fn frames_that_manuals_print_are_read_and_written() {
        let published: [(&[u8], u8, u8, &[u8]); 8] = [
            (&[3, 0, 1, 0xf2, 0x0a], 3, header::SERIAL_NUMBER, &[]),
            (
                &[1, 3, 3, 0, 0x4e, 0x46, 5, 0x60],
                1,
                header::REPLY,
                &[0x4e, 0x46, 5],
            ),
            (&[3, 0, 1, 0xa3, 0x59], 3, header::TEST_HOPPER, &[]),
            (
                &[3, 1, 1, 0xa4, 0xa5, 0xb2],
                3,
                header::ENABLE_HOPPER,
                &[0xa5],
            ),
            (&[1, 0, 3, 0, 0xfc], 1, header::REPLY, &[]),
            (&[3, 0, 1, 0xa6, 0x56], 3, header::HOPPER_STATUS, &[]),
            (
                &[1, 4, 3, 0, 0, 0, 7, 3, 0xee],
                1,
                header::REPLY,
                &[0, 0, 7, 3],
            ),
            (
                &[3, 9, 1, 0xa7, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0x4b],
                3,
                header::DISPENSE_COINS,
                &[0, 0, 0, 0, 0, 0, 0, 0, 1],
            ),
        ];
        for (bytes, destination, header, data) in published {
            let frame = Frame::decode(bytes).unwrap();

            assert_eq!((frame.destination, frame.header), (destination, header));
            assert_eq!(frame.data, data);
            assert_eq!(frame.encode(), bytes);
        }
    }

    #[test]
    fn a_flipped_bit_is_noticed_and_a_cut_frame_waited_for() {
        let whole = Frame {
            destination: 1,
            source: 40,
            header: 0,
            data: vec![7, 1, 0],
        }
        .encode();

        for cut in 0..whole.len() {
            assert_eq!(Frame::decode(&whole[..cut]), Err(FrameFault::Incomplete));
        }
        for place in (0..whole.len()).filter(|place| *place != 1) {
            let mut damaged = whole.clone();
            damaged[place] ^= 0x10;
            assert_eq!(Frame::decode(&damaged), Err(FrameFault::Checksum));
        }
    }
}
