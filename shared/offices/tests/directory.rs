//! The shipped directory: its parts fit together, and petitions find their offices.

#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use catalog::Catalog;
use offices::{Directory, Route};
use request::{OfficeId, RouteGround};

const PETITION: &str = "ombudsman-petition";

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../catalog"))
}

fn directory() -> Directory {
    let catalog = Catalog::read(folder()).unwrap();
    Directory::read(folder(), &catalog).unwrap()
}

fn route(subject: &str, text: &str) -> Route {
    directory().route(PETITION, subject, text).unwrap()
}

fn name(route: &Route) -> String {
    let directory = directory();
    directory.office(&route.office).unwrap().name.ko.clone()
}

fn rule(route: &Route) -> (&str, Option<&str>) {
    match &route.ground {
        RouteGround::Rule { rule, district, .. } => (rule, district.as_deref()),
        RouteGround::GeneralDesk => ("", None),
    }
}

#[test]
fn a_petition_goes_to_the_office_that_does_it_where_it_is() {
    for (subject, text, office, expected) in [
        (
            "가로등",
            "다솜구 별내동 골목의 가로등이 꺼졌습니다",
            "다솜구 생활안전과",
            ("street-lights", Some("4199710100")),
        ),
        (
            "쓰레기",
            "나래구 공터에 쓰레기가 쌓였어요",
            "나래구 청소행정과",
            ("waste", Some("41998")),
        ),
        (
            "버스가 안 와요",
            "가온구 정류장에서 한 시간을 기다렸습니다",
            "한빛시 대중교통과",
            ("buses", None),
        ),
        (
            "Street light",
            "It has been dark near 별내동 for a week",
            "다솜구 생활안전과",
            ("street-lights", Some("4199710100")),
        ),
        (
            "세금",
            "종합소득세를 두 번 냈습니다",
            "한빛세무서",
            ("tax", None),
        ),
    ] {
        let route = route(subject, text);
        assert_eq!((name(&route).as_str(), rule(&route)), (office, expected));
    }
}

#[test]
fn words_are_found_however_they_are_spaced_composed_or_written_large() {
    // The same syllables taken apart (NFD), as some systems send them.
    let apart = "\u{1100}\u{1161}\u{1105}\u{1169}\u{1103}\u{1173}\u{11bc}";
    for subject in ["가 로 등", apart, "STREET LIGHT", "Streetlight"] {
        let route = route(subject, "가온구");
        assert_eq!(rule(&route).0, "street-lights", "{subject}");
    }
}

#[test]
fn where_nobody_can_know_the_office_the_general_desk_asks() {
    for (subject, text) in [
        ("안녕하세요", "드릴 말씀이 있어요"),
        // Every borough has its own lights, and none is named.
        ("가로등", "우리 동네 가로등이 꺼졌습니다"),
        ("가로등", "가온구와 나래구 사이 가로등"),
        ("", ""),
    ] {
        let route = route(subject, text);
        assert_eq!(route.ground, RouteGround::GeneralDesk, "{subject} {text}");
        assert_eq!(name(&route), "한빛시 민원실");
    }
    let asked = directory().route("information-request", "?", "?").unwrap();
    assert_eq!(asked.office, OfficeId::new("4199004"));
}

#[test]
fn the_rule_with_most_of_its_words_in_a_petition_counts_and_its_subject_twice() {
    let noise = route("소음", "공원 옆 공사장의 소음과 진동");
    assert_eq!(rule(&noise).0, "noise");
    let park = route("공원", "공원 놀이터 옆의 소음");
    assert_eq!(rule(&park).0, "parks");
}

#[test]
fn every_rule_is_reached_by_each_of_its_own_words() {
    let directory = directory();
    for rule in directory.rules() {
        for word in &rule.words {
            let route = directory.route(PETITION, word, "가온구").unwrap();
            let RouteGround::Rule { rule: reached, .. } = &route.ground else {
                panic!("{word} leads nowhere");
            };
            let office = directory.office(&route.office).unwrap();
            assert_eq!(*reached, rule.id, "{word}");
            assert!(!office.duties.is_empty(), "{word}");
        }
    }
}

