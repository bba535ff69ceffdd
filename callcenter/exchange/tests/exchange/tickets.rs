//! Tickets: what was accepted and collected later, what is owed and paid elsewhere.

use std::time::Duration;

use privacy::Personal;
use request::{
    Applicant, Channel, DeclineReason, DocumentReference, Fee, FeeReason, Identification,
    IdentityLevel, Outcome, Promise, RequestEvent, ResidentNumber, ServiceId, Terms,
};
use sandbox::Mood;
use serde_json::{Value, json};
use ticket::Issuer;

use crate::{BITNA, office::Office, station::Station};

const JOB: &str = "job-seeking";
const GAON: &str = "8507151990027";
const PATIENCE: Duration = Duration::from_secs(60);

fn issuer() -> Issuer {
    Issuer::from_pem("gaon-1", &Issuer::fresh_key().unwrap()).unwrap()
}

/// A citizen hands an application in at a kiosk that goes on without them.
async fn queue(station: &mut Station, id: &str, ticket: &str) {
    station.submit(id, JOB, Some(BITNA), &[]).await;
    let ticket = ticket.to_owned();
    station.tell(id, RequestEvent::Queued { ticket }).await;
    let outcome = Outcome::Queued;
    station.tell(id, RequestEvent::Closed { outcome }).await;
}

async fn look_up(office: &Office, station: &str, code: &str) -> Value {
    let question = json!({ "code": code });
    office.say(station, "/v1/tickets/lookup", &question).await.1
}

