//! Whole calls through real sockets: tones go in, and are found where they belong.

#![allow(clippy::unwrap_used)]

#[allow(dead_code, reason = "each test needs a part of it")]
mod telephone;

use std::{collections::BTreeSet, fs, time::Duration};

use media::{
    codec::{Codec, FRAME},
    mixing::Hearing,
    plane::{
        Event, LegId, MediaPlane, PauseReason, PlaneError, RecordingId, Repeat, SourceRule, Tracks,
    },
    prompt::Prompt,
    recording::{Listener, Shelf, SideFile},
    srtp::Suite,
};
use privacy::Personal;
use telephone::{Office, Telephone, remote, tone, tone_share};

const CALLER: LegId = LegId(1);
const AGENT: LegId = LegId(2);
const SUPERVISOR: LegId = LegId(3);

/// Everybody who is heard, of the three who may speak.
fn heard(telephone: &Telephone) -> Vec<f64> {
    let samples = telephone.last_samples(4_000);
    let tones = [700.0, 1_100.0, 1_500.0];
    tones
        .into_iter()
        .filter(|hertz| tone_share(&samples, *hertz) > 0.2)
        .collect()
}

/// Waits until these tones are heard and no others. A machine with much else to do
/// lets the telephones' own clocks stumble, and then a tone is missing for a while.
fn comes_to_hear(telephone: &Telephone, tones: &[f64]) {
    const HALF_SECONDS: usize = 40;
    for _ in 0..HALF_SECONDS {
        telephone.wait_for_packets(25);
        if heard(telephone) == tones {
            return;
        }
    }
    assert_eq!(heard(telephone), tones);
}

#[test]
fn a_call_of_two_with_a_whispering_supervisor() {
    let mut office = Office::open(None);
    let caller = office.telephone(CALLER, 700.0, Codec::Pcmu, None);
    let agent = office.telephone(AGENT, 1_100.0, Codec::Pcma, None);
    let supervisor = office.telephone(SUPERVISOR, 1_500.0, Codec::Opus, None);
    office.matrix(&Hearing::conference([CALLER, AGENT]).whispering(SUPERVISOR, AGENT));

    comes_to_hear(&caller, &[1_100.0]);
    comes_to_hear(&agent, &[700.0, 1_500.0]);
    comes_to_hear(&supervisor, &[700.0, 1_100.0]);
    for telephone in [&caller, &agent, &supervisor] {
        assert!(telephone.is_one_stream());
    }
}

#[test]
fn a_prompt_is_heard_to_its_end_and_then_the_agent() {
    let mut office = Office::open(None);
    let caller = office.telephone(CALLER, 700.0, Codec::Pcmu, Some(Suite::HmacSha1_80));
    let agent = office.telephone(AGENT, 1_100.0, Codec::Pcmu, Some(Suite::HmacSha1_32));
    let prompt = Prompt::new((0..40).flat_map(|frame| tone(1_500.0, frame)).collect()).unwrap();
    office.plane.play(CALLER, prompt, Repeat::Once).unwrap();
    office.wait_for(|event| *event == Event::PlayedOut { leg: CALLER });
    caller.wait_for_packets(5);
    let samples = caller.all_samples();
    let played: Vec<i16> = samples
        .into_iter()
        .skip_while(|sample| sample.abs() < 100)
        .collect();
    assert!(tone_share(&played[..38 * FRAME], 1_500.0) > 0.8);
    let behind = &played[40 * FRAME..];
    assert!(behind.iter().all(|sample| *sample == 0), "{behind:?}");

    office.matrix(&Hearing::conference([CALLER, AGENT]));
    comes_to_hear(&caller, &[1_100.0]);
    comes_to_hear(&agent, &[700.0]);
    assert!(caller.is_one_stream() && agent.is_one_stream());
}

#[test]
fn keys_go_both_ways_once_each() {
    let mut office = Office::open(None);
    let caller = office.telephone(CALLER, 700.0, Codec::Pcmu, None);
    caller.wait_for_packets(5);
    caller.press("19#");
    let mut digits = Vec::new();
    office.wait_for(|event| {
        if let Event::Digit { leg: CALLER, digit } = event {
            digits.push(digit.clone());
        }
        digits.len() == 3
    });
    assert_eq!(digits, ['1', '9', '#'].map(Personal::new));

    office
        .plane
        .press(CALLER, Personal::new("40*".to_owned()))
        .unwrap();
    caller.wait_for_keys(3);

    assert_eq!(caller.keys(), "40*");
    let wrong = office.plane.press(CALLER, Personal::new("4x".to_owned()));
    assert!(matches!(wrong, Err(PlaneError::Digits(_))));
}

