//! What goes wrong on a line: nonsense, too much of it, and whoever goes in the middle.

use std::time::Instant;

use bench::people::PEOPLE;
use edge::{MESSAGE_MAX, REQUESTS_MAX};
use serde_json::{Value, json};

use crate::{
    client::{Client, SUCCESS, end},
    station::Station,
};

const READ: &str = "CardReader.ReadRawData";

fn status_of(acknowledge: &Value) -> Option<&str> {
    acknowledge["header"]["status"].as_str()
}

fn track() -> Value {
    json!({ "track3": true })
}

#[test]
fn nonsense_is_answered_and_the_line_stays() {
    let station = Station::open();
    let mut client = station.client("CardReader");
    let header = |header: Value| json!({ "header": header, "payload": {} }).to_string();
    let well = json!({
        "type": "command", "name": "Common.Status", "version": "2.0", "requestId": 1000,
    });
    let with = |member: &str, value: Value| {
        let mut header_with = well.clone();
        header_with[member] = value;
        header(header_with)
    };

    for (text, status) in [
        (String::new(), "invalidMessage"),
        ("{".to_owned(), "invalidMessage"),
        ("[]".to_owned(), "invalidMessage"),
        ("null".to_owned(), "invalidMessage"),
        (json!({ "header": 1 }).to_string(), "invalidMessage"),
        ("[".repeat(10_000), "invalidMessage"),
        (with("name", json!("Status")), "invalidMessage"),
        (with("name", json!("가.나")), "invalidMessage"),
        (with("type", json!("completion")), "invalidMessage"),
        (with("version", json!("two")), "invalidMessage"),
        (with("timeout", json!(-1)), "invalidMessage"),
        (with("requestId", json!(0)), "invalidRequestID"),
        (with("requestId", json!("1")), "invalidRequestID"),
        (with("requestId", json!(1.5)), "invalidRequestID"),
        (
            with("requestId", json!(4_294_967_297_u64)),
            "invalidRequestID",
        ),
    ] {
        client.say(&text);
        let answer = client.next("acknowledge");
        assert_eq!(status_of(&answer), Some(status), "{text:.80}");
    }
    client.say_bytes(b"\xff\xfe{}");
    let bytes = client.next("acknowledge");
    let unknown = client.ask("CardReader.Juggle", json!({}));
    let beyond = client.ask("Camera.TakePicture", json!({}));
    let nothing = client.ask("Circus.Juggle", json!({}));
    let status = client.ask("Common.Status", json!({}));

    assert_eq!(status_of(&bytes), Some("invalidMessage"));
    assert_eq!(end(&unknown), ("unsupportedCommand", None));
    assert_eq!(end(&beyond), ("unsupportedCommand", None));
    assert_eq!(end(&nothing), ("invalidCommand", None));
    assert_eq!(end(&status), SUCCESS);
}

#[test]
fn a_message_that_is_too_long_ends_its_line_and_no_other() {
    let station = Station::open();
    let (mut client, mut other) = (station.client("CardReader"), station.client("CardReader"));

    client.say(&"x".repeat(MESSAGE_MAX + 1));
    client.closed();
    let status = other.ask("Common.Status", json!({}));

    assert_eq!(end(&status), SUCCESS);
}

#[test]
fn a_flood_of_requests_is_bounded_and_leaves_others_their_turn() {
    let station = Station::open();
    let (mut flood, mut other) = (station.client("CardReader"), station.client("CardReader"));
    let sent = 300;

    let ids: Vec<i64> = (0..sent).map(|_| flood.send(READ, track(), None)).collect();
    let mut refused = 0;
    for id in ids {
        let answer = loop {
            let message = flood.next_message();
            if message["header"]["type"] == "acknowledge" {
                break message;
            }
        };
        assert_eq!(answer["header"]["requestId"], id);
        match status_of(&answer) {
            None => {}
            Some(status) => {
                assert_eq!(status, "tooManyRequests");
                refused += 1;
            }
        }
    }
    let status = other.ask("Common.Status", json!({}));
    flood.crash();
    let id = other.begin(READ, track());
    other.event("CardReader.InsertCardEvent");
    station
        .card_reader
        .with(|it| it.insert(PEOPLE[2], Instant::now()));
    other.event("CardReader.MediaInsertedEvent");
    let read = other.completed(id);

    // One runs, the others wait.
    assert_eq!(refused, sent - 1 - REQUESTS_MAX);
    assert_eq!((end(&status), end(&read)), (SUCCESS, SUCCESS));
}

