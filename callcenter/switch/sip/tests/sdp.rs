//! Offers and answers, as RFC 3264 and its relatives have them.

#![allow(clippy::unwrap_used)]

use std::net::SocketAddr;

use proptest::prelude::*;
use sip::sdp::{
    Abilities, Agreement, Answer, Codec, CryptoSuite, Direction, Encryption, Malformed, MasterKey,
    NotAgreed, Offer, Origin, Profile, Refusal,
};

const KIOSK: &str = "v=0\r\n\
o=kiosk 2890844526 2890842807 IN IP4 192.0.2.9\r\n\
s=-\r\n\
c=IN IP4 192.0.2.9\r\n\
t=0 0\r\n\
m=video 51372 RTP/AVP 99\r\n\
a=rtpmap:99 h263-1998/90000\r\n\
m=audio 49170 RTP/AVP 96 0 8 97 98\r\n\
a=rtpmap:96 opus/48000/2\r\n\
a=rtpmap:97 telephone-event/48000\r\n\
a=rtpmap:98 telephone-event/8000\r\n\
a=ptime:20\r\n";

const KEY_LINE: &str = "inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj|2^20";

fn house() -> Abilities {
    Abilities {
        address: "192.0.2.1:4000".parse().unwrap(),
        codecs: vec![Codec::Opus, Codec::Pcmu, Codec::Pcma],
        telephone_events: true,
        ptime_ms: 20,
        direction: Direction::SendReceive,
        encryption: Encryption::Possible(MasterKey::new([7; 30])),
    }
}

fn origin() -> Origin {
    Origin::first(1, "192.0.2.1".parse().unwrap())
}

fn offer(text: &str) -> Offer {
    Offer::parse(text.as_bytes()).unwrap()
}

fn written(answer: &Answer) -> String {
    String::from_utf8(answer.description().to_body()).unwrap()
}

#[test]
fn one_stream_is_taken_and_the_others_are_refused_in_their_places() {
    let offer = offer(KIOSK);

    let answer = Answer::to(&offer, &house(), origin()).unwrap();

    assert_eq!(
        written(&answer),
        "v=0\r\n\
         o=- 1 1 IN IP4 192.0.2.1\r\n\
         s=-\r\n\
         c=IN IP4 192.0.2.1\r\n\
         t=0 0\r\n\
         m=video 0 RTP/AVP 99\r\n\
         m=audio 4000 RTP/AVP 96 97\r\n\
         c=IN IP4 192.0.2.1\r\n\
         a=rtpmap:96 opus/48000/2\r\n\
         a=fmtp:96 useinbandfec=1\r\n\
         a=rtpmap:97 telephone-event/48000\r\n\
         a=fmtp:97 0-15\r\n\
         a=ptime:20\r\n\
         a=sendrecv\r\n"
    );
}

#[test]
fn both_ends_agree_on_the_same() {
    let ours = Offer::of(&house(), origin());
    let telephone = Abilities {
        address: "192.0.2.50:6000".parse().unwrap(),
        codecs: vec![Codec::Pcma],
        ..house()
    };

    let theirs = Answer::to(&ours, &telephone, origin()).unwrap();
    let here = Agreement::as_offerer(&ours, &theirs).unwrap();
    let there = Agreement::as_answerer(&ours, &theirs).unwrap();

    assert_eq!((here.codec, there.codec), (Codec::Pcma, Codec::Pcma));
    assert_eq!(here.remote, telephone.address);
    assert_eq!(there.remote, house().address);
    assert_eq!((here.sends_as, here.receives_as), (8, 8));
    assert_eq!(here.telephone_event.unwrap().clock_rate, 8_000);
    assert!(here.sends && here.receives && there.sends && there.receives);
}

#[test]
fn static_payload_types_need_no_map() {
    let text = "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\nm=audio 4 RTP/AVP 8 3\r\n";
    let offer = offer(text);

    let answer = Answer::to(&offer, &house(), origin()).unwrap();

    assert_eq!(answer.audio().unwrap().formats[0].codec, Codec::Pcma);
}

