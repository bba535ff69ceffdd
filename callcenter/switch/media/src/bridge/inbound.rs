//! What comes from a leg: packets in, 20 ms of sound out.

use std::time::{Duration, Instant};

use crate::{
    codec::{Codec, CodecFailed, Decoder, FRAME, Pcm},
    digits::{EventPayload, PressTracker},
    plane::Remote,
    rtp::{Arrival, Block, Inserted, JitterBuffer, Packet, Reception, SequenceTracker, Taken},
    srtp::InboundSrtp,
};

/// Comfort noise (RFC 3389), which gateways send in place of silence.
const COMFORT_NOISE: u8 = 13;
/// After so long without a packet another source may take the present one's place.
const SOURCE_GONE_AFTER: Duration = Duration::from_millis(100);
/// Frames that are made up in a row; then there is silence.
const CONCEALED_MAX: u32 = 8;
/// Timestamps are counted from here, so that an earlier one has a place, too.
const CLOCK_BEGIN: u64 = 1 << 33;

/// 20 ms of what a leg says.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub(super) pcm: Pcm,
    /// As it came, when it came whole: who has the same codec is sent that.
    pub(super) payload: Option<Vec<u8>>,
    pub(super) codec: Codec,
    /// Something came or is made up for what should have.
    pub(super) heard: bool,
}

/// Why a packet was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    Malformed,
    NotProven,
    WrongKind,
    WrongSource,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub(super) late: u64,
    pub(super) concealed: u64,
}

pub(super) struct Inbound {
    codec: Codec,
    payload_type: u8,
    digits: Option<u8>,
    srtp: Option<InboundSrtp>,
    decoder: Decoder,
    numbers: SequenceTracker,
    /// Since the source began.
    reception: Option<Reception>,
    /// Of sources before the present one: received and lost.
    before: (u64, u64),
    buffer: JitterBuffer,
    /// The last timestamp, as it came and without wraps.
    clock: Option<(u32, u64)>,
    last_at: Option<Instant>,
    presses: PressTracker,
    /// Decoded and not yet heard.
    samples: Vec<i16>,
    /// Frames without anything in a row.
    missing: u32,
    pub(super) counts: Counts,
}

impl Inbound {
    /// `srtp` is the protection of before, where its keys are still good: it knows how often
    /// the numbers have wrapped.
    pub(super) fn new(remote: &Remote, srtp: Option<InboundSrtp>) -> Result<Self, CodecFailed> {
        Ok(Self {
            codec: remote.codec,
            payload_type: remote.payload_type,
            digits: remote.digits,
            srtp: srtp.or_else(|| {
                let keys = remote.srtp.as_ref()?;
                Some(InboundSrtp::new(keys.suite, &keys.inbound))
            }),
            decoder: Decoder::new(remote.codec)?,
            numbers: SequenceTracker::default(),
            reception: None,
            before: (0, 0),
            buffer: JitterBuffer::default(),
            clock: None,
            last_at: None,
            presses: PressTracker::default(),
            samples: Vec::new(),
            missing: CONCEALED_MAX,
            counts: Counts::default(),
        })
    }

    /// Takes a packet; keys that were newly pressed are added to `pressed`.
    pub(super) fn receive(
        &mut self,
        bytes: &mut [u8],
        now: Instant,
        pressed: &mut Vec<char>,
    ) -> Result<(), Refused> {
        let length = match &mut self.srtp {
            Some(srtp) => srtp.unprotect(bytes).map_err(|_| Refused::NotProven)?,
            None => bytes.len(),
        };
        let (bytes, _) = bytes.split_at(length);
        let Packet { header, payload } = Packet::parse(bytes).map_err(|_| Refused::Malformed)?;
        let is_digit = self.digits == Some(header.payload_type);
        let is_sound = self.payload_type == header.payload_type && !is_digit;
        if !is_digit && !is_sound && header.payload_type != COMFORT_NOISE {
            return Err(Refused::WrongKind);
        }
        let gone = |at: Instant| now.saturating_duration_since(at) >= SOURCE_GONE_AFTER;
        let may_change = self.last_at.is_none_or(gone);
        let number = match self
            .numbers
            .arrive(header.ssrc, header.sequence, may_change)
        {
            Arrival::Astray => return Err(Refused::WrongSource),
            Arrival::Known(number) => number,
            Arrival::Started(number) => {
                self.start(number, now);
                number
            }
        };
        self.last_at = Some(now);
        let sent = self.unwrapped(header.timestamp);
        if let Some(reception) = &mut self.reception {
            reception.arrived(number, header.timestamp, now);
        }
        if is_digit {
            let events = EventPayload::parse_all(payload).map_err(|_| Refused::Malformed)?;
            self.presses.handle(
                header.ssrc,
                header.timestamp,
                header.marker,
                events,
                pressed,
            );
        }
        let sound = is_sound.then(|| payload.to_vec());
        if self.buffer.insert(number, sound, sent, now) == Inserted::Late {
            self.counts.late += 1;
        }
        Ok(())
    }

