//! Stories of legs and packets, in virtual time.

#![allow(clippy::unwrap_used)]

#[path = "tests/troubles.rs"]
mod troubles;
#[path = "tests/world.rs"]
mod world;

use std::time::Duration;

use super::*;
use crate::{
    codec::g711,
    digits::EventPayload,
    mixing::{Hearing, Level, tone_share},
    rtp::{Header, Packet},
    srtp::{InboundSrtp, MasterKey, OutboundSrtp, SrtpKeys, Suite},
};
use world::*;

#[test]
fn two_who_are_connected_hear_each_other_and_not_themselves() {
    let mut world = World::with_legs(&[(CALLER, 700.0), (AGENT, 1_100.0)]);
    world.matrix(&Hearing::conference([CALLER, AGENT]));

    world.run(1_500);

    assert_eq!(world.hears(CALLER), [1_100.0]);
    assert_eq!(world.hears(AGENT), [700.0]);
    // Nothing was coded anew on the way: every packet is one that was sent.
    let sent: Vec<Vec<u8>> = (0..80)
        .map(|it| tone(700.0, it).map(g711::to_mu_law).to_vec())
        .collect();
    let passed = world.ends[&AGENT]
        .received
        .iter()
        .filter(|(_, payload)| sent.contains(payload))
        .count();
    assert!(passed >= 70, "{passed}");
}

#[test]
fn one_stream_goes_on_through_prompt_bridge_and_digits() {
    let mut world = World::with_legs(&[(CALLER, 700.0), (AGENT, 1_100.0)]);
    let prompt = Prompt::new((0..50).flat_map(|it| tone(1_500.0, it)).collect()).unwrap();
    world.input(Input::Play {
        leg: CALLER,
        prompt,
        repeat: Repeat::Once,
    });
    world.run(600);
    assert_eq!(world.hears(CALLER), [1_500.0]);
    world.run(600);
    assert!(world.events.contains(&Event::PlayedOut { leg: CALLER }));
    world.matrix(&Hearing::conference([CALLER, AGENT]));
    world.run(600);
    assert_eq!(world.hears(CALLER), [1_100.0]);
    world.input(Input::Press {
        leg: CALLER,
        digits: Personal::new("12".to_owned()),
    });
    world.run(600);

    let received = &world.ends[&CALLER].received;
    assert!(received.len() >= 119, "{}", received.len());
    for pair in received.windows(2) {
        assert_eq!(pair[1].0.sequence, pair[0].0.sequence.wrapping_add(1));
        assert_eq!(pair[1].0.ssrc, pair[0].0.ssrc);
    }
    // Sound has the clock's timestamps throughout, digits those of their beginning.
    let sound: Vec<_> = received
        .iter()
        .enumerate()
        .filter(|(_, it)| it.0.payload_type == 0)
        .collect();
    for pair in sound.windows(2) {
        let apart = pair[1].1.0.timestamp.wrapping_sub(pair[0].1.0.timestamp);
        let places = (pair[1].0 - pair[0].0) as u32;
        assert_eq!(apart, places * 160);
    }
    let digits: Vec<_> = received
        .iter()
        .filter(|it| it.0.payload_type == DIGITS)
        .collect();
    let begins: BTreeSet<u32> = digits.iter().map(|it| it.0.timestamp).collect();
    assert_eq!((digits.len(), begins.len()), (16, 2));
}

#[test]
fn a_whisper_reaches_the_agent_and_not_the_caller() {
    let mut world = World::with_legs(&[(CALLER, 700.0), (AGENT, 1_100.0), (SUPERVISOR, 1_500.0)]);
    world.matrix(&Hearing::conference([CALLER, AGENT]).whispering(SUPERVISOR, AGENT));

    world.run(1_500);

    assert_eq!(world.hears(CALLER), [1_100.0]);
    assert_eq!(world.hears(AGENT), [700.0, 1_500.0]);
    assert_eq!(world.hears(SUPERVISOR), [700.0, 1_100.0]);
}

