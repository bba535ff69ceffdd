//! Spans, for a collector that somebody else made.

use std::{path::Path, process::Stdio};

use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::Command,
};

use super::{BITNA, HOUSEHOLD, authority::judge, office::Office, program::Program};

#[tokio::test]
async fn a_collector_is_sent_what_took_how_long_and_nothing_of_a_person() {
    let mut office = Office::open().await;
    office.close();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exchange/traces/collector.py");
    let mut collector = Command::new(judge("python"))
        .arg(script)
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut told = BufReader::new(collector.stdout.take().unwrap()).lines();
    let port = told.next_line().await.unwrap().unwrap();
    let collector_at = format!("http://127.0.0.1:{port}");
    let program = Program::start(&office, &["--traces", &collector_at]).await;

    let mut station = office.station_at(&program.url, "gaon-1");
    station.submit("r", HOUSEHOLD, Some(BITNA), &[]).await;
    let number = station.prepared("r").await[0].number.clone();
    let asked = format!("{}/v1/documents/{number}/status", program.public);
    reqwest::get(asked).await.unwrap();
    program.tell_to_end();
    program.ended().await;

    let mut spans: Vec<Value> = Vec::new();
    let wanted = "GET /v1/documents/{number}/status";
    while !spans.iter().any(|it| it["name"] == wanted) {
        let line = told.next_line().await.unwrap().expect("a span");
        for personal in [number.as_str(), BITNA, "한빛나"] {
            assert!(!line.contains(personal), "{line}");
        }
        spans.push(serde_json::from_str(&line).unwrap());
    }
    let span = |name: &str| {
        let found = spans.iter().find(|it| it["name"] == name);
        found.unwrap_or_else(|| panic!("no {name} in {spans:#?}"))
    };
    assert_eq!(span(wanted)["service.name"], "minwon-exchange");
    assert_eq!(span(wanted)["http.response.status_code"], "200");
    assert_eq!(span(wanted)["kind"], "SPAN_KIND_SERVER");
    assert_eq!(span("ask network")["network"], "people-id");
    assert_eq!(
        span("ask network")["trace"],
        span("answer request")["trace"]
    );
    assert_eq!(span("make certificate")["service"], HOUSEHOLD);
    assert!(span("make certificate")["seconds"].as_f64().unwrap() > 0.0);
}
