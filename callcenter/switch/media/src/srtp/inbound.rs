//! Believes what was protected with the other end's key (RFC 3711 §3.3, §3.4).

use crate::{
    rtp::{Packet, payload_offset},
    srtp::{
        MasterKey, NotBelieved, Suite,
        cipher::{Cipher, Purpose},
        outbound::{CONTROL_CLEAR, CONTROL_ENCRYPTED, CONTROL_TAG},
        replay::ReplayWindow,
    },
};

/// Sources that are remembered; who has the key may change its source now and then.
const SOURCES_MAX: usize = 4;

/// One leg's incoming protection.
pub struct InboundSrtp {
    suite: Suite,
    rtp: Cipher,
    rtcp: Cipher,
    /// Only sources that proved to have the key, newest last.
    sources: Vec<(u32, ReplayWindow)>,
    control: Vec<(u32, ReplayWindow)>,
}

impl InboundSrtp {
    pub fn new(suite: Suite, master: &MasterKey) -> Self {
        Self {
            suite,
            rtp: Cipher::new(master, Purpose::Rtp),
            rtcp: Cipher::new(master, Purpose::Rtcp),
            sources: Vec::new(),
            control: Vec::new(),
        }
    }

    /// Decrypts an RTP packet in place and answers how many octets it has without proof.
    ///
    /// # Errors
    /// When it was altered, made without the key or seen before; nothing is remembered then.
    pub fn unprotect(&mut self, packet: &mut [u8]) -> Result<usize, NotBelieved> {
        let length = packet
            .len()
            .checked_sub(self.suite.tag())
            .ok_or(NotBelieved::Malformed)?;
        let (packet, tag) = packet.split_at_mut(length);
        let header = header(packet)?;
        let window = window(&self.sources, header.ssrc);
        let index = guess_index(window.newest(), header.sequence);
        if !window.is_new(index) {
            return Err(NotBelieved::Replayed);
        }
        // Whose first packets did not reach us may have wrapped already.
        let wrapped = index + 0x1_0000;
        let index = if self.is_proven(packet, tag, index) {
            index
        } else if window.newest().is_none() && self.is_proven(packet, tag, wrapped) {
            wrapped
        } else {
            return Err(NotBelieved::Forged);
        };
        note(&mut self.sources, header.ssrc, index);
        let start = payload_offset(packet).map_err(|_| NotBelieved::Malformed)?;
        let (_, payload) = packet.split_at_mut(start);
        self.rtp.apply(header.ssrc, index, payload);
        Ok(length)
    }

    fn is_proven(&self, packet: &[u8], tag: &[u8], index: u64) -> bool {
        let rollover = ((index >> 16) & 0xffff_ffff) as u32;
        self.rtp.is_proven(packet, &rollover.to_be_bytes(), tag)
    }

    /// Decrypts a control packet in place and answers how many octets it has in clear.
    ///
    /// # Errors
    /// As [`Self::unprotect`].
    pub fn unprotect_control(&mut self, packet: &mut [u8]) -> Result<usize, NotBelieved> {
        let signed = packet
            .len()
            .checked_sub(CONTROL_TAG)
            .ok_or(NotBelieved::Malformed)?;
        let (packet, tag) = packet.split_at_mut(signed);
        let (packet, number) = packet
            .split_last_chunk_mut::<4>()
            .ok_or(NotBelieved::Malformed)?;
        let number = u32::from_be_bytes(*number);
        let length = packet.len();
        let (clear, content) = packet
            .split_at_mut_checked(CONTROL_CLEAR)
            .ok_or(NotBelieved::Malformed)?;
        let (_, ssrc) = clear.split_last_chunk().ok_or(NotBelieved::Malformed)?;
        let ssrc = u32::from_be_bytes(*ssrc);
        let index = u64::from(number & !CONTROL_ENCRYPTED);
        if !window(&self.control, ssrc).is_new(index) {
            return Err(NotBelieved::Replayed);
        }
        let beside = [content as &[u8], &number.to_be_bytes()].concat();
        if !self.rtcp.is_proven(clear, &beside, tag) {
            return Err(NotBelieved::Forged);
        }
        note(&mut self.control, ssrc, index);
        if number & CONTROL_ENCRYPTED != 0 {
            self.rtcp.apply(ssrc, index, content);
        }
        Ok(length)
    }
}

fn header(packet: &[u8]) -> Result<crate::rtp::Header, NotBelieved> {
    // Padding is encrypted, too; it can be looked at only afterwards.
    let mut head = [0; 12];
    let first = packet.first_chunk::<12>().ok_or(NotBelieved::Malformed)?;
    head.copy_from_slice(first);
    payload_offset(packet).map_err(|_| NotBelieved::Malformed)?;
    if let Some(flags) = head.first_mut() {
        *flags = 0x80;
    }
    Packet::parse(&head)
        .map(|packet| packet.header)
        .map_err(|_| NotBelieved::Malformed)
}

fn window(sources: &[(u32, ReplayWindow)], ssrc: u32) -> ReplayWindow {
    let known = sources.iter().find(|(it, _)| *it == ssrc);
    known.map(|(_, window)| *window).unwrap_or_default()
}

