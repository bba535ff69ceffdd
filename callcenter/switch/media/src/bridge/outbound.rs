//! What goes to a leg: one continuous stream, whatever it carries.

use crate::{
    bridge::inbound::Frame,
    codec::{Codec, CodecFailed, Encoder, FRAME, Pcm},
    digits::{DigitPacket, DigitSender, EventPayload, NotADigit, key_sound},
    mixing::mix,
    plane::Remote,
    rtp::{Block, Header, OutgoingStream, Report, SenderInfo},
    srtp::OutboundSrtp,
};

/// Who reports; the same everywhere, so that it tells nobody anything (RFC 7022).
const CANONICAL_NAME: &str = "minwon";
/// Header, 20 ms of G.711 and a proof.
const PACKET_ROOM: usize = 12 + FRAME + 10;

pub(super) struct Outbound {
    stream: OutgoingStream,
    codec: Codec,
    payload_type: u8,
    digits_type: Option<u8>,
    encoder: Encoder,
    srtp: Option<OutboundSrtp>,
    digits: DigitSender,
}

impl Outbound {
    pub(super) fn new(random: [u8; 10]) -> Self {
        Self {
            stream: OutgoingStream::new(random, Codec::Pcmu.step()),
            codec: Codec::Pcmu,
            payload_type: 0,
            digits_type: None,
            encoder: Encoder::MuLaw,
            srtp: None,
            digits: DigitSender::default(),
        }
    }

    /// Takes over what was agreed on; the stream goes on. `keys_changed` begins a new protection.
    pub(super) fn connect(
        &mut self,
        remote: &Remote,
        keys_changed: bool,
    ) -> Result<(), CodecFailed> {
        if self.codec != remote.codec {
            self.encoder = Encoder::new(remote.codec)?;
            self.codec = remote.codec;
            self.stream.set_step(remote.codec.step());
        }
        self.payload_type = remote.payload_type;
        self.digits_type = remote.digits;
        if keys_changed {
            let keys = remote.srtp.as_ref();
            self.srtp = keys.map(|keys| OutboundSrtp::new(keys.suite, &keys.outbound));
        }
        Ok(())
    }

    pub(super) fn press(&mut self, digits: &str) -> Result<(), NotADigit> {
        self.digits.press(digits)
    }

    /// The packet of these 20 ms: a digit, or what is heard and played.
    pub(super) fn packet(&mut self, heard: &[&Frame], played: Option<&Pcm>) -> Option<Vec<u8>> {
        let digit = self.digits.next(self.stream.timestamp(), self.codec.step());
        let packet = match (digit, self.digits_type) {
            (Some(digit), Some(kind)) => Some(self.digit(kind, digit)),
            (Some(digit), None) => self.sound(&[], Some(&self.key_sound(&digit))),
            (None, _) => self.sound(heard, played),
        };
        self.stream.advance();
        self.protected(packet?)
    }

    /// Time passes, and nothing may be sent.
    pub(super) fn rest(&mut self) {
        self.stream.pause();
        self.stream.advance();
    }

    /// A report; `ntp` is now.
    pub(super) fn report(&mut self, ntp: u64, block: Option<Block>) -> Option<Vec<u8>> {
        let (packets, octets) = self.stream.sent();
        let sender = SenderInfo {
            ntp,
            rtp_timestamp: self.stream.timestamp(),
            packets,
            octets,
        };
        let report = Report {
            ssrc: self.stream.ssrc(),
            sender: (packets > 0).then_some(sender),
            block,
        };
        let mut bytes = report.write(CANONICAL_NAME);
        if let Some(srtp) = &mut self.srtp {
            srtp.protect_control(&mut bytes).ok()?;
        }
        Some(bytes)
    }

    pub(super) fn ssrc(&self) -> u32 {
        self.stream.ssrc()
    }

    pub(super) fn sent(&self) -> u64 {
        u64::from(self.stream.sent().0)
    }

    pub(super) fn clock_rate(&self) -> u32 {
        self.codec.clock_rate()
    }

    fn digit(&mut self, kind: u8, digit: DigitPacket) -> Vec<u8> {
        let header = self
            .stream
            .digit(kind, digit.marker, digit.timestamp, EventPayload::OCTETS);
        let mut packet = Vec::with_capacity(PACKET_ROOM);
        header.write(&mut packet);
        packet.extend(digit.event.to_bytes());
        packet
    }

    /// A key that goes as sound: tones while it is down, then silence.
    fn key_sound(&self, digit: &DigitPacket) -> Pcm {
        if digit.event.ended {
            return [0; FRAME];
        }
        let passed = self.stream.timestamp().wrapping_sub(digit.timestamp);
        let frames = passed.checked_div(self.codec.step()).unwrap_or_default();
        key_sound(digit.event.code, frames as usize * FRAME)
    }

    fn sound(&mut self, heard: &[&Frame], played: Option<&Pcm>) -> Option<Vec<u8>> {
        let mut packet = Vec::with_capacity(PACKET_ROOM);
        packet.resize(12, 0);
        match (heard, played) {
            ([only], None) if only.codec == self.codec && only.payload.is_some() => {
                packet.extend(only.payload.as_ref()?);
            }
            // The far end makes up what did not come better than we, who hear 8 kHz of it.
            ([only], None) if only.codec == Codec::Opus && self.codec == Codec::Opus => {
                self.stream.pause();
                return None;
            }
            ([only], None) => self.encode(&only.pcm, &mut packet)?,
            ([], None) => self.encode(&[0; FRAME], &mut packet)?,
            (heard, played) => {
                let frames = heard.iter().map(|frame| &frame.pcm);
                let mixed = mix(frames.chain(played));
                self.encode(&mixed, &mut packet)?;
            }
        }
        let header = self.stream.sound(self.payload_type, packet.len() - 12);
        put_header(&header, &mut packet);
        Some(packet)
    }

    fn encode(&mut self, pcm: &Pcm, packet: &mut Vec<u8>) -> Option<()> {
        self.encoder.encode(pcm, packet).ok()
    }

    fn protected(&mut self, mut packet: Vec<u8>) -> Option<Vec<u8>> {
        if let Some(srtp) = &mut self.srtp {
            srtp.protect(&mut packet).ok()?;
        }
        Some(packet)
    }
}

fn put_header(header: &Header, packet: &mut [u8]) {
    let mut head = Vec::with_capacity(12);
    header.write(&mut head);
    for (place, octet) in packet.iter_mut().zip(head) {
        *place = octet;
    }
}
