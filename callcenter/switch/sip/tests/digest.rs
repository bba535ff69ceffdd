//! Proofs of passwords.

#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use sip::digest::{AccountKey, Algorithm, Authorization, Failure, Verifier};

const LIFETIME: Duration = Duration::from_secs(300);

fn verifier(now: Instant) -> Verifier {
    let both = [Algorithm::Sha256, Algorithm::Md5];
    Verifier::new("minwon", &both, [9; 32], LIFETIME, now)
}

fn key() -> AccountKey {
    AccountKey::from_password("agent1", "minwon", "correct")
}

/// What a telephone that knows the password answers to a challenge.
fn answered(challenge: &str, password: &str, count: u32) -> Authorization {
    let part = |name: &str| {
        let (_, rest) = challenge.split_once(&format!("{name}=")).unwrap();
        rest.split([',', ' '])
            .next()
            .unwrap()
            .trim_matches('"')
            .to_owned()
    };
    let (nonce, algorithm) = (part("nonce"), part("algorithm"));
    let hash = |text: &str| match algorithm.as_str() {
        "MD5" => hexadecimal(&<md5::Md5 as md5::Digest>::digest(text)),
        _ => hexadecimal(&<sha2::Sha256 as sha2::Digest>::digest(text)),
    };
    let known = hash(&format!("agent1:minwon:{password}"));
    let asked = hash("REGISTER:sip:minwon");
    let response = hash(&format!("{known}:{nonce}:{count:08x}:c:auth:{asked}"));
    Authorization::parse(&format!(
        "Digest username=\"agent1\", realm=\"minwon\", nonce=\"{nonce}\", uri=\"sip:minwon\", \
         response=\"{response}\", algorithm={algorithm}, cnonce=\"c\", qop=auth, nc={count:08x}"
    ))
    .unwrap()
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The example of RFC 7616 §3.9.1, in both of its algorithms.
#[test]
fn the_example_of_the_rfc_is_computed_as_it_stands_there() {
    let key = AccountKey::from_password("Mufasa", "http-auth@example.org", "Circle of Life");
    for (algorithm, response) in [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        (
            "SHA-256",
            "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
        ),
    ] {
        let authorization = Authorization::parse(&format!(
            "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", uri=\"/dir/index.html\", \
             algorithm={algorithm}, nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001, \
             cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth, response=\"{response}\", \
             opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""
        ))
        .unwrap();
        let both = [Algorithm::Sha256, Algorithm::Md5];
        let now = Instant::now();
        let mut verifier = Verifier::new("http-auth@example.org", &both, [0; 32], LIFETIME, now);

        // The password is right; the nonce is none of ours.
        let verdict = verifier.verify(&authorization, "GET", Some(&key), now);

        assert_eq!(verdict, Err(Failure::Stale), "{algorithm}");
    }
}

#[test]
fn sha_256_is_offered_before_md5() {
    let now = Instant::now();

    let challenges = verifier(now).challenges(false, now);

    assert_eq!(challenges.len(), 2);
    assert!(challenges[0].contains("algorithm=SHA-256"));
    assert!(challenges[1].contains("algorithm=MD5"));
}

#[test]
fn a_proof_counts_once_and_the_next_must_count_up() {
    let now = Instant::now();
    let mut verifier = verifier(now);
    for challenge in verifier.challenges(false, now) {
        let first = answered(&challenge, "correct", 1);
        let second = answered(&challenge, "correct", 2);

        assert_eq!(
            verifier.verify(&first, "REGISTER", Some(&key()), now),
            Ok(())
        );
        let again = verifier.verify(&first, "REGISTER", Some(&key()), now);
        assert_eq!(again, Err(Failure::Stale));
        assert_eq!(
            verifier.verify(&second, "REGISTER", Some(&key()), now),
            Ok(())
        );
    }
}

#[test]
fn a_wrong_password_another_method_and_nobody_are_wrong() {
    let now = Instant::now();
    let mut verifier = verifier(now);
    let challenge = verifier.challenges(false, now).remove(0);
    let wrong = answered(&challenge, "incorrect", 1);
    let right = answered(&challenge, "correct", 1);

    let known = key();
    let mut verify = |it, method, key| verifier.verify(it, method, key, now);

    assert_eq!(
        verify(&wrong, "REGISTER", Some(&known)),
        Err(Failure::Wrong)
    );
    assert_eq!(verify(&right, "INVITE", Some(&known)), Err(Failure::Wrong));
    assert_eq!(verify(&right, "REGISTER", None), Err(Failure::Wrong));
    assert_eq!(verify(&right, "REGISTER", Some(&known)), Ok(()));
}

#[test]
fn an_old_nonce_and_a_forged_one_are_stale() {
    let now = Instant::now();
    let mut verifier = verifier(now);
    let challenge = verifier.challenges(false, now).remove(0);
    let later = now + LIFETIME + Duration::from_secs(1);
    let mut stranger = Verifier::new("minwon", &[Algorithm::Sha256], [8; 32], LIFETIME, now);
    let forged = stranger.challenges(false, now).remove(0);

    let old = answered(&challenge, "correct", 1);
    let forged = answered(&forged, "correct", 1);

    assert_eq!(
        verifier.verify(&old, "REGISTER", Some(&key()), later),
        Err(Failure::Stale)
    );
    assert_eq!(
        verifier.verify(&forged, "REGISTER", Some(&key()), now),
        Err(Failure::Stale)
    );
}

#[test]
fn what_was_not_offered_does_not_count() {
    let now = Instant::now();
    let mut strict = Verifier::new("minwon", &[Algorithm::Sha256], [9; 32], LIFETIME, now);
    let challenge = strict
        .challenges(false, now)
        .remove(0)
        .replace("SHA-256", "MD5");

    let weak = answered(&challenge, "correct", 1);

    assert_eq!(
        strict.verify(&weak, "REGISTER", Some(&key()), now),
        Err(Failure::Wrong)
    );
}

#[test]
fn neither_keys_nor_proofs_say_anything() {
    let now = Instant::now();
    let challenge = verifier(now).challenges(false, now).remove(0);

    assert_eq!(format!("{:?}", key()), "[key]");
    let shown = format!("{:?}", answered(&challenge, "correct", 1));
    assert_eq!(shown, "[authorization]");
}

#[test]
fn what_is_no_digest_is_none() {
    for value in [
        "Basic QWxhZGRpbg==",
        "Digest",
        "Digest username=\"a\"",
        "Digest username=\"a\", realm=\"m\", nonce=\"n\", uri=\"u\", response=\"r\", cnonce=\"c\", qop=auth-int, nc=00000001",
        "Digest username=\"a\", username=\"b\", realm=\"m\", nonce=\"n\", uri=\"u\", response=\"r\", cnonce=\"c\", qop=auth, nc=00000001",
        "Digest username=\"a\", realm=\"m\", nonce=\"n\", uri=\"u\", response=\"r\", algorithm=MD5-sess, cnonce=\"c\", qop=auth, nc=00000001",
    ] {
        assert!(Authorization::parse(value).is_none(), "{value}");
    }
}
