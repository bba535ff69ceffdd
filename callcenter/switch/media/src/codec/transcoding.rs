//! Payloads into samples and back.

use std::panic::{AssertUnwindSafe, catch_unwind};

use ropus::{Application, Bitrate, Channels, DecodeMode};

use crate::codec::{
    Codec, Concealment, FRAME, Pcm, SAMPLE_RATE,
    g711::{FROM_A_LAW, FROM_MU_LAW, to_a_law, to_mu_law},
};

/// 120 ms, the longest packet Opus has (RFC 6716 §3.2.5); G.711 is held to it, too.
const SAMPLES_MAX: usize = 6 * FRAME;
/// Room for one encoded frame at the rate below, many times over.
const OCTETS_MAX: usize = 400;
const OPUS_BITS_PER_SECOND: u32 = 24_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodecFailed {
    #[error("an Opus codec cannot be made")]
    Init,
    #[error("a payload is not what its codec says")]
    Payload,
    #[error("a frame cannot be encoded")]
    Encode,
}

/// One stream's decoder, with what it remembers of the past.
pub enum Decoder {
    MuLaw(Box<Concealment>),
    ALaw(Box<Concealment>),
    /// Decodes at 8 kHz, whatever was sent: Opus needs no resampler for that (RFC 6716 §4).
    Opus(Box<ropus::Decoder>),
}

impl Decoder {
    /// # Errors
    /// When Opus cannot be had.
    pub fn new(codec: Codec) -> Result<Self, CodecFailed> {
        Ok(match codec {
            Codec::Pcmu => Self::MuLaw(Box::default()),
            Codec::Pcma => Self::ALaw(Box::default()),
            Codec::Opus => Self::Opus(Box::new(
                ropus::Decoder::new(SAMPLE_RATE, Channels::Mono).map_err(|_| CodecFailed::Init)?,
            )),
        })
    }

    /// Appends a payload's samples.
    ///
    /// # Errors
    /// When the payload is none, or longer than 120 ms; then nothing is appended.
    pub fn decode(&mut self, payload: &[u8], samples: &mut Vec<i16>) -> Result<(), CodecFailed> {
        if payload.is_empty() || payload.len() > SAMPLES_MAX {
            return Err(CodecFailed::Payload);
        }
        match self {
            Self::MuLaw(concealment) => by_table(&FROM_MU_LAW, payload, concealment, samples),
            Self::ALaw(concealment) => by_table(&FROM_A_LAW, payload, concealment, samples),
            Self::Opus(decoder) => {
                let mut room = [0; SAMPLES_MAX];
                // One stranger's packet must not end everybody's call, whatever is wrong with the codec.
                let decoded = catch_unwind(AssertUnwindSafe(|| {
                    decoder.decode(payload, &mut room, DecodeMode::Normal)
                }));
                let count = decoded
                    .ok()
                    .and_then(Result::ok)
                    .ok_or(CodecFailed::Payload)?;
                samples.extend(room.iter().take(count));
            }
        }
        Ok(())
    }

    /// Appends 20 ms made up from the past.
    pub fn conceal(&mut self, samples: &mut Vec<i16>) {
        match self {
            Self::MuLaw(concealment) | Self::ALaw(concealment) => {
                samples.extend(concealment.conceal())
            }
            Self::Opus(decoder) => {
                let mut room: Pcm = [0; FRAME];
                let decoded = catch_unwind(AssertUnwindSafe(|| {
                    decoder.decode(&[], &mut room, DecodeMode::Normal)
                }));
                if !matches!(decoded, Ok(Ok(FRAME))) {
                    room = [0; FRAME];
                }
                samples.extend(room);
            }
        }
    }
}

fn by_table(
    table: &[i16; 256],
    payload: &[u8],
    concealment: &mut Concealment,
    samples: &mut Vec<i16>,
) {
    let start = samples.len();
    samples.extend(payload.iter().map(|octet| table[usize::from(*octet)]));
    let Some(fresh) = samples.get_mut(start..) else {
        return;
    };
    for frame in fresh.chunks_exact_mut(FRAME) {
        if let Ok(frame) = frame.try_into() {
            concealment.heard(frame);
        }
    }
}