#[test]
fn keys_are_told_once_and_are_heard_by_nobody() {
    let mut world = World::with_legs(&[(CALLER, 700.0), (AGENT, 1_100.0)]);
    world.matrix(&Hearing::conference([CALLER, AGENT]));
    world.run(200);
    let event = |ended, duration| {
        EventPayload {
            code: 7,
            ended,
            volume: 10,
            duration,
        }
        .to_bytes()
    };
    for (index, payload) in [
        event(false, 160),
        event(false, 320),
        event(true, 480),
        event(true, 480),
        event(true, 480),
    ]
    .into_iter()
    .enumerate()
    {
        let end = world.ends.get_mut(&CALLER).unwrap();
        let sequence = end.sent as u16;
        end.sent += 1;
        let header = Header {
            marker: index == 0,
            payload_type: DIGITS,
            sequence,
            timestamp: 90_000,
            ssrc: 1,
        };
        world.packet(CALLER, address(CALLER), header, &payload);
    }
    world.run(200);

    let told: Vec<_> = world
        .events
        .iter()
        .filter(|it| matches!(it, Event::Digit { .. }))
        .collect();
    assert_eq!(
        told,
        [&Event::Digit {
            leg: CALLER,
            digit: Personal::new('7')
        }]
    );
    assert!(
        world.ends[&AGENT]
            .received
            .iter()
            .all(|it| it.0.payload_type == 0)
    );
    assert!(!format!("{:?}", world.events).contains('7'));
}

#[test]
fn a_recording_has_the_caller_left_the_agent_right_and_a_mark_for_what_is_left_out() {
    let mut world = World::with_legs(&[(CALLER, 700.0), (AGENT, 1_100.0)]);
    world.matrix(&Hearing::conference([CALLER, AGENT]));
    let recording = RecordingId(5);
    let tracks = Tracks {
        caller: CALLER,
        heard: BTreeSet::from([AGENT]),
    };
    world.input(Input::Record { recording, tracks });
    world.run(1_000);
    world.input(Input::Pause {
        recording,
        reason: PauseReason::Card,
    });
    world.input(Input::Pause {
        recording,
        reason: PauseReason::Card,
    });
    world.run(1_000);
    world.input(Input::Resume { recording });
    world.run(1_000);
    world.input(Input::Finish { recording });
    world.carry_out();

    let mut sides: [Vec<i16>; 2] = Default::default();
    let mut marks = Vec::new();
    for tape in &world.tapes {
        match tape {
            Tape::Sound(octets) => {
                for (place, octet) in octets.iter().enumerate() {
                    sides[place % 2].push(g711::FROM_MU_LAW[usize::from(*octet)]);
                }
            }
            mark @ (Tape::Paused(_) | Tape::Resumed | Tape::Finished) => marks.push(mark),
        }
    }
    assert_eq!(
        marks,
        [
            &Tape::Paused(PauseReason::Card),
            &Tape::Resumed,
            &Tape::Finished
        ]
    );
    assert_eq!(sides[0].len(), 24_000);
    assert!(tone_share(&sides[0][2_000..7_900], 700.0) > 0.9);
    assert!(tone_share(&sides[1][2_000..7_900], 1_100.0) > 0.9);
    assert!(tone_share(&sides[0][8_200..9_500], super::tape::MARK_HERTZ) > 0.9);
    assert!(Level::of(&sides[0][9_800..15_800]).is_silent());
    assert!(Level::of(&sides[1][9_800..15_800]).is_silent());
    assert!(tone_share(&sides[0][16_200..23_900], 700.0) > 0.9);
}