fn note(sources: &mut Vec<(u32, ReplayWindow)>, ssrc: u32, index: u64) {
    let mut noted = window(sources, ssrc);
    noted.note(index);
    if let Some(known) = sources.iter_mut().find(|(it, _)| *it == ssrc) {
        known.1 = noted;
        return;
    }
    if sources.len() == SOURCES_MAX {
        sources.remove(0);
    }
    sources.push((ssrc, noted));
}

/// The whole number of a packet, from its sixteen bits and the newest (§3.3.1).
fn guess_index(newest: Option<u64>, sequence: u16) -> u64 {
    let Some(newest) = newest else {
        return u64::from(sequence);
    };
    let ahead = sequence
        .wrapping_sub((newest & 0xffff) as u16)
        .cast_signed();
    newest
        .checked_add_signed(i64::from(ahead))
        .unwrap_or(u64::from(sequence))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;
    use crate::{
        rtp::{Header, Report},
        srtp::OutboundSrtp,
    };

    fn master() -> MasterKey {
        MasterKey::from_slice(&(0..30).collect::<Vec<u8>>()).unwrap()
    }

    fn packet(sequence: u16) -> Vec<u8> {
        let mut bytes = Vec::new();
        let header = Header {
            marker: false,
            payload_type: 0,
            sequence,
            timestamp: 5,
            ssrc: 77,
        };
        header.write(&mut bytes);
        bytes.extend(b"nobody on the way hears this");
        bytes
    }

    #[test]
    fn what_is_protected_comes_out_over_the_wraps_of_the_numbers() {
        for suite in [Suite::HmacSha1_80, Suite::HmacSha1_32] {
            let mut out = OutboundSrtp::new(suite, &master());
            let mut inbound = InboundSrtp::new(suite, &master());
            for number in 65_000..200_000u32 {
                let clear = packet(number as u16);
                let mut sent = clear.clone();
                out.protect(&mut sent).unwrap();
                assert!(!sent.windows(6).any(|it| it == b"nobody"));

                let length = inbound.unprotect(&mut sent).unwrap();
                assert_eq!(sent[..length], clear);
            }
        }
    }

    #[test]
    fn who_wrapped_before_anything_reached_us_is_believed() {
        let mut out = OutboundSrtp::new(Suite::HmacSha1_32, &master());
        let mut inbound = InboundSrtp::new(Suite::HmacSha1_32, &master());
        let mut believed = 0;
        for number in 65_533..65_540u32 {
            let mut sent = packet(number as u16);
            out.protect(&mut sent).unwrap();
            // The first four are lost.
            if number >= 65_537 {
                believed += u32::from(inbound.unprotect(&mut sent).is_ok());
            }
        }

        assert_eq!(believed, 3);
    }

    #[test]
    fn what_came_before_does_not_come_again() {
        let mut out = OutboundSrtp::new(Suite::HmacSha1_80, &master());
        let mut inbound = InboundSrtp::new(Suite::HmacSha1_80, &master());
        let mut sent = packet(9);
        out.protect(&mut sent).unwrap();

        assert!(inbound.unprotect(&mut sent.clone()).is_ok());
        assert_eq!(inbound.unprotect(&mut sent), Err(NotBelieved::Replayed));
    }

    #[test]
    fn reports_are_protected_too() {
        let mut out = OutboundSrtp::new(Suite::HmacSha1_32, &master());
        let mut inbound = InboundSrtp::new(Suite::HmacSha1_32, &master());
        let clear = Report {
            ssrc: 7,
            sender: None,
            block: None,
        }
        .write("minwon");
        let mut sent = clear.clone();
        out.protect_control(&mut sent).unwrap();
        assert_eq!(sent.len(), clear.len() + 14);
        let mut altered = sent.clone();
        altered[9] ^= 1;

        assert_eq!(
            inbound.unprotect_control(&mut altered),
            Err(NotBelieved::Forged)
        );
        let mut again = sent.clone();
        let length = inbound.unprotect_control(&mut again).unwrap();
        assert_eq!(again[..length], clear);
        assert_eq!(
            inbound.unprotect_control(&mut sent),
            Err(NotBelieved::Replayed)
        );
    }

    #[test]
    fn strangers_sources_are_not_remembered() {
        let mut inbound = InboundSrtp::new(Suite::HmacSha1_80, &master());
        for number in 0..1_000 {
            let mut forged = packet(number);
            forged.extend([0; 10]);
            assert_eq!(inbound.unprotect(&mut forged), Err(NotBelieved::Forged));
        }

        assert!(inbound.sources.is_empty());
    }

    proptest! {
        #[test]
        fn one_altered_bit_is_found_out(bit in 0usize..(40 + 10) * 8) {
            let mut out = OutboundSrtp::new(Suite::HmacSha1_80, &master());
            let mut inbound = InboundSrtp::new(Suite::HmacSha1_80, &master());
            let mut sent = packet(9);
            out.protect(&mut sent).unwrap();
            sent[bit / 8] ^= 1 << (bit % 8);
            prop_assert!(inbound.unprotect(&mut sent).is_err());
        }

        #[test]
        fn whatever_arrives_is_believed_or_refused(mut bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let mut inbound = InboundSrtp::new(Suite::HmacSha1_80, &master());
            prop_assert!(inbound.unprotect(&mut bytes).is_err());
            prop_assert!(inbound.unprotect_control(&mut bytes).is_err());
        }
    }
}
