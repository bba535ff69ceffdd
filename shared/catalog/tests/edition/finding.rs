//! Services are found by their topics and by words.

use super::catalog;

#[test]
fn every_service_stands_below_a_topic_that_is_shown_and_is_found_by_its_own_title() {
    let catalog = catalog();
    let below: usize = catalog
        .topics()
        .map(|topic| catalog.on_topic(&topic.id).count())
        .sum();
    assert_eq!(below, catalog.services().count());

    for service in catalog.services() {
        for title in [&service.title.ko, &service.title.en] {
            let found = catalog.find(title);
            assert!(found.iter().any(|it| it.id == service.id), "{title}");
        }
    }
}

#[test]
fn a_title_comes_before_a_keyword_and_a_keyword_before_what_is_said_about_it() {
    let catalog = catalog();
    let first = |typed: &str| {
        catalog
            .find(typed)
            .first()
            .map(|it| it.id.as_str().to_owned())
    };

    for (typed, wanted) in [
        ("토지대장", "land-ledger"),
        ("주민등록등본", "resident-register-household"),
        ("register household", "resident-register-household"),
        ("호적", "family-relations"),
        ("ㄱㅈㄱㄱ", "family-relations"),
        ("실업급여", "job-seeking"),
        ("배우자 부모", "family-relations"),
    ] {
        assert_eq!(first(typed).as_deref(), Some(wanted), "{typed}");
    }
    for nothing in ["", "  ", "토지대장 없는것", "ㅋㅌㅍ"] {
        assert_eq!(first(nothing), None, "{nothing:?}");
    }
}

#[test]
fn first_consonants_are_not_looked_for_in_whole_sentences() {
    let catalog = catalog();
    let household = catalog
        .services()
        .find(|it| it.id.as_str() == "resident-register-household")
        .expect("it ships");
    // Of "우리 집에 함께 사는 사람과 주소를 증명해요".
    assert!(household.summary.ko.contains("우리 집에"));

    assert!(
        catalog
            .find("ㅇㄹㅈㅇ")
            .iter()
            .all(|it| it.id != household.id)
    );
}

#[test]
fn what_is_to_be_had_elsewhere_says_why_and_where_in_both_languages() {
    let catalog = catalog();

    for elsewhere in catalog.elsewhere() {
        for text in [&elsewhere.title, &elsewhere.reason, &elsewhere.counter] {
            assert!(
                !text.ko.is_empty() && !text.en.is_empty(),
                "{}",
                elsewhere.id
            );
        }
    }
    let found = |typed: &str| catalog.find_elsewhere(typed).len();
    assert_eq!((found("인감"), found("seal"), found("도장")), (1, 1, 1));
    assert_eq!((found("토지"), found("")), (0, 0));
}

#[test]
fn a_paper_for_somebody_with_a_choice_that_is_none_is_refused() {
    let error = super::refused_with(
        "services/military-record/service.toml",
        4_000,
        "details = \"no\", numbers = \"full\"",
        "details = \"no\", numbers = \"plain\"",
    );

    assert!(
        error.contains("military-record") && error.contains("numbers"),
        "{error}"
    );
}

#[test]
fn elsewhere_below_no_topic_is_refused() {
    let error = super::refused_with(
        "elsewhere.toml",
        400,
        "topic = \"identity\"",
        "topic = \"none\"",
    );

    assert!(
        error.contains("seal-certificate") && error.contains("topic"),
        "{error}"
    );
}

#[test]
fn the_nearest_kiosk_is_another_one_that_is_open_now() {
    let catalog = catalog();
    let here = request::StationId::new("gaon-1");
    let nearest = |hours: i64| {
        let at = request::Timestamp::from_millis(super::TUESDAY.as_millis() + hours * 3_600_000);
        let found = catalog.nearest_kiosk(&here, at.local());
        found.map(|(kiosk, metres)| (kiosk.station.to_string(), metres))
    };

    let (station, metres) = nearest(0).expect("the station is open in the morning");
    assert_eq!(station, "gaon-2");
    // By the same two places on a sphere (haversine): 965 m.
    assert!((955..=975).contains(&metres), "{metres}");
    // Three at night.
    assert_eq!(nearest(18), None);
    let nowhere = request::StationId::new("nobody-knows");
    let found = catalog.nearest_kiosk(&nowhere, super::TUESDAY.local());
    assert_eq!(found, None);
}