#[test]
fn protected_legs_hear_each_other_and_plain_packets_are_refused() {
    let key = |octet| MasterKey::from_slice(&[octet; 30]).unwrap();
    let keys = |leg: u8| SrtpKeys {
        suite: Suite::HmacSha1_80,
        outbound: key(leg),
        inbound: key(leg + 100),
    };
    let mut world = World::with_legs(&[(AGENT, 1_100.0)]);
    world.open(
        CALLER,
        None,
        Remote {
            srtp: Some(keys(1)),
            ..remote(CALLER)
        },
    );
    world.ends.remove(&CALLER);
    world.matrix(&Hearing::conference([CALLER, AGENT]));
    let mut protect = OutboundSrtp::new(Suite::HmacSha1_80, &key(101));
    let mut unprotect = InboundSrtp::new(Suite::HmacSha1_80, &key(1));
    let mut heard = Vec::new();
    for sent in 0..60u32 {
        let header = Header {
            marker: false,
            payload_type: 0,
            sequence: sent as u16,
            timestamp: sent * 160,
            ssrc: 9,
        };
        let mut bytes = Vec::new();
        header.write(&mut bytes);
        bytes.extend(tone(700.0, sent).map(g711::to_mu_law));
        let mut plain = bytes.clone();
        protect.protect(&mut bytes).unwrap();
        world.input(Input::Packet {
            leg: CALLER,
            channel: Channel::Rtp,
            from: address(CALLER),
            bytes: &mut plain,
        });
        world.input(Input::Packet {
            leg: CALLER,
            channel: Channel::Rtp,
            from: address(CALLER),
            bytes: &mut bytes,
        });
        for _ in 0..20 {
            world.now += Duration::from_millis(1);
            if world.now.as_millis() % 20 == 6 {
                world.speak(AGENT, address(AGENT));
            }
            world.bridge.handle_timeout(world.start + world.now);
            while let Some(command) = world.bridge.poll_command() {
                match command {
                    Command::Send {
                        leg: CALLER,
                        channel: Channel::Rtp,
                        mut bytes,
                        ..
                    } => {
                        let length = unprotect.unprotect(&mut bytes).unwrap();
                        let packet = Packet::parse(&bytes[..length]).unwrap();
                        heard.extend(
                            packet
                                .payload
                                .iter()
                                .map(|it| g711::FROM_MU_LAW[usize::from(*it)]),
                        );
                    }
                    Command::Send {
                        leg: AGENT,
                        channel: Channel::Rtp,
                        bytes,
                        ..
                    } => {
                        let end = world.ends.get_mut(&AGENT).unwrap();
                        end.heard.extend(
                            bytes[12..]
                                .iter()
                                .map(|it| g711::FROM_MU_LAW[usize::from(*it)]),
                        );
                    }
                    Command::Send { .. } | Command::Tell(_) | Command::Tape { .. } => {}
                }
            }
        }
    }

    assert!(tone_share(&heard[2_000..], 1_100.0) > 0.9);
    assert_eq!(world.hears(AGENT), [700.0]);
}

#[test]
fn keys_are_tones_for_who_did_not_agree_on_events() {
    let mut world = World::new();
    world.open(
        CALLER,
        None,
        Remote {
            digits: None,
            ..remote(CALLER)
        },
    );
    world.input(Input::Press {
        leg: CALLER,
        digits: Personal::new("5".to_owned()),
    });
    world.run(400);

    let heard = &world.ends[&CALLER].heard;
    let begin = heard.iter().position(|sample| *sample != 0).unwrap();
    let key = &heard[begin..begin + 790];
    assert!(tone_share(key, 770.0) > 0.45 && tone_share(key, 1_336.0) > 0.45);
    assert!(heard[begin + 800..].iter().all(|sample| *sample == 0));
    assert!(
        world.ends[&CALLER]
            .received
            .iter()
            .all(|it| it.0.payload_type == 0)
    );
}

#[test]
fn a_protected_call_that_lasts_half_an_hour_survives_a_move() {
    let key = |octet| MasterKey::from_slice(&[octet; 30]).unwrap();
    let keys = SrtpKeys {
        suite: Suite::HmacSha1_80,
        outbound: key(1),
        inbound: key(2),
    };
    let protected = Remote {
        srtp: Some(keys),
        ..remote(CALLER)
    };
    let mut world = World::new();
    world.open(CALLER, None, protected.clone());
    let mut protect = OutboundSrtp::new(Suite::HmacSha1_80, &key(2));
    let mut from = address(CALLER);
    for sent in 0..90_000u32 {
        if sent == 80_000 {
            from = SocketAddr::from(([127, 0, 0, 1], 50_000));
            let moved = Remote {
                address: from,
                ..protected.clone()
            };
            world.input(Input::Connect {
                leg: CALLER,
                remote: Box::new(moved),
            });
        }
        let mut bytes = Vec::new();
        Header {
            marker: false,
            payload_type: 0,
            sequence: sent as u16,
            timestamp: sent * 160,
            ssrc: 9,
        }
        .write(&mut bytes);
        bytes.extend([0xff; 160]);
        protect.protect(&mut bytes).unwrap();
        world.input(Input::Packet {
            leg: CALLER,
            channel: Channel::Rtp,
            from,
            bytes: &mut bytes,
        });
    }
    world.input(Input::Close { leg: CALLER });
    world.carry_out();

    let Some(Event::Quality { quality, .. }) = world.events.last() else {
        panic!()
    };
    assert_eq!((quality.refused, quality.received), (0, 10_000));
}
