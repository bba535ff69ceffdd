//! Judges that nobody here wrote: ffmpeg speaks and listens, sipp's captures press keys,
//! and age opens recordings.

#![allow(clippy::unwrap_used)]

mod ffmpeg;
#[allow(dead_code, reason = "each test needs a part of it")]
mod telephone;

use std::{collections::BTreeSet, fs, process::Command as Process, time::Duration};

use base64::{Engine, prelude::BASE64_STANDARD};
use ffmpeg::{Listener, Speaker, free_address};
use media::{
    bridge::{Bridge, Channel, Command, Input},
    codec::Codec,
    plane::{Event, LegId, MediaPlane, RecordingId, Remote},
    recording::{RecordingFile, Shelf},
    srtp::{MasterKey, SrtpKeys, Suite},
};
use privacy::Personal;
use telephone::{Office, remote, tone_share};

/// Each speaker has a tone of its own.
const TONES: [f64; 3] = [700.0, 1_100.0, 1_500.0];

fn hears(office: &mut Office, listener: LegId, speaker: LegId) {
    office
        .plane
        .hears(listener, BTreeSet::from([speaker]))
        .unwrap();
}

/// What is heard, without the time before it was.
fn assert_hears(heard: &[i16], hertz: f64) {
    assert!(heard.len() >= 12_000, "{} samples", heard.len());
    let behind = &heard[heard.len() - 8_000..];
    for tone in TONES {
        let share = tone_share(behind, tone);
        assert_eq!(
            share > 0.7,
            tone == hertz,
            "{share} of {tone} Hz, and {hertz} Hz was said"
        );
    }
}

#[test]
fn what_ffmpeg_says_in_each_codec_ffmpeg_hears_in_each_other() {
    let mut office = Office::open(None);
    let codecs = [Codec::Pcmu, Codec::Pcma, Codec::Opus];
    let mut speakers = Vec::new();
    for (place, (codec, hertz)) in codecs.into_iter().zip(TONES).enumerate() {
        let leg = LegId(place as u64);
        let to = office.plane.open(leg).unwrap();
        let address = free_address();
        office.plane.connect(leg, remote(address, codec)).unwrap();
        let speaker = Speaker::start(address, to, codec, hertz, None);
        speakers.push(speaker);
    }
    // The last one is sent what came as it came.
    let pairs = [
        (Codec::Pcmu, 2),
        (Codec::Opus, 1),
        (Codec::Pcma, 0),
        (Codec::Opus, 2),
    ];
    let mut listeners = Vec::new();
    for (place, (codec, speaker)) in pairs.into_iter().enumerate() {
        let leg = LegId(10 + place as u64);
        office.plane.open(leg).unwrap();
        let listener = Listener::new(codec, None);
        office
            .plane
            .connect(leg, remote(listener.address, codec))
            .unwrap();
        hears(&mut office, leg, LegId(speaker));
        listeners.push((listener, TONES[speaker as usize]));
    }
    office.wait_until(|plane| plane.figures().received > 300);
    let listening: Vec<_> = listeners
        .into_iter()
        .map(|(it, hertz)| (it.start(), hertz))
        .collect();

    for (listener, hertz) in listening {
        assert_hears(&listener.heard(), hertz);
    }
    assert_eq!(speakers.len(), 3);
}

#[test]
fn ffmpeg_believes_what_we_protect_and_we_what_it_protects() {
    // By the RFC's own name of the shorter suite ffmpeg proves reports with 32 bits; by this
    // one with the 80 of RFC 4568 §6.2.
    for (suite, name) in [
        (Suite::HmacSha1_80, "AES_CM_128_HMAC_SHA1_80"),
        (Suite::HmacSha1_32, "SRTP_AES128_CM_HMAC_SHA1_32"),
    ] {
        let mut office = Office::open(None);
        let octets = |first: u8| (first..first + 30).collect::<Vec<u8>>();
        let key = |first| MasterKey::from_slice(&octets(first)).unwrap();
        let crypto = |first| Some((name, BASE64_STANDARD.encode(octets(first))));
        let (said, heard) = (LegId(1), LegId(2));
        let to = office.plane.open(said).unwrap();
        let address = free_address();
        let keys = SrtpKeys {
            suite,
            outbound: key(1),
            inbound: key(40),
        };
        let protected = Remote {
            srtp: Some(keys),
            ..remote(address, Codec::Pcmu)
        };
        office.plane.connect(said, protected).unwrap();
        let _speaker = Speaker::start(address, to, Codec::Pcmu, 700.0, crypto(40));
        office.plane.open(heard).unwrap();
        let listener = Listener::new(Codec::Pcmu, crypto(80));
        let keys = SrtpKeys {
            suite,
            outbound: key(80),
            inbound: key(2),
        };
        let protected = Remote {
            srtp: Some(keys),
            ..remote(listener.address, Codec::Pcmu)
        };
        office.plane.connect(heard, protected).unwrap();
        hears(&mut office, heard, said);
        office.wait_until(|plane| plane.figures().received > 50);

        assert_hears(&listener.start().heard(), 700.0);

        office.plane.close(said).unwrap();
        let mut told = None;
        office.wait_for(|event| {
            if let Event::Quality {
                leg: LegId(1),
                quality,
            } = event
            {
                told = Some(*quality);
            }
            told.is_some_and(|quality| quality.received > 50)
        });
        assert_eq!(told.map(|quality| quality.refused), Some(0));
    }
}