/// One stream's encoder.
pub enum Encoder {
    MuLaw,
    ALaw,
    Opus(Box<ropus::Encoder>),
}

impl Encoder {
    /// # Errors
    /// When Opus cannot be had.
    pub fn new(codec: Codec) -> Result<Self, CodecFailed> {
        Ok(match codec {
            Codec::Pcmu => Self::MuLaw,
            Codec::Pcma => Self::ALaw,
            Codec::Opus => Self::Opus(Box::new(
                ropus::Encoder::builder(SAMPLE_RATE, Channels::Mono, Application::Voip)
                    .bitrate(Bitrate::Bits(OPUS_BITS_PER_SECOND))
                    .complexity(5)
                    .build()
                    .map_err(|_| CodecFailed::Init)?,
            )),
        })
    }

    /// Appends 20 ms as a payload.
    ///
    /// # Errors
    /// When Opus refuses; then nothing is appended.
    pub fn encode(&mut self, frame: &Pcm, out: &mut Vec<u8>) -> Result<(), CodecFailed> {
        match self {
            Self::MuLaw => out.extend(frame.map(to_mu_law)),
            Self::ALaw => out.extend(frame.map(to_a_law)),
            Self::Opus(encoder) => {
                let mut room = [0; OCTETS_MAX];
                let count = encoder
                    .encode(frame, &mut room)
                    .map_err(|_| CodecFailed::Encode)?;
                out.extend(room.iter().take(count));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;
    use crate::mixing::{Level, tone_share};

    fn tone(hertz: f64, frame: usize) -> Pcm {
        std::array::from_fn(|index| {
            let time = (frame * FRAME + index) as f64 / f64::from(SAMPLE_RATE);
            ((time * hertz * std::f64::consts::TAU).sin() * 8_000.0) as i16
        })
    }

    #[test]
    fn a_tone_survives_every_codec() {
        for codec in [Codec::Pcmu, Codec::Pcma, Codec::Opus] {
            let mut encoder = Encoder::new(codec).unwrap();
            let mut decoder = Decoder::new(codec).unwrap();
            let mut heard = Vec::new();
            for frame in 0..50 {
                let mut payload = Vec::new();
                encoder.encode(&tone(700.0, frame), &mut payload).unwrap();
                decoder.decode(&payload, &mut heard).unwrap();
            }

            assert_eq!(heard.len(), 50 * FRAME, "{codec:?}");
            let share = tone_share(&heard[10 * FRAME..], 700.0);
            assert!(share > 0.9, "{codec:?}: {share}");
            assert!(Level::of(&heard[10 * FRAME..]).dbov() > -20.0);
        }
    }

    #[test]
    fn a_payload_that_is_too_long_or_empty_is_refused() {
        for codec in [Codec::Pcmu, Codec::Pcma, Codec::Opus] {
            let mut decoder = Decoder::new(codec).unwrap();
            let mut heard = Vec::new();
            assert_eq!(decoder.decode(&[], &mut heard), Err(CodecFailed::Payload));
            assert_eq!(
                decoder.decode(&[0; SAMPLES_MAX + 1], &mut heard),
                Err(CodecFailed::Payload)
            );
            decoder.conceal(&mut heard);
            assert_eq!(heard.len(), FRAME);
        }
    }

    proptest! {
        #[test]
        fn whatever_comes_as_opus_is_decoded_or_refused(payloads in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 1..200), 1..8)) {
            let mut decoder = Decoder::new(Codec::Opus).unwrap();
            for payload in payloads {
                let mut heard = Vec::new();
                let decoded = decoder.decode(&payload, &mut heard);
                prop_assert!(heard.len() <= SAMPLES_MAX);
                prop_assert_eq!(decoded.is_err(), heard.is_empty());
            }
        }
    }
}
