//! What must not surprise: the cases of RFC 4475, in messages of our own.

#![allow(clippy::unwrap_used)]

#[path = "torture/cases.rs"]
mod cases;
#[path = "torture/messages.rs"]
mod messages;

use cases::{CASES, Expected};
use messages::invite;
use proptest::prelude::*;
use sip::screen::{Transport, Verdict, Why, screen};

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn every_case_is_judged_as_the_rfc_says() {
    for case in CASES {
        let message = (case.message)();
        let verdict = screen(message.as_bytes(), Transport::Datagram);
        let met = match (&case.expected, &verdict) {
            (Expected::Pass, Verdict::Pass) | (Expected::Dropped, Verdict::Drop(_)) => true,
            (Expected::Plain(parts), Verdict::Repaired(plain)) => {
                let plain = text(plain);
                parts.iter().all(|part| plain.contains(part))
            }
            (Expected::Answered(status), Verdict::Answer { status: given, .. }) => status == given,
            _ => false,
        };
        let seen = if let Verdict::Repaired(plain) = &verdict {
            text(plain)
        } else {
            format!("{verdict:?}")
        };
        assert!(met, "{} ({}): {seen}", case.name, case.why);
    }
}

#[test]
fn every_case_of_the_rfc_is_here() {
    let mut names: Vec<&str> = CASES.iter().map(|case| case.name).collect();
    names.sort_unstable();
    names.dedup();

    assert_eq!(names.len(), 49);
    assert_eq!(CASES.len(), 49);
}

#[test]
fn an_answer_leads_back_the_way_the_request_came() {
    let message = invite()
        .without("Max-Forwards")
        .version("SIP/7.0")
        .to_string();

    let Verdict::Answer { response, .. } = screen(message.as_bytes(), Transport::Datagram) else {
        panic!("not answered");
    };

    let response = text(&response);
    for line in [
        "SIP/2.0 505 Version Not Supported\r\n",
        "\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa1\r\n",
        "\r\nFrom: <sip:0212345678@example.com>;tag=f1\r\n",
        "\r\nTo: <sip:110@example.com>;tag=",
        "\r\nCall-ID: c1@192.0.2.1\r\n",
        "\r\nCSeq: 1 INVITE\r\n",
    ] {
        assert!(response.contains(line), "{line:?} is not in {response}");
    }
    // The same for the same request: it is not remembered (RFC 3261 §8.2.7).
    let again = screen(message.as_bytes(), Transport::Datagram);
    assert!(matches!(again, Verdict::Answer { response: it, .. } if text(&it) == response));
}

#[test]
fn an_ack_is_never_answered() {
    let message = invite()
        .method("ACK")
        .with("CSeq", "1 ACK")
        .with("From", "nobody")
        .to_string();

    let verdict = screen(message.as_bytes(), Transport::Datagram);

    assert_eq!(verdict, Verdict::Drop(Why::Ack));
}

#[test]
fn what_says_no_way_back_is_dropped() {
    let message = invite().without("Via").to_string();

    let verdict = screen(message.as_bytes(), Transport::Datagram);

    assert_eq!(verdict, Verdict::Drop(Why::NoWayBack));
}

#[test]
fn a_line_feed_alone_ends_no_line() {
    let message = invite()
        .with("Subject", "a\nVia: SIP/2.0/UDP evil:1")
        .to_string();

    let verdict = screen(message.as_bytes(), Transport::Datagram);

    assert_eq!(verdict, Verdict::Drop(Why::NoMessage));
}

#[test]
fn a_stream_needs_the_length_a_datagram_does_not() {
    let message = invite().without("Content-Length").to_string();

    let datagram = screen(message.as_bytes(), Transport::Datagram);
    let stream = screen(message.as_bytes(), Transport::Stream);

    assert!(matches!(datagram, Verdict::Repaired(_)));
    assert!(matches!(stream, Verdict::Answer { status: 400, .. }));
}

/// Whatever is passed on is in the plainest form already.
fn plain_is_plain(bytes: &[u8]) {
    for transport in [Transport::Datagram, Transport::Stream] {
        if let Verdict::Repaired(plain) = screen(bytes, transport) {
            assert_eq!(screen(&plain, transport), Verdict::Pass);
        }
    }
}

proptest! {
    #[test]
    fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        plain_is_plain(&bytes);
    }

    #[test]
    fn no_change_of_a_message_is_too_strange(
        case in 0..CASES.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3), 1..12),
    ) {
        let mut bytes = (CASES[case].message)().into_bytes();
        for (place, byte, kind) in changes {
            let place = place.index(bytes.len());
            match kind {
                0 => bytes[place] = byte,
                1 => bytes.insert(place, byte),
                _ if bytes.len() > 1 => drop(bytes.remove(place)),
                _ => {}
            }
        }
        plain_is_plain(&bytes);
        sip::framing::first(&bytes);
    }

    #[test]
    fn no_part_of_a_message_is_too_strange(case in 0..CASES.len(), end in any::<prop::sample::Index>()) {
        let bytes = (CASES[case].message)().into_bytes();
        plain_is_plain(&bytes[..end.index(bytes.len())]);
    }
}
