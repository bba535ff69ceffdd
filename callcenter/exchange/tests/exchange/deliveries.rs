//! A document that a citizen wants an agency to have: consent, container, receipt.

use std::{fs, time::Duration};

use link::{LinkFault, Wire};
use request::{DocumentNumber, Outcome, RequestEvent, SpoilReason};
use sandbox::Mood;
use serde_json::{Value, json};
use sync::DeliveryRefusal;

use crate::{BITNA, HOUSEHOLD, office::Office, station::Station};

const WELFARE: &str = "welfare-office";
const INBOX: &str = "KR/GOV/6110000/welfare-office/inbox";

/// A week, and as much as an attempt takes.
const LONG: Duration = Duration::from_hours(24 * 8);

/// An office that may send to two agencies, and a certificate it has made.
async fn office_with_certificate() -> (Office, DocumentNumber) {
    let (office, _, number) = office_with_station().await;
    (office, number)
}

/// With the station whose citizen asked for it.
async fn office_with_station() -> (Office, Station, DocumentNumber) {
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
         inbox = \"{INBOX}\"\nauthority = \"welfare.pem\"\n\
         [recipient.archives]\ntitle = {{ ko = \"총무과\", en = \"Archives\" }}\n\
         inbox = \"KR/GOV/6110000/archives/inbox\"\nauthority = \"welfare.pem\"\n"
    );
    fs::write(&list, said).unwrap();
    office.send_to(&list).await;
    let ours = fs::read(office.trust().join("ca.pem")).unwrap();
    office.networks.believe_senders(&ours).unwrap();
    let mut station = office.station("gaon-1");
    station.submit("r", HOUSEHOLD, Some(BITNA), &[]).await;
    let number = station.prepared("r").await[0].number.clone();
    (office, station, number)
}

async fn read(office: &Office, path: &str) -> Value {
    let said = office.wire("kim").get(path, Duration::from_secs(10)).await;
    serde_json::from_slice(&said.unwrap()).unwrap()
}