#[test]
fn a_request_number_is_used_once_at_a_time() {
    let station = Station::open();
    let mut client = station.client("CardReader");
    let command = |name: &str| {
        let header = json!({ "type": "command", "name": name, "version": "2.0", "requestId": 77 });
        json!({ "header": header, "payload": { "track3": true } }).to_string()
    };

    client.say(&command(READ));
    let first = client.next("acknowledge");
    client.event("CardReader.InsertCardEvent");
    client.say(&command("Common.Status"));
    let second = client.next("acknowledge");
    client.ask("Common.Cancel", json!({}));
    let ended = client.completed(77);

    assert_eq!(status_of(&first), None);
    assert_eq!(status_of(&second), Some("invalidRequestID"));
    assert_eq!(end(&ended), ("canceled", None));
}

#[test]
fn nobody_cancels_what_somebody_else_has_asked_for() {
    let station = Station::open();
    let (mut client, mut other) = (station.client("CardReader"), station.client("CardReader"));

    let id = client.begin(READ, track());
    client.event("CardReader.InsertCardEvent");
    let named = other.ask("Common.Cancel", json!({ "requestIds": [id] }));
    let all = other.ask("Common.Cancel", json!({}));
    let senseless = other.ask("Common.Cancel", json!({ "requestIds": [0] }));
    station
        .card_reader
        .with(|it| it.insert(PEOPLE[2], Instant::now()));
    client.event("CardReader.MediaInsertedEvent");
    let read = client.completed(id);

    let none = ("commandErrorCode", Some("noMatchingRequestIDs"));
    assert_eq!((end(&named), end(&all)), (none, none));
    assert_eq!(end(&senseless), ("invalidData", None));
    assert_eq!(end(&read), SUCCESS);
}

#[test]
fn what_waits_in_the_queue_can_time_out_and_be_cancelled_too() {
    let station = Station::open();
    let mut client = station.client("CardReader");

    let first = client.begin(READ, track());
    client.event("CardReader.InsertCardEvent");
    let late = client.send(READ, track(), Some(50));
    client.taken(late);
    let timed_out = client.completed(late);
    let second = client.begin(READ, track());
    let cancel = client.begin("Common.Cancel", json!({ "requestIds": [second] }));
    let ends = [client.completed(second), client.completed(cancel)];
    let cancel_first = client.begin("Common.Cancel", json!({ "requestIds": [first] }));
    let ends_first = [client.completed(first), client.completed(cancel_first)];

    assert_eq!(end(&timed_out), ("timeOut", None));
    for [canceled, cancel] in [&ends, &ends_first] {
        assert_eq!(end(canceled), ("canceled", None));
        assert_eq!(end(cancel), SUCCESS);
    }
}

#[test]
fn a_client_that_goes_in_the_middle_takes_its_command_with_it() {
    let station = Station::open();
    let mut waiting = station.client("CardReader");
    let mut going: Client = station.client("CardReader");

    going.begin(READ, track());
    going.event("CardReader.InsertCardEvent");
    let id = waiting.begin(READ, track());
    going.crash();
    waiting.event("CardReader.InsertCardEvent");
    station
        .card_reader
        .with(|it| it.insert(PEOPLE[3], Instant::now()));
    waiting.event("CardReader.MediaInsertedEvent");
    let read = waiting.completed(id);

    assert_eq!(end(&read), SUCCESS);
}
