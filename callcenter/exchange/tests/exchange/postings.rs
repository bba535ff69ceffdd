//! A citizen writes for the board; nobody reads it before a moderator has.

use std::time::Duration;

use link::LinkFault;
use serde_json::{Value, json};

use crate::office::Office;

const PATIENCE: Duration = Duration::from_secs(20);
const POSTINGS: &str = "/v1/board/postings";

fn posting(id: &str, title: &str, text: &str) -> Value {
    json!({
        "id": id, "topic": "sharing", "district": "4199900000",
        "words": { "title": title, "text": text }
    })
}

async fn decide(office: &Office, id: &str, decision: Value) -> u16 {
    let path = format!("{POSTINGS}/{id}/decision");
    office.say("kim", &path, &decision).await.0
}

async fn board(office: &Office) -> Vec<String> {
    let (status, edition) = office.get("/v1/board").await;
    assert_eq!(status, 200);
    assert!(edition["as_of"].is_i64());
    let notices = edition["notices"].as_array().unwrap().iter();
    notices
        .map(|it| it["text"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn what_a_citizen_wrote_is_read_by_all_when_a_moderator_has_published_it() {
    let mut office = Office::open().await;
    let script = "<script>alert(1)</script> 책을 나눠요";
    for (station, id, text) in [("gaon-1", "a", script), ("desk-1", "b", "값싸게 팔아요")] {
        let told = office
            .say(station, POSTINGS, &posting(id, "책을 나눠요", text))
            .await;
        assert_eq!(told, (200, json!({ "state": "waits" })), "{station}");
    }
    assert_eq!(board(&office).await, [""; 0]);
    let waiting = office.wire("kim").get(POSTINGS, PATIENCE).await.unwrap();
    let waiting: Value = serde_json::from_slice(&waiting).unwrap();
    let first = &waiting["postings"][0];
    assert_eq!(first["words"]["text"], script);
    assert_eq!(first["district_title"]["ko"], "한빛시 가온구");
    assert!(first["topic_title"]["ko"].is_string());

    assert_eq!(
        decide(&office, "a", json!({ "decision": "publish", "days": 14 })).await,
        200
    );
    let advertises = json!({ "decision": "refuse", "reason": "광고예요" });
    assert_eq!(decide(&office, "b", advertises).await, 200);

    // As it was written, and still after a restart.
    assert_eq!(board(&office).await, [script]);
    office.restart().await;
    assert_eq!(board(&office).await, [script]);
    let down = json!({ "decision": "take_down", "reason": "다 나눴어요" });
    assert_eq!(decide(&office, "a", down).await, 200);
    assert_eq!(board(&office).await, [""; 0]);
}

#[tokio::test]
async fn a_notice_goes_by_itself_when_its_time_is_over() {
    let mut office = Office::open().await;
    office
        .say(
            "gaon-1",
            POSTINGS,
            &posting("a", "책을 나눠요", "어린이 책이에요"),
        )
        .await;
    decide(&office, "a", json!({ "decision": "publish", "days": 14 })).await;

    let day = Duration::from_hours(24);
    office.starts_at = office.starts_at + day * 13;
    office.restart().await;
    assert_eq!(board(&office).await.len(), 1);
    office.starts_at = office.starts_at + day * 2;
    office.restart().await;

    assert_eq!(board(&office).await, [""; 0]);
}

#[tokio::test]
async fn what_is_no_posting_is_refused_and_a_kiosk_moderates_nothing() {
    let office = Office::open().await;
    let with = |key: &str, value: Value| {
        let mut wrong = posting("a", "책을 나눠요", "어린이 책이에요");
        wrong[key] = value;
        wrong
    };

    for wrong in [
        with("topic", json!("population")),
        with("district", json!("1")),
        with("id", json!("../a")),
        with("author", json!("kim")),
        with("words", json!({ "title": "책", "text": "어린이 책이에요" })),
        with(
            "words",
            json!({ "title": "책을 나눠요", "text": "가".repeat(501) }),
        ),
    ] {
        assert_eq!(
            office.say("gaon-1", POSTINGS, &wrong).await.0,
            422,
            "{wrong}"
        );
    }
    // An agent's certificate is no kiosk's and no desk's.
    let sound = posting("a", "책을 나눠요", "어린이 책이에요");
    assert_eq!(office.say("kim", POSTINGS, &sound).await.0, 403);
    let listed = office.wire("gaon-1").get(POSTINGS, PATIENCE).await;
    assert!(matches!(listed, Err(LinkFault::Refused(status, _)) if status.as_u16() == 403));
    office.say("gaon-1", POSTINGS, &sound).await;
    let path = format!("{POSTINGS}/a/decision");
    let publish = json!({ "decision": "publish", "days": 1 });
    assert_eq!(office.say("gaon-1", &path, &publish).await.0, 403);
    for (decision, status) in [
        (json!({ "decision": "publish", "days": 0 }), 422),
        (json!({ "decision": "publish", "days": 91 }), 422),
        (json!({ "decision": "refuse", "reason": " " }), 422),
        (json!({ "decision": "applaud" }), 422),
        (json!({ "decision": "take_down", "reason": "왜요" }), 409),
    ] {
        assert_eq!(
            decide(&office, "a", decision.clone()).await,
            status,
            "{decision}"
        );
    }
    assert_eq!(decide(&office, "none", publish).await, 404);
}
