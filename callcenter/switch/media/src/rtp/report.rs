//! Sender and receiver reports (RFC 3550 §6.4), for how good a call is.

const SENDER_REPORT: u8 = 200;
const RECEIVER_REPORT: u8 = 201;
const SOURCE_DESCRIPTION: u8 = 202;
const CNAME: u8 = 1;
const BLOCK: usize = 24;

/// A report, with what it says of one stream. Others' further blocks are not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// Who reports.
    pub ssrc: u32,
    /// Present in a sender's report.
    pub sender: Option<SenderInfo>,
    pub block: Option<Block>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SenderInfo {
    /// Wall clock as NTP tells it: seconds since 1900 and 2⁻³² seconds.
    pub ntp: u64,
    /// The same moment on the stream's clock.
    pub rtp_timestamp: u32,
    pub packets: u32,
    pub octets: u32,
}

/// What a receiver says of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Whose stream.
    pub ssrc: u32,
    /// In 256ths, since the report before.
    pub fraction_lost: u8,
    /// Since the stream began; 24 bits with sign.
    pub lost: i32,
    pub highest_sequence: u32,
    /// In clock units.
    pub jitter: u32,
    /// The middle of the last sender's report's NTP time ([`ntp_middle`]), or zero.
    pub last_sender_report: u32,
    /// Since that report, in 2⁻¹⁶ seconds.
    pub delay_since: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a control packet is not an RTCP report")]
pub struct NotRtcp;

/// The middle 32 bits of an NTP time: 2⁻¹⁶ seconds, about eighteen hours round.
pub fn ntp_middle(ntp: u64) -> u32 {
    (ntp >> 16 & 0xffff_ffff) as u32
}

impl Report {
    /// Reads the first report of a compound packet.
    ///
    /// # Errors
    /// When there is none, or it is cut short.
    pub fn parse(bytes: &[u8]) -> Result<Self, NotRtcp> {
        let head: [u8; 8] = chunk(bytes, 0)?;
        let [first, kind, high, low, ..] = head;
        let length = 4 * (1 + usize::from(u16::from_be_bytes([high, low])));
        let body = bytes.get(..length).ok_or(NotRtcp)?;
        if first >> 6 != 2 {
            return Err(NotRtcp);
        }
        let (sender, blocks_at) = match kind {
            SENDER_REPORT => (Some(SenderInfo::parse(body)?), 28),
            RECEIVER_REPORT => (None, 8),
            _ => return Err(NotRtcp),
        };
        let block = match first & 0x1f {
            0 => None,
            _ => Some(Block::parse(body, blocks_at)?),
        };
        Ok(Self {
            ssrc: word(body, 4)?,
            sender,
            block,
        })
    }

    /// Writes the report and the sender's canonical name, which every compound packet
    /// must have (§6.1). `name` says nothing about a person or a machine.
    pub fn write(&self, name: &str) -> Vec<u8> {
        let kind = if self.sender.is_some() {
            SENDER_REPORT
        } else {
            RECEIVER_REPORT
        };
        let mut body = self.ssrc.to_be_bytes().to_vec();
        if let Some(sender) = &self.sender {
            body.extend(sender.ntp.to_be_bytes());
            for word in [sender.rtp_timestamp, sender.packets, sender.octets] {
                body.extend(word.to_be_bytes());
            }
        }
        if let Some(block) = &self.block {
            block.write(&mut body);
        }
        let mut out = Vec::with_capacity(body.len() + 40);
        append(&mut out, u8::from(self.block.is_some()), kind, &body);
        let mut description = self.ssrc.to_be_bytes().to_vec();
        let name: Vec<u8> = name.bytes().take(usize::from(u8::MAX)).collect();
        description.push(CNAME);
        description.push(name.len() as u8);
        description.extend(name);
        // At least one zero ends the list, and it fills the word.
        let filled = (description.len() / 4 + 1) * 4;
        description.resize(filled, 0);
        append(&mut out, 1, SOURCE_DESCRIPTION, &description);
        out
    }
}

impl SenderInfo {
    fn parse(body: &[u8]) -> Result<Self, NotRtcp> {
        Ok(Self {
            ntp: u64::from_be_bytes(chunk(body, 8)?),
            rtp_timestamp: word(body, 16)?,
            packets: word(body, 20)?,
            octets: word(body, 24)?,
        })
    }
}

impl Block {
    fn parse(body: &[u8], at: usize) -> Result<Self, NotRtcp> {
        let body = body.get(at..at + BLOCK).ok_or(NotRtcp)?;
        let lost = word(body, 4)?;
        Ok(Self {
            ssrc: word(body, 0)?,
            fraction_lost: (lost >> 24) as u8,
            // Spreads the sign of 24 bits.
            lost: (lost << 8).cast_signed() >> 8,
            highest_sequence: word(body, 8)?,
            jitter: word(body, 12)?,
            last_sender_report: word(body, 16)?,
            delay_since: word(body, 20)?,
        })
    }

    fn write(&self, out: &mut Vec<u8>) {
        let lost = self.lost.clamp(-0x80_0000, 0x7f_ffff).cast_unsigned() & 0xff_ffff;
        let share = u32::from(self.fraction_lost) << 24;
        for word in [
            self.ssrc,
            share | lost,
            self.highest_sequence,
            self.jitter,
            self.last_sender_report,
            self.delay_since,
        ] {
            out.extend(word.to_be_bytes());
        }
    }
}

fn append(out: &mut Vec<u8>, count: u8, kind: u8, body: &[u8]) {
    out.extend([0x80 | count, kind]);
    out.extend(((body.len() / 4) as u16).to_be_bytes());
    out.extend(body);
}

fn word(bytes: &[u8], at: usize) -> Result<u32, NotRtcp> {
    chunk(bytes, at).map(u32::from_be_bytes)
}

fn chunk<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], NotRtcp> {
    bytes
        .get(at..)
        .and_then(|rest| rest.first_chunk())
        .copied()
        .ok_or(NotRtcp)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_senders_report_is_written_as_it_is_read() {
        let report = Report {
            ssrc: 7,
            sender: Some(SenderInfo {
                ntp: 0x1122_3344_5566_7788,
                rtp_timestamp: 1,
                packets: 2,
                octets: 3,
            }),
            block: Some(Block {
                ssrc: 9,
                fraction_lost: 25,
                lost: -3,
                highest_sequence: 70_000,
                jitter: 12,
                last_sender_report: 5,
                delay_since: 6,
            }),
        };

        let bytes = report.write("minwon");

        assert_eq!(Report::parse(&bytes), Ok(report));
        assert_eq!(bytes.len() % 4, 0);
        assert_eq!(ntp_middle(0x1122_3344_5566_7788), 0x3344_5566);
        let without = Report {
            sender: None,
            block: None,
            ..report
        };
        assert_eq!(Report::parse(&without.write("")), Ok(without));
    }

    proptest! {
        #[test]
        fn whatever_arrives_is_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = Report::parse(&bytes);
        }

        #[test]
        fn a_report_cut_short_is_refused(cut in 0usize..52) {
            let report = Report {
                ssrc: 7,
                sender: Some(SenderInfo { ntp: 1, rtp_timestamp: 1, packets: 2, octets: 3 }),
                block: Some(Block { ssrc: 9, fraction_lost: 0, lost: 0, highest_sequence: 0, jitter: 0, last_sender_report: 0, delay_since: 0 }),
            };
            prop_assert_eq!(Report::parse(&report.write("x")[..cut]), Err(NotRtcp));
        }
    }
}
