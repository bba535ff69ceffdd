//! What operators are told, in numbers.

use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use exchange::BackupSettings;
use ledger::backup::Identity;
use request::{NetworkFault, RequestEvent};
use sandbox::Mood;

use super::{BITNA, HOUSEHOLD, authority::judge, office::Office};

impl Office {
    /// What Prometheus would be told, as its own reader for Python understands it: one
    /// sample a line.
    async fn metrics(&self) -> String {
        let url = format!("http://{}/metrics", self.operators());
        let answer = reqwest::get(url).await.unwrap();
        assert_eq!(answer.status(), 200);
        let kind = answer.headers()["content-type"]
            .to_str()
            .unwrap()
            .to_owned();
        assert!(
            kind.starts_with("application/openmetrics-text; version=1.0.0"),
            "{kind}"
        );
        let text = answer.text().await.unwrap();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exchange/metrics/read.py");
        let mut reader = Command::new(judge("python"))
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut into = reader.stdin.take().unwrap();
        into.write_all(text.as_bytes()).unwrap();
        drop(into);
        let read = reader.wait_with_output().unwrap();
        assert!(read.status.success(), "{text}");
        String::from_utf8(read.stdout).unwrap()
    }
}

#[track_caller]
fn says(metrics: &str, sample: &str) {
    assert!(
        metrics.lines().any(|it| it == sample),
        "no {sample} in\n{metrics}"
    );
}

#[tokio::test]
async fn operators_see_questions_networks_and_stations_and_nobody_else_does() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    station.submit("r", HOUSEHOLD, Some(BITNA), &[]).await;
    let number = station.prepared("r").await[0].number.clone();
    office.status(&number).await;
    office.get("/v1/nothing").await;
    office.networks.set_mood("people-id", Mood::Away);
    for id in ["a", "b", "c"] {
        station.submit(id, HOUSEHOLD, Some(BITNA), &[]).await;
        let fault = NetworkFault::Unreachable;
        while !station.told().await.iter().any(|(request, event)| {
            request.as_str() == id && *event == RequestEvent::AttemptFailed { fault }
        }) {}
    }

    let metrics = office.metrics().await;

    for sample in [
        "minwon_exchange_http_requests_total{method=GET,route=/v1/documents/{number}/status,side=public,status=200} 1",
        "minwon_exchange_http_requests_total{method=GET,route=none,side=public,status=404} 1",
        "minwon_exchange_http_requests_total{method=POST,route=/v1/stations/{station}/entries,side=lines,status=200} 4",
        "minwon_exchange_http_request_duration_seconds_count{route=/v1/documents/{number}/status,side=public} 1",
        "minwon_exchange_http_requests_in_flight{side=lines} 0",
        "minwon_exchange_network_requests_total{network=people-id,outcome=record} 1",
        "minwon_exchange_network_requests_total{network=people-id,outcome=fault} 3",
        "minwon_exchange_network_up{network=people-id} 0",
        "minwon_exchange_jobs{} 3",
        "minwon_exchange_ready{} 1",
        "minwon_exchange_wedged_entries{} 0",
        "minwon_exchange_station_unconfirmed_publications{station=gaon-1} 4",
        "minwon_exchange_backup_copy_timestamp_seconds{} 0",
    ] {
        says(&metrics, sample);
    }
    assert!(!metrics.contains("network_up{network=family-record}"));
    for personal in [number.as_str(), BITNA, "한빛나"] {
        assert!(!metrics.contains(personal), "{metrics}");
    }
    assert_eq!(office.get("/metrics").await.0, 404);
    assert_eq!(office.get("/ready").await.0, 200);
}

#[tokio::test]
async fn the_age_of_the_newest_backup_is_told() {
    let mut office = Office::open().await;
    let folder = office.data().join("../backup");
    office
        .keep_backups(BackupSettings {
            folder: folder.clone(),
            recipient: Identity::generate().recipient().to_string(),
            every: Duration::from_secs(3_600),
            confirm: true,
        })
        .await;
    let mut station = office.station("gaon-1");

    // Its answer waits until a copy is there.
    station.submit("r", HOUSEHOLD, Some(BITNA), &[]).await;

    let metrics = office.metrics().await;
    let line = metrics
        .lines()
        .find(|it| it.contains("backup_copy_timestamp_seconds"));
    let (_, taken) = line.unwrap().split_once(' ').unwrap();
    let since = taken.parse::<i64>().unwrap() - office.starts_at.as_millis() / 1_000;
    assert!((0..600).contains(&since), "{since}");
}
