//! A document that a citizen wants an agency to have: consent, container, receipt.

use std::{fs, time::Duration};

use link::Wire;
use request::DocumentNumber;
use sandbox::Mood;
use serde_json::{Value, json};

use crate::{BITNA, HOUSEHOLD, office::Office};

const WELFARE: &str = "welfare-office";
const INBOX: &str = "KR/GOV/6110000/welfare-office/inbox";

/// An office that may send to one agency, and a certificate it has issued.
async fn office_with_certificate() -> (Office, DocumentNumber) {
    let mut office = Office::open().await;
    let folder = office.folder_of_all().to_owned();
    fs::write(
        folder.join("welfare.pem"),
        office.networks.inbox_authority(),
    )
    .unwrap();
    let list = folder.join("recipients.toml");
    let said = format!(
        "[recipient.{WELFARE}]\ntitle = {{ ko = \"복지정책과\", en = \"Welfare\" }}\n\
         inbox = \"{INBOX}\"\nauthority = \"welfare.pem\"\n"
    );
    fs::write(&list, said).unwrap();
    office.send_to(&list).await;
    let ours = fs::read(office.trust().join("ca.pem")).unwrap();
    office.networks.believe_senders(&ours).unwrap();
    let mut station = office.station("gaon-1");
    station.submit("r", HOUSEHOLD, Some(BITNA), &[]).await;
    let number = station.prepared("r").await[0].number.clone();
    (office, number)
}

async fn send(office: &Office, number: &DocumentNumber) -> (u16, Value) {
    let wanted = json!({ "number": number, "recipient": WELFARE, "purpose": "기초연금 신청",
        "consent": "read_aloud" });
    office.say("kim", "/v1/deliveries", &wanted).await
}

/// The status of a delivery, once it is as wanted.
async fn status(wire: &Wire, id: &str, wanted: impl Fn(&Value) -> bool) -> Value {
    let path = format!("/v1/deliveries/{id}");
    let looked = async {
        loop {
            let said = wire.get(&path, Duration::from_secs(10)).await.unwrap();
            let said: Value = serde_json::from_slice(&said).unwrap();
            if wanted(&said) {
                return said;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), looked)
        .await
        .expect("a status")
}

#[tokio::test]
async fn an_agency_gets_the_document_with_the_consent_once_and_its_receipt_is_kept() {
    let (office, number) = office_with_certificate().await;
    let wire = office.wire("kim");

    let (_, first) = send(&office, &number).await;
    let id = first["delivery"].as_str().unwrap().to_owned();
    let said = status(&wire, &id, |it| !it["end"].is_null()).await;
    let (_, again) = send(&office, &number).await;

    assert_eq!(
        (&said["end"], &said["receipt"]),
        (&json!("delivered"), &json!(true))
    );
    assert_eq!(first, again, "said again it is the same delivery");
    let taken = office.networks.inbox();
    assert_eq!(taken.len(), 1);
    let (taken_id, documents) = &taken[0];
    assert_eq!(taken_id, &id);
    assert_eq!(documents[0].name(), "certificate.pdf");
    assert!(documents[0].bytes().starts_with(b"%PDF-1.7"));
    let consent: Value = serde_json::from_slice(documents[1].bytes()).unwrap();
    assert_eq!(consent["document"], json!(number));
    assert_eq!(consent["purpose"], json!("기초연금 신청"));
    assert_eq!(consent["taken_by"], json!("kim"));
}

#[tokio::test]
async fn what_waits_is_offered_again_after_a_restart_and_an_answer_that_was_lost_changes_nothing() {
    for mood in [Mood::Away, Mood::WrongId] {
        let (mut office, number) = office_with_certificate().await;
        office.networks.set_mood(WELFARE, mood);
        let (_, said) = send(&office, &number).await;
        let id = said["delivery"].as_str().unwrap().to_owned();
        let tried = status(&office.wire("kim"), &id, |it| it["tries"] == json!(1)).await;
        assert!(tried["end"].is_null(), "{mood:?}");

        office.networks.set_mood(WELFARE, Mood::Well);
        office.starts_at = office.starts_at + Duration::from_hours(1);
        office.restart().await;

        let said = status(&office.wire("kim"), &id, |it| !it["end"].is_null()).await;
        assert_eq!(said["end"], json!("delivered"), "{mood:?}");
        assert_eq!(office.networks.inbox().len(), 1, "{mood:?}");
    }
}

#[tokio::test]
async fn an_agency_that_cannot_believe_the_container_refuses_it() {
    let (office, number) = office_with_certificate().await;
    let stranger = office.networks.inbox_authority().as_bytes().to_vec();
    office.networks.believe_senders(&stranger).unwrap();

    let (_, said) = send(&office, &number).await;

    let id = said["delivery"].as_str().unwrap();
    let said = status(&office.wire("kim"), id, |it| !it["end"].is_null()).await;
    assert_eq!(
        (&said["end"], &said["receipt"]),
        (&json!("refused"), &json!(false))
    );
}

#[tokio::test]
async fn what_was_refused_is_sent_again_when_the_agency_has_come_to_its_senses() {
    let (office, number) = office_with_certificate().await;
    let ours = fs::read(office.trust().join("ca.pem")).unwrap();
    let stranger = office.networks.inbox_authority().as_bytes().to_vec();
    office.networks.believe_senders(&stranger).unwrap();
    let (_, said) = send(&office, &number).await;
    let id = said["delivery"].as_str().unwrap().to_owned();
    status(&office.wire("kim"), &id, |it| it["end"] == json!("refused")).await;

    office.networks.believe_senders(&ours).unwrap();
    let (_, again) = send(&office, &number).await;

    assert_eq!(said, again, "the same delivery");
    status(&office.wire("kim"), &id, |it| {
        it["end"] == json!("delivered")
    })
    .await;
    assert_eq!(office.networks.inbox().len(), 1);
}

#[tokio::test]
async fn nobody_but_an_agent_sends_and_nothing_without_a_purpose_or_to_anybody() {
    let (office, number) = office_with_certificate().await;
    let wanted = |number: &str, to: &str, purpose: &str| json!({ "number": number, "recipient": to, "purpose": purpose, "consent": "written" });
    let number = number.as_str();
    for (who, said, expected) in [
        ("gaon-1", wanted(number, WELFARE, "p"), 403),
        ("kim", wanted(number, "moon", "p"), 404),
        ("kim", wanted("2611-0000-0000-0000", WELFARE, "p"), 404),
        ("kim", wanted(number, WELFARE, " "), 422),
    ] {
        let (status, _) = office.say(who, "/v1/deliveries", &said).await;
        assert_eq!(status, expected, "{said}");
    }
    assert!(office.networks.inbox().is_empty());
}