#[test]
fn without_a_shared_codec_there_is_no_answer() {
    let text = KIOSK.replace("96 0 8 97 98", "3");

    let refusal = Answer::to(&offer(&text), &house(), origin()).unwrap_err();

    assert_eq!(refusal, Refusal::NoCommonCodec);
    let silent = KIOSK.replace("m=audio 49170", "m=audio 0");
    let refusal = Answer::to(&offer(&silent), &house(), origin()).unwrap_err();
    assert_eq!(refusal, Refusal::NoAudio);
}

#[test]
fn hold_is_heard_in_each_of_its_forms() {
    for (form, answered) in [
        ("a=sendonly\r\n", Direction::ReceiveOnly),
        ("a=inactive\r\n", Direction::Inactive),
        ("c=IN IP4 0.0.0.0\r\n", Direction::ReceiveOnly),
    ] {
        let offer = offer(&format!("{KIOSK}{form}"));

        let answer = Answer::to(&offer, &house(), origin()).unwrap();

        assert!(offer.audio().unwrap().is_on_hold(), "{form}");
        assert_eq!(answer.audio().unwrap().direction, answered, "{form}");
        let agreement = Agreement::as_answerer(&offer, &answer).unwrap();
        assert!(!agreement.sends, "{form}");
    }
    assert!(!offer(KIOSK).audio().unwrap().is_on_hold());
}

#[test]
fn a_direction_of_the_session_counts_where_a_stream_has_none() {
    let text = KIOSK.replace("t=0 0\r\n", "t=0 0\r\na=sendonly\r\n");

    assert!(offer(&text).audio().unwrap().is_on_hold());
}

#[test]
fn encrypted_sound_is_answered_with_a_key_of_ours() {
    let text = KIOSK.replace("m=audio 49170 RTP/AVP", "m=audio 49170 RTP/SAVP")
        + "a=crypto:1 AES_256_CM_HMAC_SHA1_80 inline:short\r\n"
        + &format!("a=crypto:2 AES_CM_128_HMAC_SHA1_32 {KEY_LINE}\r\n");
    let offer = offer(&text);

    let answer = Answer::to(&offer, &house(), origin()).unwrap();

    let agreement = Agreement::as_answerer(&offer, &answer).unwrap();
    let keys = agreement.keys.unwrap();
    assert_eq!(keys.local.tag, 2);
    assert_eq!(keys.local.suite, CryptoSuite::AesCm128HmacSha1_32);
    assert_eq!(keys.local.key.bytes(), &[7; 30]);
    assert_eq!(keys.remote.key.bytes()[0], 0x77);
    assert!(!format!("{:?}", keys).contains("119"), "a key is shown");
}

#[test]
fn of_two_streams_the_encrypted_one_is_taken() {
    let text = format!(
        "{KIOSK}m=audio 49172 RTP/SAVP 0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 {KEY_LINE}\r\n"
    );

    let answer = Answer::to(&offer(&text), &house(), origin()).unwrap();

    assert_eq!(answer.audio().unwrap().profile, Profile::Savp);
    assert_eq!(answer.description().media.len(), 3);
}

#[test]
fn where_encryption_is_required_nothing_goes_in_plain() {
    let house = Abilities {
        encryption: Encryption::Required(MasterKey::new([7; 30])),
        ..house()
    };

    let refusal = Answer::to(&offer(KIOSK), &house, origin()).unwrap_err();

    assert_eq!(refusal, Refusal::NoCommonEncryption);
    let ours = Offer::of(&house, origin());
    assert_eq!(ours.audio().unwrap().crypto.len(), 2);
}

#[test]
fn the_version_grows_when_something_differs_and_only_then() {
    let first = Offer::of(&house(), origin());
    let held = Abilities {
        direction: Direction::SendOnly,
        ..house()
    };

    let same = Offer::following(first.description(), &house());
    let hold = Offer::following(same.description(), &held);

    assert_eq!(same.description().origin.version, 1);
    assert_eq!(hold.description().origin.version, 2);
    assert_eq!(hold.description().media.len(), 1);
}

