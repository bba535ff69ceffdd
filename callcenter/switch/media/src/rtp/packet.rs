//! One RTP packet (RFC 3550 §5.1), read in place and written.

/// Octets of a header without contributing sources.
const FIXED_HEADER: usize = 12;
const VERSION: u8 = 2;

/// What stands in front of the payload of a packet that is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    pub marker: bool,
    /// 0 to 127.
    pub payload_type: u8,
    pub sequence: u16,
    /// In units of the payload's clock.
    pub timestamp: u32,
    pub ssrc: u32,
}

/// A packet that was received; the payload still lies where it arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet<'a> {
    pub header: Header,
    /// Without padding.
    pub payload: &'a [u8],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotRtp {
    #[error("a packet is shorter than its header says")]
    Short,
    #[error("a packet is of RTP version {0}")]
    Version(u8),
    #[error("a packet has more padding than content")]
    Padding,
}

/// Whether a packet on a port that carries both is RTCP (RFC 5761 §4).
pub fn is_rtcp(bytes: &[u8]) -> bool {
    matches!(bytes.get(1), Some(192..=223))
}

impl<'a> Packet<'a> {
    /// # Errors
    /// When it is not RTP, or cut short.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, NotRtp> {
        let start = payload_offset(bytes)?;
        let mut payload = bytes.get(start..).ok_or(NotRtp::Short)?;
        let first = bytes.first().copied().ok_or(NotRtp::Short)?;
        if first & 0x20 != 0 {
            let padding = usize::from(payload.last().copied().ok_or(NotRtp::Padding)?);
            let kept = payload.len().checked_sub(padding).ok_or(NotRtp::Padding)?;
            if padding == 0 {
                return Err(NotRtp::Padding);
            }
            payload = payload.get(..kept).ok_or(NotRtp::Padding)?;
        }
        let second = bytes.get(1).copied().ok_or(NotRtp::Short)?;
        Ok(Self {
            header: Header {
                marker: second & 0x80 != 0,
                payload_type: second & 0x7f,
                sequence: u16::from_be_bytes(array(bytes, 2)?),
                timestamp: u32::from_be_bytes(array(bytes, 4)?),
                ssrc: u32::from_be_bytes(array(bytes, 8)?),
            },
            payload,
        })
    }
}

impl Header {
    /// Appends the header's twelve octets.
    pub fn write(&self, out: &mut Vec<u8>) {
        out.push(VERSION << 6);
        out.push(u8::from(self.marker) << 7 | self.payload_type & 0x7f);
        out.extend_from_slice(&self.sequence.to_be_bytes());
        out.extend_from_slice(&self.timestamp.to_be_bytes());
        out.extend_from_slice(&self.ssrc.to_be_bytes());
    }
}

/// Where the payload begins, behind contributing sources and extension.
///
/// # Errors
/// When it is not RTP, or cut short.
pub(crate) fn payload_offset(bytes: &[u8]) -> Result<usize, NotRtp> {
    let first = bytes.first().copied().ok_or(NotRtp::Short)?;
    if first >> 6 != VERSION {
        return Err(NotRtp::Version(first >> 6));
    }
    let mut offset = FIXED_HEADER + 4 * usize::from(first & 0x0f);
    if first & 0x10 != 0 {
        let words = u16::from_be_bytes(array(bytes, offset + 2)?);
        offset += 4 + 4 * usize::from(words);
    }
    if offset > bytes.len() {
        return Err(NotRtp::Short);
    }
    Ok(offset)
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], NotRtp> {
    bytes
        .get(at..)
        .and_then(|rest| rest.first_chunk())
        .copied()
        .ok_or(NotRtp::Short)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    const HEADER: Header = Header {
        marker: true,
        payload_type: 8,
        sequence: 0xfffe,
        timestamp: 0x8000_0001,
        ssrc: 0xdead_beef,
    };

    #[test]
    fn contributing_sources_extension_and_padding_are_not_heard() {
        let mut bytes = Vec::new();
        HEADER.write(&mut bytes);
        bytes[0] |= 0x20 | 0x10 | 2;
        bytes.extend([1; 8]);
        bytes.extend([0xbe, 0xde, 0, 1, 9, 9, 9, 9]);
        bytes.extend(b"voice");
        bytes.extend([0, 0, 3]);

        let packet = Packet::parse(&bytes).unwrap();

        assert_eq!((packet.header, packet.payload), (HEADER, &b"voice"[..]));
    }

    #[test]
    fn what_is_cut_short_or_padded_beyond_itself_is_refused() {
        let mut bytes = Vec::new();
        HEADER.write(&mut bytes);
        assert_eq!(Packet::parse(&bytes[..11]), Err(NotRtp::Short));
        bytes[0] = 0x42;
        assert_eq!(Packet::parse(&bytes), Err(NotRtp::Version(1)));
        bytes[0] = 0x81;
        assert_eq!(Packet::parse(&bytes), Err(NotRtp::Short));
        bytes[0] = 0x90;
        bytes.extend([0, 0, 0xff, 0xff]);
        assert_eq!(Packet::parse(&bytes), Err(NotRtp::Short));
        bytes[0] = 0xa0;
        assert_eq!(Packet::parse(&bytes), Err(NotRtp::Padding));
        bytes[15] = 0;
        assert_eq!(Packet::parse(&bytes), Err(NotRtp::Padding));
    }

    proptest! {
        #[test]
        fn whatever_arrives_is_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            if let Ok(packet) = Packet::parse(&bytes) {
                prop_assert!(packet.payload.len() + FIXED_HEADER <= bytes.len());
            }
        }

        #[test]
        fn what_was_written_is_read(marker: bool, payload_type in 0u8..128, sequence: u16, timestamp: u32, ssrc: u32,
                                    payload in proptest::collection::vec(any::<u8>(), 0..200)) {
            let header = Header { marker, payload_type, sequence, timestamp, ssrc };
            let mut bytes = Vec::new();
            header.write(&mut bytes);
            bytes.extend(&payload);
            prop_assert_eq!(Packet::parse(&bytes).unwrap(), Packet { header, payload: &payload });
        }
    }
}
