//! Anybody asks which office holds what, without a certificate.

use serde_json::Value;

use crate::office::Office;

async fn found(office: &Office, query: &str) -> (Vec<String>, Value) {
    let (status, page) = office.get(&format!("/v1/locator?{query}")).await;
    assert_eq!(status, 200, "{query}");
    let holdings = page["holdings"].as_array().unwrap().iter();
    let ids = holdings.map(|it| it["dct:identifier"].as_str().unwrap().to_owned());
    (ids.collect(), page["next"].clone())
}

#[tokio::test]
async fn a_question_is_answered_with_whom_to_ask_and_a_page_at_a_time() {
    let office = Office::open().await;

    // 미세먼지를
    let dust = "q=%EB%AF%B8%EC%84%B8%EB%A8%BC%EC%A7%80%EB%A5%BC";
    assert_eq!(found(&office, dust).await.0[0], "air-pollution");
    let (status, holding) = office.get("/v1/locator/air-pollution").await;
    let contact = &holding["dcat:contactPoint"];
    assert_eq!((status, &holding["@type"]), (200, &"dcat:Dataset".into()));
    assert_eq!(contact["vcard:fn"][0]["@value"], "환경부 대기관리과");
    assert_eq!(office.get("/v1/locator/no-such").await.0, 404);

    let mut all = Vec::new();
    let mut next = Value::from(0);
    while let Some(offset) = next.as_u64() {
        let (ids, after) = found(&office, &format!("offset={offset}&limit=50")).await;
        assert!(ids.len() <= 50 && all.len() < 1_000);
        all.extend(ids);
        next = after;
    }
    all.sort();
    all.dedup();
    let (_, catalog) = office.get("/v1/locator/catalog.jsonld").await;
    assert_eq!(all.len(), catalog["dcat:dataset"].as_array().unwrap().len());
}

#[tokio::test]
async fn whatever_is_asked_is_answered_and_bounded() {
    let office = Office::open().await;
    let long = format!("q={}", "a".repeat(5_000));

    for query in [
        "q=%22%20OR%20title%3A%22a&limit=1000000",
        "q=%00&offset=99999999999",
        "q=NEAR(%22a%22)%3B%20DROP%20TABLE%20entry",
        "limit=0",
        long.as_str(),
    ] {
        let (ids, _) = found(&office, query).await;
        assert!(ids.len() <= 50, "{query}");
    }
    // The index is still there.
    assert_eq!(
        found(&office, "q=earthquakes").await.0[0],
        "earthquake-list"
    );
    let (status, _) = office.get("/v1/locator?limit=-1").await;
    assert_eq!(status, 400);
}