#[test]
fn streams_keep_their_places_in_a_new_offer() {
    let answer = Answer::to(&offer(KIOSK), &house(), origin()).unwrap();

    let next = Offer::following(answer.description(), &house());

    let body = String::from_utf8(next.description().to_body()).unwrap();
    let video = body.find("m=video 0 ").unwrap();
    let audio = body.find("m=audio 4000 ").unwrap();
    assert!(video < audio);
}

#[test]
fn an_answer_that_does_not_fit_is_not_believed() {
    let ours = Offer::of(&house(), origin());
    let more = Answer::parse(KIOSK.as_bytes()).unwrap();
    let refused = KIOSK
        .replace("m=video 51372 RTP/AVP 99\r\n", "")
        .replace("49170", "0");
    let refused = Answer::parse(refused.as_bytes()).unwrap();

    assert_eq!(Agreement::as_offerer(&ours, &more), Err(NotAgreed::Streams));
    assert_eq!(
        Agreement::as_offerer(&ours, &refused),
        Err(NotAgreed::Refused)
    );
}

#[test]
fn what_is_malformed_is_named_by_its_line() {
    let parse = |text: &str| Offer::parse(text.as_bytes()).map(drop).unwrap_err();

    assert_eq!(parse("o=x\r\n"), Malformed::Missing("v="));
    assert_eq!(parse("v=0\r\nnonsense\r\n"), Malformed::Line(2));
    assert_eq!(parse("v=0\r\ns=-\r\n"), Malformed::Missing("o="));
    let named = KIOSK.replace("c=IN IP4 192.0.2.9", "c=IN IP4 evil.example.com");
    assert_eq!(parse(&named), Malformed::Line(4));
    let big = format!("{KIOSK}{}", "m=audio 9 RTP/AVP 0\r\n".repeat(20));
    assert_eq!(parse(&big), Malformed::TooLong);
    assert_eq!(Offer::parse(b"\xff").unwrap_err(), Malformed::NotText);
}

fn abilities() -> impl Strategy<Value = Abilities> {
    let codecs = prop::sample::subsequence(vec![Codec::Opus, Codec::Pcma, Codec::Pcmu], 1..=3);
    let address = any::<[u8; 4]>().prop_map(|it| SocketAddr::from((it, 4_000)));
    (codecs, address, any::<bool>(), 0..3_u8).prop_map(|(codecs, address, events, encryption)| {
        let key = MasterKey::new([3; 30]);
        Abilities {
            codecs,
            address,
            telephone_events: events,
            encryption: match encryption {
                0 => Encryption::Never,
                1 => Encryption::Possible(key),
                _ => Encryption::Required(key),
            },
            ..house()
        }
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(abilities in abilities()) {
        prop_assume!(!abilities.address.ip().is_multicast());
        let offer = Offer::of(&abilities, origin());

        let read = Offer::parse(&offer.description().to_body()).unwrap();

        prop_assert_eq!(read.description().to_body(), offer.description().to_body());
    }

    #[test]
    fn an_answer_always_fits_its_offer(caller in abilities(), callee in abilities()) {
        let offer = Offer::of(&caller, origin());

        if let Ok(answer) = Answer::to(&offer, &callee, origin()) {
            let there = Agreement::as_offerer(&offer, &answer).unwrap();
            let here = Agreement::as_answerer(&offer, &answer).unwrap();
            prop_assert_eq!(there.codec, here.codec);
            prop_assert_eq!(there.sends_as, here.receives_as);
            prop_assert_eq!(there.sends, here.receives);
            prop_assert_eq!(there.keys.map(|it| it.local), here.keys.map(|it| it.remote));
        }
    }

    #[test]
    fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        drop(Offer::parse(&bytes));
        let mut changed = KIOSK.as_bytes().to_vec();
        for (place, byte) in bytes.iter().enumerate() {
            let length = changed.len();
            changed[(place * 37 + usize::from(*byte)) % length] = *byte;
        }
        if let Ok(offer) = Offer::parse(&changed) {
            drop(Answer::to(&offer, &house(), origin()));
        }
    }
}
