//! What a time-stamp service is asked, and which of its answers are taken.
//!
//! `frozen/query.der` is this crate's, `frozen/reply.der` what certomancer 0.16
//! answered to it, with a time that has fractions of a second.

#![allow(clippy::unwrap_used)]

use signature::{TimeStampError, TimeStampRequest};

const QUERY: &[u8] = include_bytes!("frozen/query.der");
const REPLY: &[u8] = include_bytes!("frozen/reply.der");

fn request() -> TimeStampRequest {
    TimeStampRequest::about(b"Minwon", 7)
}

#[test]
fn the_question_is_written_as_it_always_was() {
    assert_eq!(request().to_der().unwrap(), QUERY);
}

#[test]
fn the_answer_to_the_question_is_taken_with_the_services_certificate() {
    let token = request().read(REPLY).unwrap();

    let subjects = token.certificates.iter();
    let subjects: Vec<String> = subjects
        .map(|it| it.tbs_certificate.subject.to_string())
        .collect();
    assert_eq!(subjects, ["CN=Test time-stamp service,O=Minwon test,C=KR"]);
}

#[test]
fn an_answer_to_another_question_is_not_taken() {
    let other_words = TimeStampRequest::about(b"Minwoo", 7).read(REPLY);
    let other_nonce = TimeStampRequest::about(b"Minwon", 8).read(REPLY);

    assert_eq!(other_words, Err(TimeStampError::WrongImprint));
    assert_eq!(other_nonce, Err(TimeStampError::WrongNonce));
}

#[test]
fn a_refusal_is_told_with_its_status() {
    // PKIStatusInfo with `rejection` and no token (RFC 3161, 2.4.2).
    let refusal = [0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02];

    assert_eq!(request().read(&refusal), Err(TimeStampError::Refused(2)));
}

#[test]
fn a_damaged_answer_gets_a_plain_answer() {
    for length in 0..REPLY.len() {
        assert!(request().read(&REPLY[..length]).is_err(), "cut at {length}");
    }
    for at in 0..REPLY.len() {
        let mut damaged = REPLY.to_vec();
        damaged[at] ^= 0xff;
        // Some bytes are the token's own signature, which is judged by others.
        let _ = request().read(&damaged);
    }
}
