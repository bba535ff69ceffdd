//! What desks are told of petitions: page by page, with each step and why a deed was not
//! done.

use serde_json::{Value, json};

use crate::{handling::file, office::Office, petitions::PATIENCE};

async fn read(office: &Office, path: &str) -> Value {
    let body = office.wire("kim").get(path, PATIENCE).await.unwrap();
    serde_json::from_slice(&body).unwrap()
}

/// Three have come from a kiosk.
async fn with_three() -> Office {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");
    for (id, text) in [
        ("gaon-1-a", "별내동 12번지 앞 가로등이 사흘째 꺼져 있습니다"),
        ("gaon-1-b", "별내동 12번지 앞 가로등이 나흘째 꺼져 있습니다"),
        ("gaon-1-c", "버스가 자주 늦어요"),
    ] {
        file(&mut station, id, "ombudsman-petition", ["제목", text]);
    }
    station.offer_all_again().await;
    office
}

#[tokio::test]
async fn every_page_of_petitions_is_reached_and_says_how_many_there_are() {
    let office = with_three().await;

    let first = read(&office, "/v1/petitions?limit=2").await;
    let after = first["next"].as_str().unwrap();
    let second = read(&office, &format!("/v1/petitions?limit=2&after={after}")).await;

    let ids = |page: &Value| -> Vec<String> {
        let rows = page["petitions"].as_array().unwrap().iter();
        rows.map(|it| it["request"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(ids(&first), ["gaon-1-a", "gaon-1-b"]);
    assert_eq!(ids(&second), ["gaon-1-c"]);
    assert_eq!(
        (&second["total"], &second["next"]),
        (&json!(3), &Value::Null)
    );
    // Due on 2 December; the Tuesday it came is the first of seven working days.
    assert_eq!(first["petitions"][0]["days_left"], 6);
    for nonsense in ["limit=0", "limit=101", "after=2.1.1.x", "after=0.x"] {
        let asked = office.wire("kim");
        let path = format!("/v1/petitions?{nonsense}");
        assert!(asked.get(&path, PATIENCE).await.is_err(), "{nonsense}");
    }
}

#[tokio::test]
async fn each_step_is_told_an_agent_with_its_reason_and_others_by_their_subjects() {
    let office = with_three().await;
    let transfer = json!({ "office": "4199010", "reason": "도로과에서 봅니다" });
    let longer = json!({ "reason": "부품이 다음 주에 옵니다" });
    for (id, deed, said) in [
        ("gaon-1-a", "assign", json!({})),
        ("gaon-1-a", "transfer", transfer),
        ("gaon-1-a", "extend", longer),
        (
            "gaon-1-b",
            "join",
            json!({ "leading": "gaon-1-a", "ground": "mass" }),
        ),
    ] {
        let path = format!("/v1/petitions/{id}/{deed}");
        assert_eq!(office.say("kim", &path, &said).await.0, 200, "{deed}");
    }

    let leading = read(&office, "/v1/petitions/gaon-1-a").await;
    let joined = read(&office, "/v1/petitions/gaon-1-b").await;

    let steps = leading["steps"].as_array().unwrap();
    let whats: Vec<&str> = steps
        .iter()
        .map(|it| it["what"].as_str().unwrap())
        .collect();
    let expected = ["received", "routed", "taken", "transferred", "extended"];
    assert_eq!(whats, expected);
    assert_eq!(steps[3]["office"]["ko"], "한빛시 도로과");
    assert_eq!(steps[3]["reason"], "도로과에서 봅니다");
    assert_eq!(steps[4]["agent"], "kim");
    assert_eq!(leading["may_extend_by"], 0);
    assert_eq!(
        (&leading["joined"][0]["subject"], &leading["joined_in_all"]),
        (&json!("제목"), &json!(1))
    );
    assert_eq!(joined["leads_to"]["request"], "gaon-1-a");
    assert_eq!(joined["may_extend_by"], 7);
}

#[tokio::test]
async fn a_deed_that_is_not_done_says_why_by_a_type_of_its_own() {
    let office = with_three().await;
    let refused = async |deed: &str, said: Value| {
        let path = format!("/v1/petitions/gaon-1-a/{deed}");
        let (status, problem) = office.say("kim", &path, &said).await;
        assert_ne!(status, 200, "{deed}");
        problem["type"].as_str().unwrap().to_owned()
    };
    let home = read(&office, "/v1/petitions/gaon-1-a").await["office"]["code"].clone();
    let longer = json!({ "reason": "부품이 다음 주에 옵니다" });
    let path = "/v1/petitions/gaon-1-a/extend";
    assert_eq!(office.say("kim", path, &longer).await.0, 200);

    let same = refused("transfer", json!({ "office": home, "reason": "?" })).await;
    let again = refused("extend", longer).await;
    let alone = refused("separate", json!({})).await;
    let gone = json!({ "leading": "gaon-1-x", "ground": "mass" });
    let no_lead = refused("join", gone).await;

    assert_eq!(same, "urn:minwon:petition-same-office");
    assert_eq!(again, "urn:minwon:petition-extended");
    assert_eq!(alone, "urn:minwon:petition-not-joined");
    assert_eq!(no_lead, "urn:minwon:petition-no-lead");
}
