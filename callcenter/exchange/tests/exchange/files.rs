//! Files of petitions: kept for what they are, given to be saved and not to be shown.

use std::sync::Arc;

use identity::{Clock, Credentials};
use request::Timestamp;
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::{TlsConnector, rustls::pki_types::ServerName};

use crate::{
    handling::file,
    office::{Office, TUESDAY_10_00},
};

const PDF: &[u8] = b"%PDF-1.7\nminutes of a meeting";
const FILES: &str = "/v1/petitions/gaon-1-a/files";

async fn office() -> Office {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    file(
        &mut station,
        "gaon-1-a",
        "ombudsman-petition",
        ["가로등", "꺼졌어요"],
    );
    station.offer_all_again().await;
    office
}

/// Asks over the lines and answers head and body as they came.
async fn ask(office: &Office, who: &str, head: &str, body: &[u8]) -> (String, Vec<u8>) {
    let credentials = Credentials::read(&office.credentials(who)).unwrap();
    let clock = Clock::new(|| Timestamp::from_millis(TUESDAY_10_00));
    let config = Arc::new(identity::client(credentials, clock).unwrap());
    let url = office.url();
    let address = url.trim_start_matches("https://");
    let line = TcpStream::connect(address).await.unwrap();
    let name = ServerName::try_from("127.0.0.1").unwrap();
    let mut line = TlsConnector::from(config)
        .connect(name, line)
        .await
        .unwrap();
    let length = body.len();
    let question =
        format!("{head}\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n");
    line.write_all(question.as_bytes()).await.unwrap();
    // Whoever is told that it is too much need not say all of it.
    let _ = line.write_all(body).await;
    let mut answer = Vec::new();
    let _ = line.read_to_end(&mut answer).await;
    let end = answer.windows(4).position(|it| it == b"\r\n\r\n").unwrap();
    let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
    (head, answer.split_off(end + 4))
}

async fn upload(office: &Office, who: &str, kind: &str, body: &[u8]) -> (u16, Vec<u8>) {
    let head =
        format!("POST {FILES}?name=minutes.pdf&with_answer=true HTTP/1.1\r\nContent-Type: {kind}");
    let (head, body) = ask(office, who, &head, body).await;
    (head[9..12].parse().unwrap(), body)
}

#[tokio::test]
async fn a_file_is_kept_for_what_it_is_and_given_to_agents_to_be_saved() {
    let office = office().await;

    let (code, told) = upload(&office, "kim", "application/pdf", PDF).await;

    assert_eq!(code, 200);
    let told: Value = serde_json::from_slice(&told).unwrap();
    let path = format!("{FILES}/{}", told["sha256"].as_str().unwrap());
    let (head, body) = ask(&office, "kim", &format!("GET {path} HTTP/1.1"), b"").await;
    assert_eq!(body, PDF);
    for field in [
        "content-type: application/pdf",
        "content-disposition: attachment",
        "x-content-type-options: nosniff",
        "content-security-policy: sandbox",
        "cache-control: no-store",
    ] {
        assert!(head.contains(field), "{field} in {head}");
    }
    let (head, _) = ask(&office, "gaon-1", &format!("GET {path} HTTP/1.1"), b"").await;
    assert!(head.starts_with("http/1.1 403"), "{head}");
    let wire = office.wire("kim");
    let read = wire
        .get("/v1/petitions/gaon-1-a", crate::petitions::PATIENCE)
        .await;
    let read: Value = serde_json::from_slice(&read.unwrap()).unwrap();
    assert_eq!(read["files"][0]["enclosure"]["name"], "minutes.pdf");
}

#[tokio::test]
async fn what_is_not_what_it_says_or_too_much_is_not_kept() {
    let office = office().await;
    let page = b"<script>alert(1)</script>";

    for (who, kind, body, expected) in [
        ("gaon-1", "application/pdf", PDF, 403),
        ("kim", "image/png", PDF, 415),
        ("kim", "text/html", &page[..], 415),
        ("kim", "application/pdf", &page[..], 415),
        (
            "kim",
            "application/octet-stream",
            &b"\x7fELF\x02\x01"[..],
            415,
        ),
        ("kim", "application/pdf", b"", 413),
    ] {
        assert_eq!(upload(&office, who, kind, body).await.0, expected, "{kind}");
    }
    let large = [PDF, &vec![b' '; (10 << 20) + 2000]].concat();
    assert_eq!(
        upload(&office, "kim", "application/pdf", &large).await.0,
        413
    );
}

#[tokio::test]
async fn a_petition_has_ten_files_at_the_most() {
    let office = office().await;
    for number in 0..10 {
        let file = format!("note {number}");
        assert_eq!(upload(&office, "kim", "", file.as_bytes()).await.0, 200);
    }

    assert_eq!(upload(&office, "kim", "", b"one more").await.0, 413);
    // The same again is no other one.
    assert_eq!(upload(&office, "kim", "", b"note 3").await.0, 200);
}
