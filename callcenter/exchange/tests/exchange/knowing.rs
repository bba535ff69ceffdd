//! What one agent knows, another approves and all of them find.

use std::time::Duration;

use badge::{Badge, Role, Signer};
use link::{LinkFault, Wire};
use request::{AgentId, StationId, Timestamp};
use serde_json::{Value, json};

use crate::office::{Office, TUESDAY_10_00};

const TEN: Timestamp = Timestamp::from_millis(TUESDAY_10_00);
const PATIENCE: Duration = Duration::from_secs(20);

fn article(ko: &str) -> Value {
    json!({ "after": 0, "article": {
        "title": { "ko": ko, "en": "Seal certificate" },
        "body": { "ko": "창구에서 신분증을 보이고 받아요.", "en": "At the counter, with a card." },
        "keywords": ["도장"], "services": []
    } })
}

/// A desk at which an agent works.
fn desk(office: &Office, signer: &Signer, agent: &str, role: Role) -> Wire {
    let wire = office.wire("desk-1");
    let badge = Badge {
        agent: AgentId::new(agent),
        role,
        desk: StationId::new("desk-1"),
        from: TEN,
        until: TEN + Duration::from_hours(1),
    };
    wire.wear(Some(signer.sign(&badge).unwrap()));
    wire
}

async fn say(wire: &Wire, path: &str, body: &Value) -> u16 {
    match wire.post::<Value>(path, body).await {
        Ok(_) => 200,
        Err(LinkFault::Refused(status, _)) => status.as_u16(),
        Err(fault) => panic!("{fault}"),
    }
}

async fn found(wire: &Wire, query: &str) -> Vec<String> {
    let answer = wire
        .get(&format!("/v1/knowledge?q={query}"), PATIENCE)
        .await;
    let answer: Value = serde_json::from_slice(&answer.unwrap()).unwrap();
    let articles = answer["articles"].as_array().unwrap().iter();
    articles
        .map(|it| it["title"]["ko"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn what_an_agent_wrote_is_found_when_another_has_approved_it_and_judged_by_who_reads_it() {
    let office = Office::open().await;
    let switch = office.certify_switch("switch-1", TEN);
    let signer = Signer::new(switch.private_key(), switch.certificate()).unwrap();
    let park = desk(&office, &signer, "park.1", Role::Supervisor);
    let choi = desk(&office, &signer, "choi.2", Role::Supervisor);
    let jung = desk(&office, &signer, "jung.3", Role::Agent);
    let seal = "%EC%9D%B8%EA%B0%90%EC%9D%80"; // 인감은
    let versions = "/v1/knowledge/seal/versions";
    let approve = "/v1/knowledge/seal/versions/1/approve";

    assert_eq!(say(&park, versions, &article("인감증명서")).await, 200);
    assert_eq!(found(&jung, seal).await, [""; 0]);
    assert_eq!(say(&park, approve, &json!({})).await, 403);
    assert_eq!(say(&jung, approve, &json!({})).await, 403);
    assert_eq!(say(&choi, approve, &json!({})).await, 200);

    assert_eq!(found(&jung, seal).await, ["인감증명서"]);
    assert_eq!(found(&jung, "").await.len(), 1);
    let old = json!({ "version": 1, "verdict": "out_of_date", "sentence": "창구가 바뀌었어요" });
    assert_eq!(say(&jung, "/v1/knowledge/seal/feedback", &old).await, 200);
    let said = park
        .get("/v1/knowledge/seal/feedback", PATIENCE)
        .await
        .unwrap();
    let said: Value = serde_json::from_slice(&said).unwrap();
    assert_eq!(said["feedback"][0]["sentence"], old["sentence"]);
    assert_eq!(
        say(&choi, "/v1/knowledge/seal/retire", &json!({})).await,
        200
    );
    assert_eq!(found(&jung, seal).await, [""; 0]);
}

#[tokio::test]
async fn what_is_no_article_is_refused_and_a_kiosk_reads_none() {
    let office = Office::open().await;
    let with = |key: &str, value: Value| {
        let mut wrong = article("인감증명서");
        wrong["article"][key] = value;
        wrong
    };
    let kim = office.wire("kim");

    for (id, wrong) in [
        ("seal", with("title", json!({ "ko": "", "en": "a" }))),
        (
            "seal",
            with("body", json!({ "ko": "가".repeat(8_001), "en": "a" })),
        ),
        ("seal", with("keywords", json!(vec!["a"; 21]))),
        ("seal", with("author", json!("lee"))),
        ("Seal", article("인감증명서")),
    ] {
        let path = format!("/v1/knowledge/{id}/versions");
        assert_eq!(say(&kim, &path, &wrong).await, 422, "{wrong}");
    }
    let read = office.wire("gaon-1").get("/v1/knowledge", PATIENCE).await;
    assert!(matches!(read, Err(LinkFault::Refused(status, _)) if status.as_u16() == 403));
}