    /// What is to go on when everything else begins anew.
    pub(super) fn into_srtp(self) -> Option<InboundSrtp> {
        self.srtp
    }

    /// Decrypts a report.
    pub(super) fn open_report<'a>(&mut self, bytes: &'a mut [u8]) -> Option<&'a [u8]> {
        let length = match &mut self.srtp {
            Some(srtp) => srtp.unprotect_control(bytes).ok()?,
            None => bytes.len(),
        };
        bytes.get(..length)
    }

    /// The next 20 ms.
    pub(super) fn say(&mut self, now: Instant) -> Frame {
        let mut payload = None;
        let mut heard = !self.samples.is_empty();
        while self.samples.len() < FRAME {
            let at_once = self.samples.is_empty();
            match self.buffer.take(now) {
                Taken::Sound(sound) => {
                    heard = true;
                    self.missing = 0;
                    if self.decoder.decode(&sound, &mut self.samples).is_err() {
                        self.conceal();
                    } else if at_once && self.samples.len() == FRAME {
                        payload = Some(sound);
                    }
                }
                Taken::Quiet => {
                    heard = true;
                    self.missing = 0;
                    self.samples.resize(FRAME, 0);
                }
                Taken::Lost => {
                    heard = true;
                    self.conceal();
                }
                Taken::Nothing if self.missing < CONCEALED_MAX => {
                    heard = true;
                    self.missing += 1;
                    self.conceal();
                }
                Taken::Nothing => self.samples.resize(FRAME, 0),
            }
        }
        let mut pcm = [0; FRAME];
        for (place, sample) in pcm.iter_mut().zip(self.samples.drain(..FRAME)) {
            *place = sample;
        }
        Frame {
            pcm,
            payload,
            codec: self.codec,
            heard,
        }
    }

    /// For a report about what came; none before anything did.
    pub(super) fn block(&mut self) -> Option<Block> {
        let reception = self.reception.as_mut()?;
        Some(Block {
            ssrc: self.numbers.ssrc()?,
            fraction_lost: reception.fraction_lost(),
            lost: i32::try_from(reception.lost()).unwrap_or(i32::MAX),
            highest_sequence: reception.highest(),
            jitter: reception.jitter(),
            last_sender_report: 0,
            delay_since: 0,
        })
    }

    /// Received and lost since the leg was connected.
    pub(super) fn totals(&self) -> (u64, u64) {
        let (received, lost) = self.before;
        let now = self.reception.as_ref();
        (
            received + now.map_or(0, Reception::received),
            lost + now.map_or(0, Reception::lost),
        )
    }

    pub(super) fn jitter(&self) -> Duration {
        self.reception
            .as_ref()
            .map_or(Duration::ZERO, Reception::jitter_time)
    }

    pub(super) fn delay(&self) -> Duration {
        self.buffer.delay()
    }

    fn start(&mut self, number: u64, now: Instant) {
        self.before = self.totals();
        self.reception = Some(Reception::new(self.codec.clock_rate(), number, now));
        self.buffer = JitterBuffer::default();
        self.clock = None;
    }

    fn conceal(&mut self) {
        self.counts.concealed += 1;
        self.decoder.conceal(&mut self.samples);
    }

    fn unwrapped(&mut self, timestamp: u32) -> Duration {
        let (last, count) = self.clock.unwrap_or((timestamp, CLOCK_BEGIN));
        let step = timestamp.wrapping_sub(last).cast_signed();
        let count = count.saturating_add_signed(i64::from(step));
        self.clock = Some((timestamp, count));
        Duration::from_micros(count * 1_000_000 / u64::from(self.codec.clock_rate()))
    }
}

impl Frame {
    /// What was spoken into a microphone.
    pub(super) fn spoken(pcm: Pcm) -> Self {
        Self {
            pcm,
            payload: None,
            // No packet's: whatever goes out is encoded from the samples.
            codec: Codec::Pcmu,
            heard: true,
        }
    }

    /// A leg that says nothing.
    pub(super) fn nothing() -> Self {
        Self {
            pcm: [0; FRAME],
            payload: None,
            codec: Codec::Pcmu,
            heard: false,
        }
    }
}
