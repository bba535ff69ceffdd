//! Questions as they are written, and what answers are taken for.

#![allow(clippy::unwrap_used)]

use std::time::Duration;

use privacy::Personal;
use registry::{Address, Answer, ClientId, Fault, Question, message_id, read};
use serde_json::json;

/// Names and values.
type Headers = &'static [(&'static str, &'static str)];

fn question() -> Question {
    let parts = |text: &str| text.split('/').map(str::to_owned).collect::<Vec<_>>();
    Question {
        client: ClientId(parts("KR/GOV/4199900/minwon").try_into().unwrap()),
        service: Address(
            parts("KR/GOV/1741000/people-id/household")
                .try_into()
                .unwrap(),
        ),
        id: message_id("gaon-1-7"),
        issue: "gaon-1-7".to_owned(),
        parameters: [(
            "resident_number".to_owned(),
            Personal::new("9001012990012".to_owned()),
        )]
        .into(),
    }
}

fn answered(
    status: u16,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Result<serde_json::Value, Fault> {
    let question = question();
    let header = |name: &str| {
        headers
            .iter()
            .find(|(it, _)| *it == name)
            .map(|(_, value)| (*value).to_owned())
    };
    read(
        &question,
        &Answer {
            status,
            header: &header,
            body,
        },
    )
}

#[test]
fn a_question_is_a_post_that_names_nobody_in_its_address_or_headers() {
    let message = question().message();

    assert_eq!(message.path, "/r1/KR/GOV/1741000/people-id/household");
    assert_eq!(
        message.headers[0],
        ("X-Road-Client", "KR/GOV/4199900/minwon".to_owned())
    );
    assert!(
        message
            .headers
            .iter()
            .all(|(_, value)| !value.contains("990012"))
    );
    assert_eq!(
        message.body.reveal(),
        r#"{"resident_number":"9001012990012"}"#
    );
}

#[test]
fn parts_of_an_address_are_encoded_each_for_itself() {
    let odd = ["KR", "GOV", "1/2", "가", "a b"].map(str::to_owned);

    assert_eq!(Address(odd).path(), "/r1/KR/GOV/1%2F2/%EA%B0%80/a%20b");
}

#[test]
fn a_question_put_again_carries_the_same_id() {
    assert_eq!(message_id("gaon-1-7"), message_id("gaon-1-7"));
    assert_ne!(message_id("gaon-1-7"), message_id("gaon-1-8"));
    assert_eq!(message_id("gaon-1-7").len(), 36);
}

#[test]
fn an_answer_to_this_question_is_a_record() {
    let id = question().id;
    let service = "KR/GOV/1741000/people-id/household";
    let headers = [("X-Road-Id", id.as_str()), ("X-Road-Service", service)];

    assert_eq!(answered(200, &headers, b"{\"a\":1}"), Ok(json!({ "a": 1 })));
    assert_eq!(answered(200, &headers, b"{\"a\":"), Err(Fault::Nonsense));
    assert_eq!(
        answered(200, &[("X-Road-Id", "another"), headers[1]], b"{}"),
        Err(Fault::Nonsense)
    );
    assert_eq!(answered(200, &headers[..1], b"{}"), Err(Fault::Nonsense));
}

#[test]
fn whose_fault_it_is_decides_what_happens_next() {
    let cases: [(u16, Headers, Fault); 6] = [
        (500, &[], Fault::Failing(500)),
        (503, &[], Fault::Failing(503)),
        (418, &[], Fault::Nonsense),
        (
            500,
            &[("X-Road-Error", "Server.ServerProxy.NetworkError")],
            Fault::Undelivered,
        ),
        (
            500,
            &[("X-Road-Error", "Server.ClientProxy.SslAuthenticationFailed")],
            Fault::Unsent,
        ),
        (
            400,
            &[("X-Road-Error", "Client.BadRequest")],
            Fault::Rejected,
        ),
    ];
    for (status, headers, fault) in cases {
        assert_eq!(
            answered(status, headers, b"{}"),
            Err(fault),
            "{status} {headers:?}"
        );
    }
}

#[test]
fn only_the_agency_itself_can_say_that_there_is_no_such_record() {
    let id = question().id;
    let service = "KR/GOV/1741000/people-id/household";
    let headers = [("X-Road-Id", id.as_str()), ("X-Road-Service", service)];

    assert_eq!(answered(404, &headers, b"{}"), Err(Fault::NotFound));
    assert_eq!(
        answered(404, &[], b"no such page"),
        Err(Fault::Nonsense),
        "something else than a security server answers at that address"
    );
}

#[test]
fn how_long_a_network_wants_to_be_left_alone_is_read_in_seconds_or_as_a_time() {
    let seconds = |seconds| Err(Fault::Throttled(Some(Duration::from_secs(seconds))));
    let until = ("retry-after", "Tue, 24 Nov 2026 01:02:00 GMT");
    let now = ("date", "Tue, 24 Nov 2026 01:00:30 GMT");

    assert_eq!(answered(429, &[("retry-after", "17")], b""), seconds(17));
    assert_eq!(answered(503, &[("retry-after", "120")], b""), seconds(120));
    assert_eq!(answered(503, &[until, now], b""), seconds(90));
    assert_eq!(
        answered(503, &[until], b""),
        Err(Fault::Throttled(None)),
        "a time means nothing beside another clock"
    );
    assert_eq!(answered(429, &[], b""), Err(Fault::Throttled(None)));
    assert_eq!(
        answered(429, &[("retry-after", "soon")], b""),
        Err(Fault::Throttled(None))
    );
}
