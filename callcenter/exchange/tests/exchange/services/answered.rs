//! Every service that a person answers, from filing to the answer its citizen is told of.

use request::Channel;
use serde_json::{Value, json};

use super::catalog;
use crate::{handling::file_by, office::Office, station::Station};

/// Files, answers and asks; what whoever has the receipt number is told in the end.
async fn answered(office: &Office, station: &mut Station, service: &str, door: Channel) -> Value {
    let id = format!("gaon-1-{door:?}-{service}").to_lowercase();
    let words = ["가로등", "가온구 새빛동의 가로등에 관한 일입니다"];
    let receipt = file_by(door, station, &id, service, words);
    station.offer_all_again().await;
    let decides = catalog()
        .accepted_service(&request::ServiceId::new(service))
        .is_some_and(|it| it.decides);
    let mut reply = json!({ "text": "처리했습니다" });
    if decides {
        reply["decision"] = json!("disclosed");
    }
    let path = format!("/v1/petitions/{id}/reply");
    assert_eq!(office.say("kim", &path, &reply).await.0, 200);
    let path = format!("/v1/requests/{receipt}/status");
    office.get(&path).await.1
}

#[tokio::test]
#[allow(
    clippy::print_stdout,
    reason = "the table is what `make services` is run for"
)]
async fn every_service_that_a_person_answers_is_routed_answered_and_says_so() {
    let office = Office::open().await;
    let mut station = office.station("gaon-1");

    for service in catalog().accepted().filter(|it| it.topic.is_some()) {
        let mut row = format!("{:30}", service.id.as_str());
        for door in [Channel::Kiosk, Channel::Telephone] {
            assert!(service.comes_by(door), "{}", service.id);
            let status = answered(&office, &mut station, service.id.as_str(), door).await;
            let steps: Vec<&str> = status["steps"]
                .as_array()
                .unwrap()
                .iter()
                .map(|it| it["what"].as_str().unwrap())
                .collect();
            assert_eq!(steps, ["received", "routed", "answered"], "{}", service.id);
            assert_eq!(status["answered"], true);
            let office = status["office"]["en"].as_str().unwrap();
            row += &format!(" {door:?}: answered by {office:28}");
        }
        println!("{row}");
    }
}
