//! Training rooms tell what agents have practised; supervisors read it, nobody else.

use std::time::Duration;

use badge::{Badge, Role, Signer};
use ledger::Store;
use link::LinkFault;
use request::{AgentId, StationId, Timestamp};
use serde_json::{Value, json};

use crate::office::{Office, TUESDAY_10_00};

const ROOM: &str = "room-1";
const TEN: Timestamp = Timestamp::from_millis(TUESDAY_10_00);
const PATIENCE: Duration = Duration::from_secs(20);

async fn with_a_training_room() -> Office {
    let office = Office::open().await;
    let (folder, id) = (office.folder_of_all(), StationId::new(ROOM));
    let roster = folder.join("stations.toml");
    let year = Duration::from_hours(24 * 365);
    exchange::enroll_training_room(&office.data(), &roster, &id, &folder.join(ROOM), TEN, year)
        .unwrap();
    office
}

fn record(agent: &str, ended_at: i64) -> Value {
    json!({
        "agent": agent, "kind": "exercise", "scenario": "land-ledger", "version": 1, "seed": 7,
        "points": 90, "passed": true, "ended_at": ended_at
    })
}

async fn tell(office: &Office, who: &str, records: &[Value]) -> (u16, Value) {
    office
        .say(who, "/v1/training", &json!({ "records": records }))
        .await
}

async fn listed(office: &Office, path: &str) -> Vec<Value> {
    let body = office.wire("kim").get(path, PATIENCE).await.unwrap();
    let answer: Value = serde_json::from_slice(&body).unwrap();
    answer["records"].as_array().unwrap().clone()
}

#[tokio::test]
async fn what_a_room_tells_twice_stands_once_in_the_roster_also_after_a_restart() {
    let mut office = with_a_training_room().await;
    let (first, second) = (record("kim.2", 5), record("lee.3", 6));

    let told = tell(&office, ROOM, &[first.clone(), second.clone()]).await;
    assert_eq!(told, (200, json!({ "taken": 2 })));
    office.restart().await;
    let again = tell(&office, ROOM, std::slice::from_ref(&first)).await;
    assert_eq!(again, (200, json!({ "taken": 1 })));

    let all = listed(&office, "/v1/training").await;
    assert_eq!(all.len(), 2);
    let mut kept = first;
    kept["station"] = json!(ROOM);
    assert_eq!(listed(&office, "/v1/training?agent=kim.2").await, [kept]);
}

#[tokio::test]
async fn a_kiosk_and_a_desk_tell_nothing_and_a_training_room_has_no_part_in_anything_else() {
    let office = with_a_training_room().await;

    for who in ["gaon-1", "desk-1"] {
        let (status, _) = tell(&office, who, &[record("kim.2", 5)]).await;
        assert_eq!(status, 403, "{who}");
    }
    for path in ["/v1/rooms", "/v1/training", "/v1/petitions"] {
        let asked = office.wire(ROOM).get(path, PATIENCE).await;
        let refused = match asked {
            Err(LinkFault::Refused(status, _)) => status.as_u16() == 403,
            Err(LinkFault::Room(_)) => true,
            _ => false,
        };
        assert!(refused, "{path}");
    }
    assert_eq!(listed(&office, "/v1/training").await, Vec::<Value>::new());
}

#[tokio::test]
async fn what_is_no_record_is_refused_whole() {
    let office = with_a_training_room().await;
    let with = |key: &str, value: Value| {
        let mut wrong = record("kim.2", 5);
        wrong[key] = value;
        wrong
    };

    for wrong in [
        with("agent", json!("")),
        with("agent", json!("kim 2")),
        with("agent", json!("k".repeat(65))),
        with("points", json!(101)),
        with("scenario", json!("")),
        with("scenario", json!("line\nbreak")),
        with("comment", json!("slow")),
        with("kind", json!("rehearsal")),
    ] {
        let (status, _) = tell(&office, ROOM, &[record("lee.3", 6), wrong.clone()]).await;
        assert_eq!(status, 422, "{wrong}");
    }
    let many = vec![record("kim.2", 5); 101];
    assert_eq!(tell(&office, ROOM, &many).await.0, 422);
    assert_eq!(listed(&office, "/v1/training").await, Vec::<Value>::new());
}

#[tokio::test]
async fn what_a_center_calls_its_own_scenarios_is_taken_in_its_own_language() {
    let office = with_a_training_room().await;
    let mut own = record(".kim-2", 5);
    own["scenario"] = json!("우리 센터의 전화");

    let (status, _) = tell(&office, ROOM, std::slice::from_ref(&own)).await;

    assert_eq!(status, 200);
    let kept = listed(&office, "/v1/training").await;
    assert_eq!(kept[0]["scenario"], own["scenario"]);
}

#[tokio::test]
async fn a_desk_reads_it_with_a_supervisors_badge_and_not_with_an_agents_or_none() {
    let office = with_a_training_room().await;
    let switch = office.certify_switch("switch-1", TEN);
    let signer = Signer::new(switch.private_key(), switch.certificate()).unwrap();
    let wears = |role| Badge {
        agent: AgentId::new("park.1"),
        role,
        desk: StationId::new("desk-1"),
        from: TEN,
        until: TEN + Duration::from_secs(3_600),
    };
    tell(&office, ROOM, &[record("kim.2", 5)]).await;
    let desk = office.wire("desk-1");
    let reads = || async { desk.get("/v1/training", PATIENCE).await.is_ok() };

    assert!(!reads().await);
    desk.wear(Some(signer.sign(&wears(Role::Agent)).unwrap()));
    assert!(!reads().await);
    desk.wear(Some(signer.sign(&wears(Role::Supervisor)).unwrap()));
    assert!(reads().await);
}

#[tokio::test]
async fn the_command_of_the_exchange_reads_the_store_while_it_serves() {
    let office = with_a_training_room().await;
    tell(&office, ROOM, &[record("kim.2", 5)]).await;

    let file = office.data().join("exchange.sqlite");
    let kept = Store::training_in(&file, Some("kim.2"), 10).unwrap();

    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].station.as_str(), ROOM);
}
