//! What each step costs by itself, without sockets.

use std::{
    fs,
    hint::black_box,
    io::{self, Write},
    net::SocketAddr,
    time::{Duration, Instant},
};

use media::{
    bridge::{Bridge, Channel, Input},
    codec::{Codec, Decoder, Encoder, FRAME, Pcm},
    mixing::{Hearing, mix},
    plane::{Direction, LegId, RecordingId, Remote, SourceRule},
    recording::{Listener, RecordingFile, Shelf},
    rtp::Header,
    srtp::{InboundSrtp, MasterKey, OutboundSrtp, Suite},
};

const ROUNDS: u32 = 20_000;
/// What is measured lasts so long.
const LEAST_MICROS: f64 = 300_000.0;
const BRIDGED: u16 = 1_000;

pub(crate) fn print(out: &mut impl Write) -> io::Result<()> {
    let voice: Pcm = std::array::from_fn(|index| ((index as f64 * 0.55).sin() * 8_000.0) as i16);
    for codec in [Codec::Pcmu, Codec::Pcma, Codec::Opus] {
        let mut encoder = Encoder::new(codec).map_err(io::Error::other)?;
        let mut decoder = Decoder::new(codec).map_err(io::Error::other)?;
        let mut payload = Vec::new();
        encoder
            .encode(&voice, &mut payload)
            .map_err(io::Error::other)?;
        let encoding = micros(ROUNDS / 10, || {
            encoder.encode(black_box(&voice), &mut Vec::new()).is_ok()
        });
        let decoding = micros(ROUNDS / 10, || {
            decoder.decode(black_box(&payload), &mut Vec::new()).is_ok()
        });
        writeln!(
            out,
            "{codec:?}: 20 ms encoded in {encoding:.2} µs, decoded in {decoding:.2} µs"
        )?;
    }
    let mixing = micros(ROUNDS, || mix([&voice, &voice, &voice].into_iter()));
    writeln!(out, "three legs mixed in {mixing:.2} µs")?;
    protection(out)?;
    sealing(out)?;
    writeln!(
        out,
        "bridge alone, {BRIDGED} calls: {:.2} µs a packet",
        bridging()
    )
}

fn protection(out: &mut impl Write) -> io::Result<()> {
    let key = MasterKey::from_slice(&[7; MasterKey::OCTETS]).map_err(io::Error::other)?;
    let mut outbound = OutboundSrtp::new(Suite::HmacSha1_80, &key);
    let mut inbound = InboundSrtp::new(Suite::HmacSha1_80, &key);
    let mut sequence = 0u16;
    let mut believed = 0u32;
    let both = micros(ROUNDS, || {
        sequence = sequence.wrapping_add(1);
        let mut packet = packet(sequence, 1);
        let protected = outbound.protect(&mut packet).is_ok();
        believed += u32::from(protected && inbound.unprotect(&mut packet).is_ok());
    });
    writeln!(
        out,
        "SRTP: protected and unprotected in {both:.2} µs ({believed} packets believed)"
    )
}

fn sealing(out: &mut impl Write) -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let shelf = Shelf::new(folder.path().to_owned(), &Listener::generate().recipient())
        .map_err(io::Error::other)?;
    let mut file = RecordingFile::begin(&shelf, RecordingId(1), Duration::ZERO)?;
    let piece = vec![0x55; 8_000];
    let mut written = 0;
    let each = micros(1_000, || written += u32::from(file.sound(&piece).is_ok()));
    writeln!(
        out,
        "recording: half a second sealed and written in {each:.0} µs ({written} pieces)"
    )
}

/// Microseconds for one packet through the machine: taken, heard, sent.
fn bridging() -> f64 {
    let start = Instant::now();
    let far: SocketAddr = ([127, 0, 0, 1], 9).into();
    let mut bridge = Bridge::new(0, start);
    for call in 0..u64::from(BRIDGED) {
        let legs = [LegId(2 * call), LegId(2 * call + 1)];
        for leg in legs {
            bridge.handle(
                Input::Open {
                    leg,
                    random: [leg.0 as u8; 10],
                },
                start,
            );
            bridge.handle(
                Input::Connect {
                    leg,
                    remote: Box::new(remote(far)),
                },
                start,
            );
        }
        for (leg, sources) in Hearing::conference(legs).rows() {
            bridge.handle(
                Input::Hears {
                    leg,
                    sources: sources.clone(),
                },
                start,
            );
        }
    }
    let began = processor_micros();
    let mut commands = 0u64;
    for frame in 0..200u16 {
        let now = start + Duration::from_millis(20) * u32::from(frame);
        for leg in 0..2 * u64::from(BRIDGED) {
            let mut bytes = packet(frame, leg as u32);
            let input = Input::Packet {
                leg: LegId(leg),
                channel: Channel::Rtp,
                from: far,
                bytes: &mut bytes,
            };
            bridge.handle(input, now);
        }
        for phase in 0..10 {
            bridge.handle_timeout(now + Duration::from_millis(2) * phase);
            while bridge.poll_command().is_some() {
                commands += 1;
            }
        }
    }
    (processor_micros() - began) / commands as f64
}

fn packet(sequence: u16, ssrc: u32) -> Vec<u8> {
    let mut packet = Vec::with_capacity(12 + FRAME + 10);
    let timestamp = u32::from(sequence) * 160;
    Header {
        marker: false,
        payload_type: 0,
        sequence,
        timestamp,
        ssrc,
    }
    .write(&mut packet);
    packet.extend([0x55; FRAME]);
    packet
}

fn remote(address: SocketAddr) -> Remote {
    Remote {
        address,
        codec: Codec::Pcmu,
        payload_type: 0,
        digits: None,
        srtp: None,
        direction: Direction::SendReceive,
        source: SourceRule::SignaledHost,
    }
}

/// Of processor time, so that the machine's other work is not measured.
fn micros<T>(rounds: u32, mut step: impl FnMut() -> T) -> f64 {
    let began = processor_micros();
    let mut all = 0;
    // The count moves with the scheduler's ticks.
    while all < rounds || processor_micros() - began < LEAST_MICROS {
        for _ in 0..rounds {
            black_box(step());
        }
        all += rounds;
    }
    (processor_micros() - began) / f64::from(all)
}

/// This thread's, from the scheduler's own count in nanoseconds; not a number where it keeps none.
fn processor_micros() -> f64 {
    let count = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = count
        .split_whitespace()
        .next()
        .and_then(|it| it.parse::<f64>().ok());
    nanos.map_or(f64::NAN, |nanos| nanos / 1e3)
}
