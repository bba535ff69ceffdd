//! Badges as the switch gives them and as whoever is shown one judges them.

#![allow(clippy::unwrap_used)]

use std::time::Duration;

use badge::{Badge, BadgeRefusal, LONGEST, Role, SignedBadge, Signer, verify};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use coset::{CoseSign1, CoseSign1Builder, HeaderBuilder, TaggedCborSerializable, iana};
use p256::{
    SecretKey,
    ecdsa::{Signature, SigningKey, signature::Signer as _},
    pkcs8::{DecodePrivateKey, EncodePrivateKey, EncodePublicKey},
};
use proptest::prelude::*;
use request::{AgentId, StationId, Timestamp};

/// A key made for this test and used nowhere else.
const KEY: &str = include_str!("frozen/key.pem");
const FROZEN: &str = include_str!("frozen/badge.txt");
const TEN: Timestamp = Timestamp::from_millis(1_795_482_000_000);
const HOUR: Duration = Duration::from_secs(3_600);
const CERTIFICATE: &[u8] = b"the switch's certificate";

fn key() -> SecretKey {
    SecretKey::from_pkcs8_pem(KEY).unwrap()
}

fn signer(key: &SecretKey) -> Signer {
    Signer::new(key.to_pkcs8_der().unwrap().as_bytes(), CERTIFICATE).unwrap()
}

fn badge() -> Badge {
    Badge {
        agent: AgentId::new("kim.2"),
        role: Role::Supervisor,
        desk: StationId::new("desk-1"),
        from: TEN,
        until: TEN + HOUR,
    }
}

fn signed(badge: &Badge) -> SignedBadge {
    signer(&key()).sign(badge).unwrap()
}

/// Believes the certificate of this test alone.
fn switch_key(certificate: &[u8]) -> Result<Vec<u8>, BadgeRefusal> {
    if certificate != CERTIFICATE {
        return Err(BadgeRefusal::NotASwitch);
    }
    Ok(key().public_key().to_public_key_der().unwrap().into_vec())
}

fn shown(text: &str, desk: &str, now: Timestamp) -> Result<Badge, BadgeRefusal> {
    verify(text, &StationId::new(desk), now, switch_key)
}

fn judged(badge: &Badge) -> Result<Badge, BadgeRefusal> {
    shown(signed(badge).as_str(), "desk-1", TEN)
}

#[test]
fn a_badge_of_the_first_form_is_still_written_and_believed_like_this() {
    assert_eq!(signed(&badge()).as_str(), FROZEN.trim_end());

    let read = shown(FROZEN.trim_end(), "desk-1", TEN).unwrap();

    assert_eq!(read, badge());
}

#[test]
fn a_badge_holds_from_its_first_second_and_no_longer_than_its_last() {
    let signed = signed(&badge());
    let at = |millis: i64| {
        let now = Timestamp::from_millis(TEN.as_millis() + millis);
        shown(signed.as_str(), "desk-1", now)
    };

    assert_eq!(at(-1), Err(BadgeRefusal::NotYet));
    assert_eq!(at(0), Ok(badge()));
    assert_eq!(at(3_599_999), Ok(badge()));
    assert_eq!(at(3_600_000), Err(BadgeRefusal::Expired));
}

#[test]
fn a_badge_that_would_last_longer_than_a_shift_is_refused() {
    let until = |until| Badge { until, ..badge() };

    assert!(judged(&until(TEN + LONGEST)).is_ok());
    let longer = until(TEN + LONGEST + Duration::from_secs(1));
    assert_eq!(judged(&longer), Err(BadgeRefusal::TooLong));
    let for_ever = until(Timestamp::from_millis(i64::MAX));
    assert_eq!(judged(&for_ever), Err(BadgeRefusal::TooLong));
}

#[test]
fn a_badge_is_worth_nothing_at_another_desk() {
    let signed = signed(&badge());

    let elsewhere = shown(signed.as_str(), "desk-2", TEN);

    assert_eq!(elsewhere, Err(BadgeRefusal::OtherDesk));
}

