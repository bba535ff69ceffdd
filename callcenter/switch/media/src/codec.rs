//! Codecs: what travels as a payload and what is mixed, 20 ms of sound at a time.

mod concealment;
pub mod g711;
mod transcoding;

pub use concealment::Concealment;
pub use transcoding::{CodecFailed, Decoder, Encoder};

/// Samples a second of everything that is mixed.
pub const SAMPLE_RATE: u32 = 8_000;
/// Samples in the 20 ms of one packet.
pub const FRAME: usize = 160;

/// 20 ms of sound, 16-bit linear.
pub type Pcm = [i16; FRAME];

/// How a leg's sound is coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Codec {
    /// G.711 µ-law (RFC 3551 §4.5.14).
    Pcmu,
    /// G.711 A-law.
    Pcma,
    /// RFC 6716 in RTP as RFC 7587 says.
    Opus,
}

impl Codec {
    /// Units a second of the RTP clock; Opus counts 48,000 whatever it carries (RFC 7587 §4.1).
    pub const fn clock_rate(self) -> u32 {
        match self {
            Self::Pcmu | Self::Pcma => 8_000,
            Self::Opus => 48_000,
        }
    }

    /// Clock units of 20 ms.
    pub const fn step(self) -> u32 {
        self.clock_rate() / 50
    }
}