/// Every piece of a recording is a message of its own for the program of age's author.
#[test]
fn age_opens_each_piece_of_a_recording() {
    let folder = tempfile::tempdir().unwrap();
    let listener = media::recording::Listener::generate();
    let key = folder.path().join("key");
    fs::write(&key, listener.to_text().as_bytes()).unwrap();
    let shelf = Shelf::new(folder.path().to_owned(), &listener.recipient()).unwrap();
    let mut recording = RecordingFile::begin(&shelf, RecordingId(1), Duration::ZERO).unwrap();
    let said = [vec![1; 8_000], vec![2; 500]];
    for sound in &said {
        recording.sound(sound).unwrap();
    }
    let content = fs::read(recording.finish().unwrap().file).unwrap();

    let mut rest = &content[b"minwon recording 1\n".len()..];
    let mut opened = Vec::new();
    while let Some((length, behind)) = rest.split_first_chunk() {
        let (piece, behind) = behind.split_at(u32::from_be_bytes(*length) as usize);
        let sealed = folder.path().join("piece");
        fs::write(&sealed, piece).unwrap();
        let told = Process::new("age")
            .arg("-d")
            .arg("-i")
            .arg(&key)
            .arg(&sealed)
            .output()
            .unwrap();
        assert!(told.status.success());
        // Behind the piece's head.
        opened.push(told.stdout[21..].to_vec());
        rest = behind;
    }

    assert_eq!(opened[..2], said);
    assert!(opened.len() == 3 && opened[2].is_empty());
}

/// A capture's UDP payloads and their times (libpcap's classic form, Ethernet, IPv4).
fn datagrams(capture: &[u8]) -> Vec<(Duration, Vec<u8>)> {
    let word = |at: usize| u32::from_le_bytes(capture[at..at + 4].try_into().unwrap());
    assert_eq!(word(0), 0xa1b2_c3d4, "a capture in another byte order");
    let mut found = Vec::new();
    let mut at = 24;
    while at < capture.len() {
        let time = Duration::new(u64::from(word(at)), word(at + 4) * 1_000);
        let length = word(at + 8) as usize;
        let frame = &capture[at + 16..at + 16 + length];
        let ip = &frame[14..];
        let header = usize::from(ip[0] & 0x0f) * 4;
        let udp = &ip[header..];
        let end = usize::from(u16::from_be_bytes([udp[4], udp[5]]));
        found.push((time, udp[8..end].to_vec()));
        at += 16 + length;
    }
    found
}

#[test]
fn every_key_of_sipps_captures_is_told_once() {
    let start = std::time::Instant::now();
    for (name, key) in [
        "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "star", "pound",
    ]
    .into_iter()
    .zip("0123456789*#".chars())
    {
        let file = format!("/usr/share/sip-tester/dtmf_2833_{name}.pcap");
        let capture =
            fs::read(&file).unwrap_or_else(|error| panic!("{file} (package sip-tester): {error}"));
        let datagrams = datagrams(&capture);
        let (leg, far) = (LegId(1), "127.0.0.1:4000".parse().unwrap());
        let kind = datagrams[0].1[1] & 0x7f;
        let mut bridge = Bridge::new(0, start);
        bridge.handle(
            Input::Open {
                leg,
                random: [0; 10],
            },
            start,
        );
        let remote = Remote {
            digits: Some(kind),
            ..remote(far, Codec::Pcmu)
        };
        bridge.handle(
            Input::Connect {
                leg,
                remote: Box::new(remote),
            },
            start,
        );
        for (time, mut bytes) in datagrams.clone() {
            let now = start + (time - datagrams[0].0);
            bridge.handle(
                Input::Packet {
                    leg,
                    channel: Channel::Rtp,
                    from: far,
                    bytes: &mut bytes,
                },
                now,
            );
        }

        let told: Vec<_> = std::iter::from_fn(|| bridge.poll_command()).collect();
        assert!(datagrams.len() > 3);
        assert_eq!(
            told,
            [Command::Tell(Event::Digit {
                leg,
                digit: Personal::new(key)
            })],
            "{name}"
        );
    }
}
