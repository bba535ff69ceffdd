//! Protects what is sent (RFC 3711 §3.3, §3.4).

use crate::{
    rtp::Packet,
    srtp::{
        MasterKey, NotBelieved, Suite,
        cipher::{Cipher, Purpose},
    },
};

/// The proof of a control packet, whatever the suite (RFC 4568 §6.2).
pub(super) const CONTROL_TAG: usize = 10;
/// Octets of a control packet that stay in clear: its header and who sent it.
pub(super) const CONTROL_CLEAR: usize = 8;
/// Says that a control packet is encrypted.
pub(super) const CONTROL_ENCRYPTED: u32 = 1 << 31;

/// One stream's protection; packets must come in the order of their numbers.
pub struct OutboundSrtp {
    suite: Suite,
    rtp: Cipher,
    rtcp: Cipher,
    rollover: u32,
    last: Option<u16>,
    control_index: u32,
}

impl OutboundSrtp {
    pub fn new(suite: Suite, master: &MasterKey) -> Self {
        Self {
            suite,
            rtp: Cipher::new(master, Purpose::Rtp),
            rtcp: Cipher::new(master, Purpose::Rtcp),
            rollover: 0,
            last: None,
            control_index: 0,
        }
    }

    /// Encrypts an RTP packet in place and appends its proof.
    ///
    /// # Errors
    /// When it is not RTP.
    pub fn protect(&mut self, packet: &mut Vec<u8>) -> Result<(), NotBelieved> {
        let start = crate::rtp::payload_offset(packet).map_err(|_| NotBelieved::Malformed)?;
        let header = Packet::parse(packet)
            .map_err(|_| NotBelieved::Malformed)?
            .header;
        if self.last.is_some_and(|last| header.sequence < last) {
            self.rollover = self.rollover.wrapping_add(1);
        }
        self.last = Some(header.sequence);
        let index = u64::from(self.rollover) << 16 | u64::from(header.sequence);
        let (_, payload) = packet.split_at_mut(start);
        self.rtp.apply(header.ssrc, index, payload);
        let proof = self.rtp.sign(packet, &self.rollover.to_be_bytes());
        packet.extend(proof.iter().take(self.suite.tag()));
        Ok(())
    }

    /// Encrypts a control packet in place and appends its number and proof.
    ///
    /// # Errors
    /// When it is too short to be one.
    pub fn protect_control(&mut self, packet: &mut Vec<u8>) -> Result<(), NotBelieved> {
        let (clear, content) = packet
            .split_at_mut_checked(CONTROL_CLEAR)
            .ok_or(NotBelieved::Malformed)?;
        let (_, ssrc) = clear.split_last_chunk().ok_or(NotBelieved::Malformed)?;
        self.rtcp.apply(
            u32::from_be_bytes(*ssrc),
            u64::from(self.control_index),
            content,
        );
        packet.extend((self.control_index | CONTROL_ENCRYPTED).to_be_bytes());
        self.control_index = (self.control_index + 1) & !CONTROL_ENCRYPTED;
        let proof = self.rtcp.sign(packet, &[]);
        packet.extend(proof.iter().take(CONTROL_TAG));
        Ok(())
    }
}