/// Asks until the ticket is in this state.
async fn until(office: &Office, code: &str, state: &str) {
    let asked = async {
        while look_up(office, "gaon-1", code).await["state"] != state {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let given_up = tokio::time::timeout(PATIENCE, asked).await;
    assert!(given_up.is_ok(), "the ticket was never {state}");
}

/// Opens and submits a request that honors a ticket.
async fn collect(station: &mut Station, id: &str, ticket: &str, what: Promise, who: Option<&str>) {
    let refund = what == Promise::Money;
    let service = if refund { "refund" } else { JOB };
    let mut events = vec![
        RequestEvent::Opened {
            service: ServiceId::new(service),
            service_version: 1,
            channel: Channel::Kiosk,
            station: station.id.clone(),
            language: "ko".to_owned(),
            terms: Terms {
                identity: IdentityLevel::None,
                consent: false,
                questions: Vec::new(),
                copies_max: 1,
            },
        },
        RequestEvent::Collecting {
            ticket: ticket.to_owned(),
            what,
        },
    ];
    if let Some(number) = who {
        events.push(RequestEvent::Identified {
            applicant: Applicant {
                name: Personal::new("아무개".to_owned()),
                resident_number: ResidentNumber::parse(number).unwrap(),
            },
            by: Identification::CardAndNumber,
        });
    }
    if !refund {
        // As `Station::submit` quotes it.
        let fee = Fee {
            unit_won: 200,
            legal_basis: "ordinance".to_owned(),
            reason: FeeReason::Everywhere,
        };
        events.push(RequestEvent::FeeQuoted { fee });
    }
    events.push(RequestEvent::Submitted);
    for event in events {
        station.tell(id, event).await;
    }
}

async fn close(station: &mut Station, id: &str) {
    let outcome = Outcome::Failed;
    station.tell(id, RequestEvent::Closed { outcome }).await;
}

async fn issue(station: &mut Station, id: &str, documents: &[DocumentReference]) {
    for document in documents {
        let number = document.number.clone();
        station.tell(id, RequestEvent::IssueBegun { number }).await;
        let number = document.number.clone();
        station.tell(id, RequestEvent::Issued { number }).await;
    }
    close(station, id).await;
}

#[tokio::test]
async fn what_was_accepted_while_the_network_was_away_is_collected_elsewhere_once() {
    let mut office = Office::open().await;
    office.networks.set_mood("employment", Mood::Away);
    let code = issuer().claim_code("a").digits();
    let mut here = office.station("gaon-1");
    queue(&mut here, "a", &code).await;
    until(&office, &code, "waiting").await;

    office.networks.set_mood("employment", Mood::Well);
    office.restart().await;
    here.moved_to(&office);
    until(&office, &code, "ready").await;
    let mut there = office.station("narae-1");
    collect(&mut there, "b", &code, Promise::Documents, Some(BITNA)).await;
    let documents = there.prepared("b").await;

    let pdf = there.document(&documents[0].number).await.unwrap();
    assert!(pdf.starts_with(b"%PDF"));
    assert_eq!(look_up(&office, "gaon-1", &code).await["state"], "busy");
    issue(&mut there, "b", &documents).await;
    assert_eq!(look_up(&office, "gaon-1", &code).await["state"], "used");
    assert_eq!(office.status(&documents[0].number).await, "valid");
    collect(&mut there, "c", &code, Promise::Documents, Some(BITNA)).await;
    assert_eq!(there.declined(["c"]).await, [DeclineReason::TicketUsed]);
}

#[tokio::test]
async fn two_kiosks_with_the_same_ticket_never_both_get_the_paper() {
    let office = Office::open().await;
    let code = issuer().claim_code("a").digits();
    let mut here = office.station("gaon-1");
    queue(&mut here, "a", &code).await;
    until(&office, &code, "ready").await;
    let mut there = office.station("narae-1");

    collect(&mut there, "b", &code, Promise::Documents, Some(BITNA)).await;
    let first = there.prepared("b").await;
    collect(&mut here, "c", &code, Promise::Documents, Some(BITNA)).await;
    let second = here.declined(["c"]).await;
    // The first one prints nothing and gives up.
    close(&mut there, "b").await;
    close(&mut here, "c").await;
    collect(&mut here, "d", &code, Promise::Documents, Some(BITNA)).await;
    let third = here.prepared("d").await;

    assert_eq!(second, [DeclineReason::TicketBusy]);
    assert_eq!(office.status(&first[0].number).await, "void");
    assert_ne!(first[0].number, third[0].number);
}

#[tokio::test]
async fn a_found_ticket_is_no_use_without_the_card_of_whoever_asked() {
    let office = Office::open().await;
    let code = issuer().claim_code("a").digits();
    let mut here = office.station("gaon-1");
    queue(&mut here, "a", &code).await;
    until(&office, &code, "ready").await;

    collect(&mut here, "b", &code, Promise::Documents, Some(GAON)).await;
    collect(&mut here, "c", &code, Promise::Documents, None).await;
    let unknown = issuer().claim_code("x").digits();
    collect(&mut here, "d", &unknown, Promise::Documents, Some(BITNA)).await;

    assert_eq!(
        here.declined(["b", "c", "d"]).await,
        [
            DeclineReason::NotTheHolder,
            DeclineReason::NotTheHolder,
            DeclineReason::NoSuchTicket
        ]
    );
    let told = look_up(&office, "narae-1", &code).await;
    assert_eq!(told["state"], "ready");
    assert!(!told.to_string().contains(BITNA), "{told}");
}

#[tokio::test]
async fn codes_cannot_be_found_by_trying() {
    let office = Office::open().await;
    let code = issuer().claim_code("a").digits();
    let mut here = office.station("gaon-1");
    queue(&mut here, "a", &code).await;

    for number in 0..10 {
        let unknown = issuer().claim_code(&number.to_string()).digits();
        assert_eq!(
            look_up(&office, "narae-1", &unknown).await["state"],
            "unknown"
        );
    }

    assert_eq!(
        look_up(&office, "narae-1", &code).await["state"],
        "too_many_tries"
    );
    assert_ne!(
        look_up(&office, "gaon-1", &code).await["state"],
        "too_many_tries"
    );
    let question = json!({ "code": "3000" });
    let (status, _) = office.say("gaon-1", "/v1/tickets/lookup", &question).await;
    assert_eq!(status, 422);
}

/// A station that owes 700 won; answers the ticket's code.
async fn owe(station: &mut Station, issuer: &Issuer, id: &str) -> String {
    let code = issuer.refund_code(id).digits();
    station.submit(id, JOB, Some(BITNA), &[]).await;
    station.prepared(id).await;
    for amount_won in [500, 200] {
        let ticket = code.clone();
        station
            .tell(id, RequestEvent::RefundOwed { amount_won, ticket })
            .await;
    }
    close(station, id).await;
    code
}

#[tokio::test]
async fn what_one_kiosk_owes_another_pays_out_once() {
    let office = Office::open().await;
    let mut here = office.station("gaon-1");
    let code = owe(&mut here, &issuer(), "a").await;
    let owed = look_up(&office, "narae-1", &code).await;
    assert_eq!(owed, json!({ "state": "owed", "amount_won": 700 }));
    let mut there = office.station("narae-1");

    collect(&mut there, "b", &code, Promise::Money, None).await;
    let credited = there.answer("b").await;
    collect(&mut here, "c", &code, Promise::Money, None).await;
    assert_eq!(here.declined(["c"]).await, [DeclineReason::TicketBusy]);
    let purpose = request::PayoutPurpose::Refund;
    for event in [
        RequestEvent::PayoutBegun {
            amount_won: 700,
            purpose,
        },
        RequestEvent::PaidOut { amount_won: 700 },
    ] {
        there.tell("b", event).await;
    }
    close(&mut there, "b").await;

    assert_eq!(credited, RequestEvent::Credited { amount_won: 700 });
    assert_eq!(look_up(&office, "gaon-1", &code).await["state"], "used");
}

#[tokio::test]
async fn a_credit_that_nobody_took_over_is_open_again() {
    let office = Office::open().await;
    let mut here = office.station("gaon-1");
    let code = owe(&mut here, &issuer(), "a").await;
    let mut there = office.station("narae-1");
    collect(&mut there, "b", &code, Promise::Money, None).await;
    there.answer("b").await;
    assert_eq!(look_up(&office, "gaon-1", &code).await["state"], "busy");

    close(&mut there, "b").await;

    assert_eq!(look_up(&office, "gaon-1", &code).await["state"], "owed");
}

#[tokio::test]
async fn an_agent_pays_a_genuine_ticket_once_and_a_forged_one_never() {
    let office = Office::open().await;
    let ours = issuer();
    let mut here = office.station("gaon-1");
    let code = owe(&mut here, &ours, "a").await;
    let key = ours.public_key().unwrap();
    let tell = |key: String| {
        let (office, path) = (&office, "/v1/stations/gaon-1/ticket-key");
        async move { office.say("gaon-1", path, &json!(key)).await.0 }
    };
    assert_eq!(tell(key.clone()).await, 200);
    assert_eq!(tell(key).await, 200);
    assert_eq!(tell(issuer().public_key().unwrap()).await, 409);
    assert_eq!(tell("no key".to_owned()).await, 422);
    let parsed = ticket::Code::parse(&code).unwrap();
    let genuine = ours.sign(&parsed, 700, 0).unwrap();
    let forged = issuer().sign(&parsed, 700, 0).unwrap();
    let spend = |amount_won: u32, ticket: Option<&str>, code: &str| {
        let body = json!({ "amount_won": amount_won, "ticket": ticket });
        let path = format!("/v1/refunds/{code}/spend");
        let office = &office;
        async move { office.say("kim", &path, &body).await }
    };

    let unknown = ours.refund_code("x").digits();
    assert_eq!(spend(700, None, &unknown).await.0, 404);
    assert_eq!(
        spend(700, Some(&forged), &code).await.1["title"],
        "the ticket was forged or altered"
    );
    assert_eq!(
        spend(800, None, &code).await.1["title"],
        "another amount is owed"
    );
    assert_eq!(spend(700, Some(&genuine), &code).await.0, 200);
    assert_eq!(
        spend(700, Some(&genuine), &code).await.1["title"],
        "this ticket was paid out before"
    );
    assert_eq!(look_up(&office, "gaon-1", &code).await["state"], "used");
    let by_a_kiosk = json!({ "amount_won": 700 });
    let path = format!("/v1/refunds/{code}/spend");
    assert_eq!(office.say("narae-1", &path, &by_a_kiosk).await.0, 403);
}