/// What became of all deliveries of a document, and why it cannot be sent.
async fn deliveries(office: &Office, number: &DocumentNumber) -> (Vec<Value>, Value) {
    let said = read(office, &format!("/v1/deliveries?number={number}")).await;
    let all = said["deliveries"].as_array().unwrap().clone();
    (all, said["refusal"].clone())
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

/// Why an agent's question is refused.
async fn refusal(office: &Office, path: &str, said: &Value) -> DeliveryRefusal {
    match office.wire("kim").post::<Value>(path, said).await {
        Err(LinkFault::Delivery(refusal)) => refusal,
        other => panic!("{said}: {other:?}"),
    }
}

fn wanted(number: &str, to: &str, purpose: &str) -> Value {
    json!({ "number": number, "recipient": to, "purpose": purpose, "consent": "written" })
}

#[tokio::test]
async fn nobody_but_an_agent_sends_and_nothing_without_a_purpose_or_to_anybody() {
    let (office, number) = office_with_certificate().await;
    let number = number.as_str();

    let whole = wanted(number, WELFARE, "p");
    assert_eq!(office.say("gaon-1", "/v1/deliveries", &whole).await.0, 403);
    let long = "가".repeat(201);
    let nobody = "2611-0000-0000-0000";
    for (said, expected) in [
        (wanted(number, "moon", "p"), DeliveryRefusal::NoRecipient),
        (wanted(nobody, WELFARE, "p"), DeliveryRefusal::NoDocument),
        (wanted(number, WELFARE, " "), DeliveryRefusal::Purpose),
        (wanted(number, WELFARE, &long), DeliveryRefusal::Purpose),
    ] {
        let refusal = refusal(&office, "/v1/deliveries", &said).await;
        assert_eq!(refusal, expected, "{said}");
    }
    assert!(office.networks.inbox().is_empty());
}

#[tokio::test]
async fn an_agent_reads_which_agencies_take_documents_in_the_order_of_their_titles() {
    let (office, _) = office_with_certificate().await;

    let told = read(&office, "/v1/recipients").await;

    let title = |ko, en| json!({ "ko": ko, "en": en });
    let expected = json!({ "recipients": [
        { "id": WELFARE, "title": title("복지정책과", "Welfare") },
        { "id": "archives", "title": title("총무과", "Archives") },
    ] });
    assert_eq!(told, expected);
    let kiosk = office.wire("gaon-1");
    let refused = kiosk.get("/v1/recipients", Duration::from_secs(10)).await;
    assert!(matches!(refused, Err(LinkFault::Refused(status, _)) if status == 403));
}

#[tokio::test]
async fn an_agent_finds_what_became_of_a_document_by_its_number() {
    let (office, number) = office_with_certificate().await;
    assert_eq!(deliveries(&office, &number).await, (vec![], Value::Null));
    let (_, said) = send(&office, &number).await;
    let id = said["delivery"].as_str().unwrap();
    let one = status(&office.wire("kim"), id, |it| !it["end"].is_null()).await;

    let (found, refusal) = deliveries(&office, &number).await;

    assert_eq!((found, refusal), (vec![one], Value::Null));
    let nobody = DocumentNumber::new("2611-0000-0000-0000");
    let (found, refusal) = deliveries(&office, &nobody).await;
    assert_eq!(found, [Value::Null; 0]);
    assert_eq!(refusal, json!(DeliveryRefusal::NoDocument.urn()));
}

#[tokio::test]
async fn a_paper_that_is_void_is_sent_to_nobody_also_when_it_waits_to_be_taken() {
    let (mut office, mut station, number) = office_with_station().await;
    office.networks.set_mood(WELFARE, Mood::Away);
    let (_, said) = send(&office, &number).await;
    let id = said["delivery"].as_str().unwrap().to_owned();
    status(&office.wire("kim"), &id, |it| it["tries"] == json!(1)).await;

    let spoiled = RequestEvent::Spoiled {
        number: number.clone(),
        reason: SpoilReason::Unknown,
    };
    station.tell("r", spoiled).await;
    office.networks.set_mood(WELFARE, Mood::Well);
    office.starts_at = office.starts_at + Duration::from_hours(1);
    office.restart().await;

    let said = status(&office.wire("kim"), &id, |it| !it["end"].is_null()).await;
    assert_eq!(said["end"], json!("void"));
    assert!(office.networks.inbox().is_empty());
    let whole = wanted(number.as_str(), WELFARE, "p");
    let refusal = refusal(&office, "/v1/deliveries", &whole).await;
    assert_eq!(refusal, DeliveryRefusal::Void);
    let (_, told) = deliveries(&office, &number).await;
    assert_eq!(told, json!(DeliveryRefusal::Void.urn()));
}

#[tokio::test]
async fn what_an_agency_was_away_for_too_long_to_take_is_offered_again_as_it_was() {
    let (mut office, number) = office_with_certificate().await;
    office.networks.set_mood(WELFARE, Mood::Away);
    let (_, said) = send(&office, &number).await;
    let id = said["delivery"].as_str().unwrap().to_owned();
    status(&office.wire("kim"), &id, |it| it["tries"] == json!(1)).await;
    office.starts_at = office.starts_at + LONG;
    office.restart().await;
    status(&office.wire("kim"), &id, |it| it["end"] == json!("expired")).await;

    office.networks.set_mood(WELFARE, Mood::Well);
    let again = format!("/v1/deliveries/{id}/again");
    let (_, offered) = office.say("kim", &again, &json!({})).await;

    assert_eq!(offered, said, "the same delivery");
    let delivered = |it: &Value| it["end"] == json!("delivered");
    status(&office.wire("kim"), &id, delivered).await;
    let taken = office.networks.inbox();
    let consent: Value = serde_json::from_slice(taken[0].1[1].bytes()).unwrap();
    assert_eq!(consent["purpose"], json!("기초연금 신청"));
    let refusal = refusal(&office, &again, &json!({})).await;
    assert_eq!(refusal, DeliveryRefusal::NotExpired);
    let nothing = "/v1/deliveries/nothing/again";
    assert_eq!(office.say("kim", nothing, &json!({})).await.0, 404);
}

#[tokio::test]
async fn a_document_whose_term_is_over_is_sent_to_nobody() {
    let (mut office, mut station, number) = office_with_station().await;
    let issued = number.clone();
    station
        .tell("r", RequestEvent::Issued { number: issued })
        .await;
    let outcome = Outcome::Done;
    station.tell("r", RequestEvent::Closed { outcome }).await;

    office.starts_at = office.starts_at + Duration::from_hours(24 * 120);
    office.restart().await;
    let erased = async {
        while deliveries(&office, &number).await.1.is_null() {
            tokio::task::yield_now().await;
        }
    };
    let in_time = tokio::time::timeout(Duration::from_secs(30), erased).await;
    in_time.expect("its pages are erased");

    let whole = wanted(number.as_str(), WELFARE, "p");
    let refusal = refusal(&office, "/v1/deliveries", &whole).await;
    assert_eq!(refusal, DeliveryRefusal::Over);
}
