//! Requests prepared by telephone: no network is asked before their holder stands
//! at a kiosk, and then it is asked anew.

use std::path::Path;

use catalog::{Catalog, Service};
use privacy::Personal;
use request::{
    Channel, DeclineReason, Identification, IdentityLevel, NetworkFault, Outcome, RequestEvent,
    ServiceId, TelephoneNumber,
};
use sandbox::Mood;
use serde_json::{Value, json};

use crate::{
    BITNA,
    office::Office,
    station::Station,
    written::{applicant, code, collecting, fee, opened},
};

const HOUSEHOLD: &str = "resident-register-household";
const NETWORK: &str = "people-id";
const GAON: &str = "8507151990027";
const LAND: [(&str, &str); 2] = [("district", "4199910100"), ("parcel_number", "12-3")];

fn known(service: &str) -> Service {
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
    let catalog = Catalog::read(&house).unwrap();
    catalog.service(&ServiceId::new(service)).unwrap().clone()
}

/// An agent prepares a request as a desk writes it down.
async fn prepare(desk: &mut Station, id: &str, service: &str, ticket: &str) {
    prepare_for(desk, id, service, ticket, None).await;
}

/// For somebody who wants to be told by text message.
pub(crate) async fn prepare_for(
    desk: &mut Station,
    id: &str,
    service: &str,
    ticket: &str,
    telephone: Option<&str>,
) {
    let known = known(service);
    let mut events = vec![opened(&known, &desk.id, Channel::Telephone, known.terms())];
    if known.identity > IdentityLevel::None {
        events.push(RequestEvent::Identified {
            applicant: applicant(BITNA),
            by: Identification::StatedByTelephone,
        });
    }
    if !known.questions.is_empty() {
        events.extend(LAND.map(|(question, answer)| RequestEvent::Answered {
            question: question.to_owned(),
            answer: Personal::new(answer.to_owned()),
        }));
    }
    let first = |option: &catalog::ServiceOption| (option.id.clone(), option.choices[0].id.clone());
    events.push(RequestEvent::OptionsChosen {
        options: known.options.iter().map(first).collect(),
        copies: 1,
    });
    events.push(RequestEvent::FeeQuoted { fee: fee() });
    events.extend(telephone.map(|it| RequestEvent::MessagesWanted {
        telephone: TelephoneNumber::parse(it).unwrap(),
    }));
    events.push(RequestEvent::Submitted);
    let ticket = ticket.to_owned();
    events.push(RequestEvent::Queued { ticket });
    let outcome = Outcome::Queued;
    events.push(RequestEvent::Closed { outcome });
    for event in events {
        desk.tell(id, event).await;
    }
    // The exchange says so to the desk.
    assert_eq!(
        desk.answer(id).await,
        RequestEvent::ResultReady,
        "{service}"
    );
}

/// Somebody comes to a kiosk with the code, and with a card where one is needed.
async fn collect(kiosk: &mut Station, id: &str, service: &str, ticket: &str, who: Option<&str>) {
    for event in collecting(&known(service), &kiosk.id, ticket, who) {
        kiosk.tell(id, event).await;
    }
}

async fn close(kiosk: &mut Station, id: &str) {
    let outcome = Outcome::Failed;
    kiosk.tell(id, RequestEvent::Closed { outcome }).await;
}

async fn state(office: &Office, code: &str) -> Value {
    let question = json!({ "code": code });
    let (_, mut answer) = office.say("narae-1", "/v1/tickets/lookup", &question).await;
    answer["state"].take()
}

#[tokio::test]
async fn a_voice_on_the_telephone_makes_no_network_tell_anything() {
    let office = Office::open().await;
    // Whoever asked it now would have to wait.
    office.networks.set_mood(NETWORK, Mood::Away);
    let mut desk = office.station("gaon-1");
    let code = code("a");
    prepare(&mut desk, "a", HOUSEHOLD, &code).await;
    let mut kiosk = office.station("narae-1");

    collect(&mut kiosk, "b", HOUSEHOLD, &code, Some(GAON)).await;
    let stranger = kiosk.declined(["b"]).await;
    close(&mut kiosk, "b").await;
    let told: Vec<_> = desk.told().await.into_iter().map(|it| it.1).collect();

    assert_eq!(told, [RequestEvent::ResultReady], "a network was asked");
    assert_eq!(stranger, [DeclineReason::NotTheHolder]);
    assert_eq!(state(&office, &code).await, "ready");
}

#[tokio::test]
async fn the_network_is_asked_when_the_holder_stands_at_a_kiosk_and_each_time_anew() {
    let office = Office::open().await;
    let mut desk = office.station("gaon-1");
    let code = code("a");
    prepare(&mut desk, "a", HOUSEHOLD, &code).await;
    let mut kiosk = office.station("narae-1");

    collect(&mut kiosk, "b", HOUSEHOLD, &code, Some(BITNA)).await;
    let first = kiosk.prepared("b").await;
    // They leave without the paper, and come back while the agency is away.
    close(&mut kiosk, "b").await;
    office.networks.set_mood(NETWORK, Mood::Away);
    collect(&mut kiosk, "c", HOUSEHOLD, &code, Some(BITNA)).await;
    let mut attempt = None;
    while attempt.is_none() {
        let told = kiosk.told().await;
        attempt = told.into_iter().find(|(id, _)| id.as_str() == "c");
    }
    close(&mut kiosk, "c").await;
    office.networks.set_mood(NETWORK, Mood::Well);

    let fault = NetworkFault::Unreachable;
    let failed = RequestEvent::AttemptFailed { fault };
    assert_eq!(attempt.unwrap().1, failed);
    assert_eq!(office.status(&first[0].number).await, "void");
    assert_eq!(state(&office, &code).await, "ready");
}

#[tokio::test]
async fn what_was_prepared_for_a_service_of_each_kind_is_collected_once() {
    let office = Office::open().await;
    let mut desk = office.station("gaon-1");
    let mut kiosk = office.station("narae-1");
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
    let catalog = Catalog::read(&house).unwrap();
    for service_id in [HOUSEHOLD, "land-ledger", "family-relations", "job-seeking"] {
        let service = catalog.service(&ServiceId::new(service_id)).unwrap();
        let (asked, taken) = (format!("a-{service_id}"), format!("b-{service_id}"));
        let code = code(&asked);
        prepare(&mut desk, &asked, service_id, &code).await;
        let who = (service.identity > IdentityLevel::None).then_some(BITNA);

        collect(&mut kiosk, &taken, service_id, &code, who).await;
        let documents = kiosk.prepared(&taken).await;
        for document in &documents {
            let number = document.number.clone();
            kiosk
                .tell(&taken, RequestEvent::IssueBegun { number })
                .await;
            let number = document.number.clone();
            kiosk.tell(&taken, RequestEvent::Issued { number }).await;
        }
        close(&mut kiosk, &taken).await;

        assert_eq!(documents.len(), 1, "{service_id}");
        assert_eq!(state(&office, &code).await, "used", "{service_id}");
    }
}