#[test]
fn an_appeal_never_goes_to_the_office_that_answered() {
    let directory = directory();
    for office in directory.offices() {
        let appeal = directory.appeal_office(&office.code).unwrap();
        assert_ne!(*appeal, office.code);
    }
}

#[test]
fn an_office_is_found_by_its_name_its_consonants_or_what_it_does() {
    let directory = directory();
    let first = |typed: &str| directory.find(typed).first().map(|it| it.name.ko.clone());

    for (typed, office) in [
        ("청소 나래", "나래구 청소행정과"),
        ("ㅅㅁㅇㅂㅈㅁ", "한빛시 시민옴부즈만"),
        ("waste dasom", "다솜구 청소행정과"),
        ("쓰레기 가온구", "가온구 청소행정과"),
    ] {
        assert_eq!(first(typed).as_deref(), Some(office), "{typed}");
    }
    assert_eq!(first("없는 부서"), None);
    assert_eq!(directory.find("").len(), directory.offices().count());
}

#[test]
fn a_directory_whose_parts_do_not_fit_is_refused_in_words() {
    let catalog = Catalog::read(folder()).unwrap();
    for (number, (file, standing, other, complaint)) in [
        (
            "offices",
            "code = \"4199001\"",
            "code = \"419900\"",
            "seven digits",
        ),
        (
            "offices",
            "code = \"4199001\"",
            "code = \"4199002\"",
            "two offices",
        ),
        (
            "offices",
            "en = \"Roads, Hanbit-si\"",
            "en = \" \"",
            "both languages",
        ),
        ("offices", "02-0000-1010", "call us", "telephone"),
        ("offices", "area = [\"41999\"]", "area = [\"Gaon\"]", "area"),
        (
            "offices",
            "duties = [\"roads\"]",
            "duties = [\"rails\"]",
            "duty `rails`",
        ),
        (
            "offices",
            "parent = \"4199000\"",
            "parent = \"4199099\"",
            "office `4199099`",
        ),
        (
            "offices",
            "duties = [\"roads\"]",
            "",
            "no office has its duty",
        ),
        (
            "routes",
            "words = [\"가로등\"",
            "words = [\"\"",
            "none of them empty",
        ),
        (
            "routes",
            "id = \"waste\"\nduty",
            "id = \"parking\"\nduty",
            "two rules",
        ),
        (
            "routes",
            "default = \"4199001\"",
            "default = \"4199099\"",
            "office `4199099`",
        ),
        (
            "routes",
            "[\"4199002\", \"4199003\"]",
            "[\"4199002\"]",
            "appeal",
        ),
        (
            "routes",
            "information-request",
            "fortune-telling",
            "service `fortune-telling`",
        ),
        (
            "routes",
            "duty = \"waste\"",
            "duty = \"wealth\"",
            "duty `wealth`",
        ),
        ("routes", "appeals =", "appeal =", "appeal"),
    ]
    .into_iter()
    .enumerate()
    {
        let scratch = tempfile_named(number);
        let inner = scratch.join("directory");
        fs::create_dir_all(&inner).unwrap();
        for name in ["offices", "routes"] {
            let text = fs::read_to_string(folder().join(format!("directory/{name}.toml"))).unwrap();
            let text = match name == file {
                true => {
                    assert!(text.contains(standing), "{standing}");
                    text.replace(standing, other)
                }
                false => text,
            };
            fs::write(inner.join(format!("{name}.toml")), text).unwrap();
        }
        let error = Directory::read(&scratch, &catalog).unwrap_err().to_string();
        let _ = fs::remove_dir_all(&scratch);
        assert!(error.contains(complaint), "{complaint}: {error}");
    }
}

fn tempfile_named(number: usize) -> std::path::PathBuf {
    std::env::temp_dir().join(format!("minwon-offices-{}-{number}", std::process::id()))
}

#[test]
fn a_catalogue_without_a_directory_routes_nothing() {
    let catalog = Catalog::read(folder()).unwrap();
    let nowhere = Path::new("/nonexistent");
    let directory = Directory::read(nowhere, &catalog).unwrap();

    assert!(directory.is_empty());
    assert_eq!(directory.route(PETITION, "가로등", "가온구"), None);
}
