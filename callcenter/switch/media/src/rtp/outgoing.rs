//! One continuous stream to one leg, whatever is played or bridged.

use crate::rtp::Header;

/// Source, numbers and clock of what is sent. Fields are random at the start
/// (RFC 3550 §5.1), so the caller brings the randomness.
#[derive(Clone, Debug)]
pub struct OutgoingStream {
    ssrc: u32,
    sequence: u16,
    timestamp: u32,
    /// Clock units in one packet.
    step: u32,
    silent_before: bool,
    packets: u32,
    octets: u32,
}

impl OutgoingStream {
    /// `step` is one packet's duration in units of the payload's clock.
    pub fn new(random: [u8; 10], step: u32) -> Self {
        let [a, b, c, d, e, f, g, h, i, j] = random;
        Self {
            ssrc: u32::from_be_bytes([a, b, c, d]),
            // In the lower half: who misses the first packets of a protected stream must not
            // miss a wrap, of which no packet tells (RFC 3711 §3.3.1).
            sequence: u16::from_be_bytes([e, f]) >> 1,
            timestamp: u32::from_be_bytes([g, h, i, j]),
            step,
            silent_before: true,
            packets: 0,
            octets: 0,
        }
    }

    /// The clock of another codec; source and numbers stay.
    pub fn set_step(&mut self, step: u32) {
        self.step = step;
    }

    /// Time passes: once for each packet's duration, sent or not.
    pub fn advance(&mut self) {
        self.timestamp = self.timestamp.wrapping_add(self.step);
    }

    /// What is now, in units of the payload's clock.
    pub fn timestamp(&self) -> u32 {
        self.timestamp
    }

    pub fn ssrc(&self) -> u32 {
        self.ssrc
    }

    /// Nothing is sent now; the next packet of sound begins a talkspurt.
    pub fn pause(&mut self) {
        self.silent_before = true;
    }

    /// The header of a packet of sound.
    pub fn sound(&mut self, payload_type: u8, octets: usize) -> Header {
        let marker = std::mem::take(&mut self.silent_before);
        self.header(payload_type, marker, self.timestamp, octets)
    }

    /// The header of a packet of a digit that began at `timestamp` (RFC 4733 §2.5.1.2).
    pub fn digit(
        &mut self,
        payload_type: u8,
        marker: bool,
        timestamp: u32,
        octets: usize,
    ) -> Header {
        self.silent_before = true;
        self.header(payload_type, marker, timestamp, octets)
    }

    /// Packets and octets of payload so far, as a sender's report counts them.
    pub fn sent(&self) -> (u32, u32) {
        (self.packets, self.octets)
    }

    fn header(&mut self, payload_type: u8, marker: bool, timestamp: u32, octets: usize) -> Header {
        let sequence = self.sequence;
        self.sequence = self.sequence.wrapping_add(1);
        self.packets = self.packets.wrapping_add(1);
        let octets = u32::try_from(octets).unwrap_or(u32::MAX);
        self.octets = self.octets.wrapping_add(octets);
        Header {
            marker,
            payload_type,
            sequence,
            timestamp,
            ssrc: self.ssrc,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn source_numbers_and_clock_go_on_through_sound_silence_and_digits() {
        let mut stream = OutgoingStream::new([0, 0, 0, 9, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 160);

        let first = stream.sound(0, 160);
        stream.advance();
        stream.pause();
        stream.advance();
        let second = stream.sound(8, 160);
        stream.advance();
        let start = stream.timestamp();
        let digit = stream.digit(101, true, start, 4);

        assert_eq!(
            (first.marker, first.sequence, first.timestamp),
            (true, 32_767, u32::MAX)
        );
        assert_eq!(
            (second.marker, second.sequence, second.timestamp),
            (true, 32_768, 319)
        );
        assert_eq!(
            (digit.sequence, digit.timestamp, digit.ssrc),
            (32_769, 479, 9)
        );
        assert_eq!(stream.sent(), (3, 324));
    }
}
