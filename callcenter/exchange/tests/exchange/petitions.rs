//! Agents read and answer petitions over the lines; nobody else may.

use catalog::Catalog;
use privacy::Personal;
use request::{
    Action, Channel, RequestEvent, RequestId, Sender, ServiceId, ServiceRequest, StationId,
};
use serde_json::{Value, json};
use sync::Announcement;

use crate::{office::Office, station::Station};

pub(crate) const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);
pub(crate) const ID: &str = "gaon-1-0123456789abcdef0123";

async fn ask(office: &Office, path: &str) -> Value {
    let body = office.wire("kim").get(path, PATIENCE).await.unwrap();
    serde_json::from_slice(&body).unwrap()
}

/// A letter has come to a station that reads mail.
pub(crate) async fn receive(office: &Office) -> Station {
    let house = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
    let catalog = Catalog::read(&house).unwrap();
    let service = ServiceId::new("petition");
    let opened = RequestEvent::Opened {
        terms: catalog.accepted_service(&service).unwrap().terms(),
        service,
        service_version: 1,
        channel: Channel::Email,
        station: StationId::new("gaon-1"),
        language: "ko".to_owned(),
    };
    let answer = |question: &str, text: &str| Action::Answer {
        question: question.to_owned(),
        answer: Personal::new(text.to_owned()),
    };
    let sender = Sender {
        name: Personal::new("한빛나".to_owned()),
        address: Personal::new("na@example.org".to_owned()),
        message_id: None,
    };
    let mut station = office.station("gaon-1");
    station.record(ID, &opened);
    let mut request = ServiceRequest::open(RequestId::new(ID), &opened).unwrap();
    for action in [
        Action::NameSender(sender),
        answer("subject", "가로등"),
        answer("text", "고장 났습니다"),
        Action::Submit,
    ] {
        let event = request.decide(action).unwrap();
        request.apply(&event);
        station.record(ID, &event);
    }
    station.offer_all_again().await;
    station
}

#[tokio::test]
async fn an_agent_reads_a_petition_takes_it_on_and_answers_it_once() {
    let office = Office::open().await;
    let station = receive(&office).await;
    let (one, assign) = (
        format!("/v1/petitions/{ID}"),
        format!("/v1/petitions/{ID}/assign"),
    );
    let reply = format!("/v1/petitions/{ID}/reply");

    let listed = ask(&office, "/v1/petitions").await["petitions"][0].clone();
    assert_eq!(listed["subject"], "가로등");
    assert_eq!(listed["standing"], "waiting");
    // Fourteen working days, the Tuesday it came being the first of them.
    assert_eq!(listed["due_on"], "2026-12-11");
    assert!(
        listed.get("text").is_none(),
        "the list says no more than it must"
    );
    let read = ask(&office, &one).await;
    assert_eq!(
        (&read["text"], &read["name"]),
        (&json!("고장 났습니다"), &json!("한빛나"))
    );

    assert_eq!(office.say("kim", &assign, &json!({})).await.0, 200);
    assert_eq!(
        office.say("kim", &reply, &json!({ "text": " " })).await.0,
        422
    );
    assert_eq!(
        office
            .say("kim", &reply, &json!({ "text": "고쳤습니다" }))
            .await
            .0,
        200
    );

    assert_eq!(
        office.say("kim", &reply, &json!({ "text": "또" })).await.0,
        409
    );
    let read = ask(&office, &one).await;
    assert_eq!(
        (&read["standing"], &read["assigned_to"]),
        (&json!("replied"), &json!("kim"))
    );
    let told = station.publications(0).await;
    assert!(told.iter().any(|it| matches!(
        &it.content,
        Announcement::Request { event: RequestEvent::Replied { text, .. }, .. }
            if text.reveal() == "고쳤습니다"
    )));
}

#[tokio::test]
async fn nobody_but_an_agent_reads_petitions() {
    let office = Office::open().await;
    receive(&office).await;

    for path in ["/v1/petitions".to_owned(), format!("/v1/petitions/{ID}")] {
        assert!(office.wire("narae-1").get(&path, PATIENCE).await.is_err());
        assert_ne!(office.get(&path).await.0, 200);
    }
    let reply = format!("/v1/petitions/{ID}/reply");
    let words = json!({ "text": "mine" });
    assert_eq!(office.say("gaon-1", &reply, &words).await.0, 403);
    assert_eq!(
        office
            .say("kim", "/v1/petitions/none/reply", &words)
            .await
            .0,
        404
    );
}
