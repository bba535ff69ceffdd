//! Anybody may have where kiosks stand and how much they are used, and nobody more.

use serde_json::json;

use crate::{BITNA, HOUSEHOLD, office::Office};

#[tokio::test]
async fn kiosks_are_told_in_the_words_of_the_public_interface() {
    let office = Office::open().await;
    office
        .station("gaon-1")
        .submit("r", HOUSEHOLD, Some(BITNA), &[])
        .await;

    let (status, answer) = office.get("/v1/open-data/kiosks").await;

    let body = &answer["response"]["body"];
    let kiosks = body["items"]["item"].as_array().unwrap();
    assert_eq!((status, &body["totalCount"]), (200, &json!(kiosks.len())));
    let of = |name: &str| kiosks.iter().find(|it| it["ISSUMCHN_NM"] == name).unwrap();
    assert_eq!(of("가온구청 민원실 1호기")["WKDY_OPER_BGNG_TM"], "0700");
    assert_eq!(of("가온구청 민원실 1호기")["USE_YN_NM"], "사용");
    assert_eq!(of("나래구청 민원실 1호기")["USE_YN_NM"], "미사용");
    assert_eq!(
        of("나래구청 민원실 1호기")["LHLDY_OPER_END_TM"],
        json!(null)
    );
}

#[tokio::test]
async fn a_month_is_counted_when_it_is_over_and_a_few_are_not_told() {
    let mut office = Office::open().await;
    let mut station = office.station("gaon-1");
    for request in ["a", "b", "c", "d"] {
        station.submit(request, HOUSEHOLD, Some(BITNA), &[]).await;
    }
    let month = "/v1/open-data/statistics?month=2026-11";
    assert_eq!(office.get(month).await.0, 422);

    let month_later = std::time::Duration::from_hours(24 * 31);
    let began = office.starts_at;
    office.starts_at = began + month_later;
    office.restart().await;
    let (status, four) = office.get(month).await;
    assert_eq!(
        (status, &four["response"]["body"]["totalCount"]),
        (200, &json!(0))
    );

    office.starts_at = began;
    office.restart().await;
    station.moved_to(&office);
    station.submit("e", HOUSEHOLD, Some(BITNA), &[]).await;
    office.starts_at = began + month_later;
    office.restart().await;
    let (_, five) = office.get(month).await;
    let counts = &five["response"]["body"]["items"]["item"];
    assert_eq!(counts[0]["CVLCPT_ID"], HOUSEHOLD);
    assert_eq!(
        (&counts[0]["RCPT_NOCS"], &counts[0]["ISSU_NOCS"]),
        (&json!(5), &json!(null))
    );
    assert_eq!(counts.as_array().unwrap().len(), 1);
}