#[test]
fn a_badge_that_another_key_signed_is_forged() {
    let stranger = SecretKey::from_slice(&[7; 32]).unwrap();

    let forged = signer(&stranger).sign(&badge()).unwrap();

    let judged = shown(forged.as_str(), "desk-1", TEN);
    assert_eq!(judged, Err(BadgeRefusal::Forged));
}

#[test]
fn what_the_same_key_signed_for_another_purpose_is_no_badge() {
    let octets = URL_SAFE_NO_PAD.decode(signed(&badge()).as_str()).unwrap();
    let message = CoseSign1::from_tagged_slice(&octets).unwrap();
    let header = HeaderBuilder::new()
        .algorithm(iana::Algorithm::ES256)
        .value(16, "minwon-badge-2".into())
        .value(33, CERTIFICATE.to_vec().into())
        .build();
    let other = CoseSign1Builder::new()
        .protected(header)
        .payload(message.payload.unwrap())
        .create_signature(b"", |bytes| {
            let signature: Signature = SigningKey::from(key()).sign(bytes);
            signature.to_bytes().to_vec()
        })
        .build();

    let other = URL_SAFE_NO_PAD.encode(other.to_tagged_vec().unwrap());

    let judged = shown(&other, "desk-1", TEN);
    assert_eq!(judged, Err(BadgeRefusal::OtherForm));
}

#[test]
fn a_badge_with_a_certificate_that_is_no_switchs_is_refused_as_whoever_judges_it_says() {
    let der = key().to_pkcs8_der().unwrap();
    let signer = Signer::new(der.as_bytes(), b"a kiosk's certificate").unwrap();

    let signed = signer.sign(&badge()).unwrap();

    let judged = shown(signed.as_str(), "desk-1", TEN);
    assert_eq!(judged, Err(BadgeRefusal::NotASwitch));
}

#[test]
fn a_badge_cut_short_anywhere_is_known_to_be_none() {
    let whole = signed(&badge());
    let whole = whole.as_str();

    for length in 0..whole.len() {
        let cut = shown(&whole[..length], "desk-1", TEN);
        assert_eq!(cut, Err(BadgeRefusal::Malformed), "{length}");
    }
    let long = whole.repeat(50);
    assert_eq!(shown(&long, "desk-1", TEN), Err(BadgeRefusal::Malformed));
}

#[test]
fn only_a_supervisors_badge_opens_what_is_for_supervisors() {
    assert_eq!(badge().is_supervisors(), Ok(()));
    let agent = Badge {
        role: Role::Agent,
        ..badge()
    };
    let read = judged(&agent).unwrap();

    assert_eq!(read.is_supervisors(), Err(BadgeRefusal::NotASupervisor));
}

#[test]
fn a_badge_without_a_name_is_none() {
    let nobody = Badge {
        agent: AgentId::new(""),
        ..badge()
    };
    assert_eq!(judged(&nobody), Err(BadgeRefusal::Malformed));
    let endless = Badge {
        agent: AgentId::new("a".repeat(65)),
        ..badge()
    };
    assert_eq!(judged(&endless), Err(BadgeRefusal::Malformed));
}

#[test]
fn a_badge_is_not_spelled_out_in_a_log() {
    let signed = signed(&badge());

    assert_eq!(format!("{signed:?}"), "[badge]");
}

proptest! {
    #[test]
    fn a_badge_with_one_letter_changed_is_not_believed(at in 0..FROZEN.len() - 1, to in "[0-9A-Za-z_-]") {
        let mut altered = FROZEN.trim_end().to_owned();
        prop_assume!(at < altered.len() && altered[at..=at] != to);
        altered.replace_range(at..=at, &to);

        prop_assert!(shown(&altered, "desk-1", TEN).is_err());
    }

    #[test]
    fn nonsense_is_refused_and_nothing_breaks(text in "[ -~]{0,300}") {
        prop_assert!(shown(&text, "desk-1", TEN).is_err());
    }
}