#[test]
fn a_recording_is_sealed_and_its_pause_is_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let listener = Listener::generate();
    let shelf = Shelf::new(folder.path().to_owned(), &listener.recipient()).unwrap();
    let mut office = Office::open(Some(shelf));
    let caller = office.telephone(CALLER, 700.0, Codec::Pcmu, None);
    let agent = office.telephone(AGENT, 1_100.0, Codec::Pcmu, None);
    office.matrix(&Hearing::conference([CALLER, AGENT]));
    agent.wait_for_packets(20);
    let recording = RecordingId(3);
    let tracks = Tracks {
        caller: CALLER,
        heard: BTreeSet::from([AGENT]),
    };
    office.plane.record(recording, tracks).unwrap();
    caller.wait_for_packets(50);
    office.plane.pause(recording, PauseReason::Card).unwrap();
    caller.wait_for_packets(50);
    office.plane.resume(recording).unwrap();
    caller.wait_for_packets(50);
    office.plane.finish(recording).unwrap();

    let mut done = None;
    office.wait_for(|event| {
        if let Event::Recorded { recorded, .. } = event {
            done = Some(recorded.clone());
        }
        done.is_some()
    });

    let recorded = done.unwrap();
    let talk = listener.open(&recorded.file).unwrap();
    let side: SideFile =
        serde_json::from_slice(&fs::read(recorded.file.with_extension("json")).unwrap()).unwrap();
    let [gap] = side.gaps[..] else {
        panic!("{side:?}")
    };
    let (from, to) = (gap.from_ms as usize * 8, gap.to_ms.unwrap() as usize * 8);
    let (left, right) = (talk.side(0), talk.side(1));
    assert!(talk.whole);
    assert!(tone_share(&left[800..from], 700.0) > 0.8);
    assert!(tone_share(&right[800..from], 1_100.0) > 0.8);
    assert!(tone_share(&left[from..to], 700.0) < 0.01);
    assert!(tone_share(&right[from..to], 1_100.0) < 0.01);
    assert!(tone_share(&left[to..], 700.0) > 0.8);
}

#[test]
fn ports_are_even_given_back_and_not_without_end() {
    let mut office = Office::open(None);
    let first = office.plane.open(CALLER).unwrap();
    assert_eq!(first.port() % 2, 0);
    assert_eq!(office.plane.open(CALLER), Err(PlaneError::LegOpen));
    let mut opened = 1;
    while office.plane.open(LegId(100 + opened)).is_ok() {
        opened += 1;
    }
    assert_eq!(opened, Office::PAIRS);
    assert_eq!(office.plane.open(AGENT), Err(PlaneError::NoPort));

    office.plane.close(CALLER).unwrap();
    office.wait_until(|plane| plane.open(AGENT).is_ok());
    assert_eq!(office.plane.close(CALLER), Err(PlaneError::UnknownLeg));
}

#[test]
fn a_telephone_behind_a_router_is_heard_where_that_is_allowed_and_only_there() {
    let mut office = Office::open(None);
    // Their session descriptions say an address that nobody has.
    let nowhere = "127.99.99.99:9".parse().unwrap();
    let caller = office.bare_telephone(CALLER, 700.0);
    let agent = office.bare_telephone(AGENT, 1_100.0);
    let believed = media::plane::Remote {
        source: SourceRule::FirstComer,
        ..remote(nowhere, Codec::Pcmu)
    };
    office.plane.connect(CALLER, believed).unwrap();
    office
        .plane
        .connect(AGENT, remote(nowhere, Codec::Pcmu))
        .unwrap();
    office.matrix(&Hearing::conference([CALLER, AGENT]));

    caller.wait_for_packets(50);
    office.plane.close(AGENT).unwrap();

    assert!(agent.all_samples().is_empty());
    assert!(heard(&caller).is_empty());
    let mut refused = 0;
    office.wait_for(|event| {
        if let Event::Quality {
            leg: AGENT,
            quality,
        } = event
        {
            refused = quality.refused;
        }
        refused > 0
    });
    assert!(refused > 30);
}

#[test]
fn the_far_ends_reports_tell_how_it_hears() {
    let mut office = Office::open(None);
    let caller = office.telephone(CALLER, 700.0, Codec::Pcmu, None);
    // Told every five seconds; the telephone answers with a report of its own.
    let report = caller.wait_for_report();
    assert!(report.sender.is_some_and(|sender| sender.packets > 200));
    assert_eq!(report.block.map(|block| block.lost), Some(0));
    caller.report(&report, 26, 3);
    let mut told = None;
    office.wait_for(|event| {
        if let Event::Quality { quality, .. } = event {
            told = quality.heard_there;
        }
        told.is_some()
    });

    let told = told.unwrap();
    assert_eq!((told.lost, told.share_lost), (3, 26.0 / 256.0));
    assert!(told.round_trip.unwrap() < Duration::from_secs(2));
}
