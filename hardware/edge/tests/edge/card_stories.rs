//! Cards and codes that somebody holds out.

use std::time::Instant;

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use bench::{
    barcode_reader::Mood as ScannerMood, magnetic_stripe_reader::Mood as StripeMood, people::PEOPLE,
};
use serde_json::json;

use crate::{
    client::{SUCCESS, end},
    station::Station,
};

const READ: &str = "CardReader.ReadRawData";
const SCAN: &str = "BarcodeReader.Read";

#[test]
fn a_card_is_read_for_whoever_asked_and_its_leaving_is_told_to_all() {
    let station = Station::open();
    let (mut reader, mut watcher) = (station.client("CardReader"), station.client("CardReader"));
    let person = PEOPLE[0];

    let id = reader.begin(READ, json!({ "track2": true, "track3": true }));
    reader.event("CardReader.InsertCardEvent");
    station
        .card_reader
        .with(|it| it.insert(person, Instant::now()));
    reader.event("CardReader.MediaInsertedEvent");
    let read = reader.completed(id);
    station.card_reader.with(|it| it.pull());
    let told = |client: &mut crate::client::Client| loop {
        let event = client.next("unsolicited");
        if event["header"]["name"] == "CardReader.MediaRemovedEvent" {
            break;
        }
    };
    told(&mut reader);
    told(&mut watcher);

    let name = URL_SAFE_NO_PAD.encode(person.name);
    let track = format!("KRID1={}={name}=3012", person.resident_number);
    assert_eq!(end(&read), SUCCESS);
    assert_eq!(read["payload"]["track3"]["data"], STANDARD.encode(&track));
    assert_eq!(
        read["payload"]["track2"],
        json!({ "status": "dataSourceNotSupported" })
    );
    let log = station.log();
    assert!(log.contains("A command has ended"), "{log}");
    for secret in [
        person.resident_number,
        person.name,
        &name,
        &STANDARD.encode(&track),
        &STANDARD.encode(&track)[..24],
    ] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}

#[test]
fn a_card_says_what_it_is_worth_before_anybody_judges_it() {
    for (mood, answer) in [
        (
            StripeMood::Stranger,
            Ok(STANDARD.encode("9999012345678=991212100000")),
        ),
        (StripeMood::Damaged, Err("dataInvalid")),
        (StripeMood::Truncated, Err("dataMissing")),
    ] {
        let station = Station::open();
        let mut reader = station.client("CardReader");
        station.card_reader.with(|it| it.mood = mood);

        let id = reader.begin(READ, json!({ "track3": true }));
        reader.event("CardReader.InsertCardEvent");
        station
            .card_reader
            .with(|it| it.insert(PEOPLE[1], Instant::now()));
        reader.event("CardReader.MediaInsertedEvent");
        let read = reader.completed(id);

        assert_eq!(end(&read), SUCCESS, "{mood:?}");
        let track = &read["payload"]["track3"];
        match answer {
            Ok(data) => assert_eq!(track["data"], data),
            Err(status) => assert_eq!(track["status"], status, "{mood:?}"),
        }
    }
}

#[test]
fn a_card_that_cannot_be_read_or_is_pulled_too_soon_is_no_success() {
    let station = Station::open();
    let mut reader = station.client("CardReader");
    station.card_reader.with(|it| it.mood = StripeMood::Blind);
    let put_in = || {
        station
            .card_reader
            .with(|it| it.insert(PEOPLE[1], Instant::now()));
    };

    let id = reader.begin(READ, json!({ "track3": true }));
    reader.event("CardReader.InsertCardEvent");
    put_in();
    reader.event("CardReader.MediaInsertedEvent");
    let unread = reader.completed(id);
    station.card_reader.with(|it| it.pull());
    reader.until("/cardReader/media", "notPresent");
    let id = reader.begin(READ, json!({ "track3": true }));
    reader.event("CardReader.InsertCardEvent");
    put_in();
    reader.event("CardReader.MediaInsertedEvent");
    station.card_reader.with(|it| it.pull());
    let pulled = reader.completed(id);
    let senseless = reader.ask(READ, json!({ "track3": "yes" }));
    let beyond = reader.ask(READ, json!({ "frontImage": true }));

    assert_eq!(end(&unread), ("commandErrorCode", Some("invalidMedia")));
    assert_eq!(end(&pulled), ("commandErrorCode", Some("noMedia")));
    assert_eq!(end(&senseless), ("invalidData", None));
    assert_eq!(end(&beyond), ("unsupportedData", None));
}

#[test]
fn a_reader_that_is_unplugged_ends_what_waits_for_it_and_comes_back() {
    let station = Station::open();
    let mut reader = station.client("CardReader");

    let id = reader.begin(READ, json!({ "track3": true }));
    reader.event("CardReader.InsertCardEvent");
    station.card_reader.unplug();
    let ended = reader.completed(id);
    let without = reader.ask(READ, json!({ "track3": true }));
    station.card_reader.plug();
    reader.until_online();

    assert_eq!(end(&ended), ("deviceNotReady", None));
    assert_eq!(end(&without), ("deviceNotReady", None));
}

#[test]
fn a_code_is_read_and_what_is_none_is_said_to_be_none() {
    let station = Station::open();
    let mut reader = station.client("BarcodeReader");
    let hold = |code: &[u8]| station.scanner.with(|it| it.hold(code, Instant::now()));

    let id = reader.begin(SCAN, json!({ "symbologies": { "qrCode": true } }));
    reader.until("/barcodeReader/scanner", "on");
    hold("MW1:가나다 한빛나".as_bytes());
    let read = reader.completed(id);
    reader.until("/barcodeReader/scanner", "off");
    station.scanner.with(|it| it.set_mood(ScannerMood::Garbage));
    let id = reader.begin(SCAN, json!({}));
    reader.until("/barcodeReader/scanner", "on");
    hold(b"8801234567893");
    let garbage = reader.completed(id);

    assert_eq!(end(&read), SUCCESS);
    let output = &read["payload"]["readOutput"];
    let text = STANDARD.encode("MW1:가나다 한빛나");
    assert_eq!(
        *output,
        json!([{ "symbology": "symbologyUnknown", "barcodeData": text }])
    );
    assert_eq!(end(&garbage), ("commandErrorCode", Some("barcodeInvalid")));
    assert!(!station.log().contains("한빛나") && !station.log().contains(&text));
}
