//! What people type, and what they must find: forty questions to the real descriptions.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use catalog::Catalog;
use locator::Locator;

/// As many as a kiosk shows.
const SHOWN: usize = 4;

/// What is typed, and what answers it; any of several where more than one does.
const QUESTIONS: [(&str, &[&str]); 40] = [
    // Together, apart, and as nobody writes it.
    ("주민등록 인구 통계", &["resident-population"]),
    ("주민등록인구통계", &["resident-population"]),
    ("주민 등록 인구", &["resident-population"]),
    ("아파트실거래가", &["apartment-trades"]),
    ("어린이집정보", &["childcare-centers"]),
    ("무인민원발급기위치", &["kiosk-locations"]),
    ("국민연금가입자수", &["pension-subscribers"]),
    ("시의회회의록", &["council-minutes"]),
    ("고액체납자명단", &["delinquent-taxpayers"]),
    ("야간약국", &["hospitals"]),
    // With particles, and asked as one asks a person.
    ("미세먼지는", &["air-pollution"]),
    ("미세먼지를 어디서", &["air-pollution"]),
    ("쓰레기의", &["waste-statistics", "bulky-waste"]),
    ("동네 인구는", &["resident-population"]),
    ("공영 주차장의 요금", &["public-parking"]),
    ("대형 폐기물을 버리기", &["bulky-waste"]),
    ("예방접종을 맞는 곳", &["vaccinations"]),
    ("재산세는 얼마나 걷었나", &["local-tax-statistics"]),
    ("무인발급기가 어디에 있나요", &["kiosk-locations"]),
    // By another word.
    ("대형쓰레기 스티커", &["bulky-waste"]),
    ("불법주차 과태료", &["parking-fines"]),
    ("그린벨트 지역", &["zoning-plan"]),
    ("땅값", &["land-transactions", "register-land-price"]),
    ("토지 거래", &["land-transactions"]),
    (
        "건강보험료",
        &["insured-people", "register-health-premium-paid"],
    ),
    ("씨씨티브이", &["cctv-locations"]),
    ("물때", &["tide-tables"]),
    ("지진", &["earthquake-list"]),
    // By first consonants.
    ("ㅁㅅㅁㅈ", &["air-pollution"]),
    ("ㅂㅅㄴㅅ", &["bus-routes"]),
    ("ㄷㅅㄱ", &["libraries"]),
    // With a slip of the finger, or misspelt.
    ("아파트 실거레가", &["apartment-trades"]),
    ("어린이짐", &["childcare-centers"]),
    ("문화제", &["cultural-heritage"]),
    ("실업율", &["economically-active"]),
    // In English.
    ("bus timetable", &["bus-routes"]),
    ("fine dust", &["air-pollution"]),
    ("parking fee", &["public-parking"]),
    ("earthquakes", &["earthquake-list"]),
    ("CCTV", &["cctv-locations"]),
];

fn locator() -> Locator {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog");
    let catalog = Catalog::read(&folder).unwrap();
    Locator::read(&folder.join("locator"), &catalog).unwrap()
}

#[test]
fn what_people_type_finds_what_they_look_for_among_the_first_four() {
    let locator = locator();
    let mut first = 0;
    let mut missed = Vec::new();

    for (typed, wanted) in QUESTIONS {
        let found = locator.find(typed, SHOWN).unwrap();
        let ids: Vec<&str> = found.iter().map(|it| it.id.as_str()).collect();
        first += usize::from(ids.first().is_some_and(|it| wanted.contains(it)));
        if !ids.iter().any(|it| wanted.contains(it)) {
            missed.push(format!("{typed}: {ids:?}"));
        }
    }

    assert_eq!(missed, Vec::<String>::new());
    assert!(first >= 37, "{first} of {} stand first", QUESTIONS.len());
}

#[test]
fn every_network_and_every_paper_is_in_it_with_somebody_to_ask() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog");
    let catalog = Catalog::read(&folder).unwrap();
    let locator = locator();

    for network in catalog.networks() {
        let office = locator.office(&network.xroad.member);
        assert_eq!(
            office.map(|it| &it.name),
            Some(&network.agency),
            "{}",
            network.id
        );
    }
    for service in catalog.services() {
        let behind = locator.holding(&format!("register-{}", service.id));
        assert_eq!(
            behind.and_then(|it| it.service.as_ref()),
            Some(&service.id),
            "{}",
            service.id
        );
    }
    assert!(locator.holdings().len() >= 150);
    assert!(locator.offices().any(|it| it.keeper));
}
