//! Finding a service while the caller describes it.

use super::*;
use crate::preparation::view::Find;

fn searching(query: &str) -> Agent {
    let mut agent = Agent::new();
    agent.touch(PreparationTouch::Begin);
    agent.say(Field::Query, query);
    agent
}

fn find(agent: &Agent) -> Find {
    match agent.view() {
        Some(PreparationView::Find(find)) => find,
        other => panic!("{other:?}"),
    }
}

fn ids(find: &Find) -> Vec<&str> {
    find.tiles.iter().map(|it| it.service.as_str()).collect()
}

#[test]
fn first_consonants_find_a_service_as_its_words_do() {
    for query in ["ㄱㅈㄱㄱㅈㅁㅅ", "가족관계증", "호적", "배우자 부모"] {
        let found = find(&searching(query));

        assert_eq!(ids(&found).first(), Some(&"family-relations"), "{query}");
    }
    assert_eq!(ids(&find(&searching("없는서비스"))), [""; 0]);
}

#[test]
fn the_title_of_a_topic_finds_all_that_stands_below_it() {
    let agent = searching("");
    let topics = find(&agent).topics;
    assert!(topics.len() > 2, "{topics:?}");

    for topic in topics {
        let found = find(&searching(&topic));
        assert!(!found.tiles.is_empty(), "{topic}");
    }
}

#[test]
fn every_service_that_is_shown_has_a_key_and_the_others_are_counted() {
    let catalog = searching("").preparation.catalog;
    let all = catalog.services().count();

    let found = find(&searching("증명"));

    assert!(found.tiles.len() <= 9);
    assert_eq!(found.tiles.len() + found.more, catalog.find("증명").len());
    let before_anything_is_typed = find(&searching(""));
    assert_eq!(before_anything_is_typed.tiles.len(), all.min(9));
}

#[test]
fn enter_takes_the_service_that_is_left_or_called_just_so() {
    for (query, taken) in [
        ("ㅌㅈㄷㅈ", true),
        ("토지대장", true),
        ("ㄷ", false),
        ("", false),
    ] {
        let mut agent = searching(query);
        assert_eq!(find(&agent).meant, taken, "{query}");

        agent.touch(PreparationTouch::Next);

        let explained = matches!(agent.view(), Some(PreparationView::Explain(_)));
        assert_eq!(explained, taken, "{query}");
    }
}

#[test]
fn a_paper_of_the_counter_is_told_with_the_reason() {
    let found = find(&searching("인감"));

    let titles: Vec<_> = found.counters.iter().map(|it| it.title.as_str()).collect();
    assert_eq!(titles, ["인감증명서"]);
    assert!(found.counters[0].reason.contains("본인"));
}

#[test]
fn what_an_agency_holds_is_told_with_whom_to_ask_and_papers_are_not_told_twice() {
    let mut agent = searching("");
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog/locator");
    let locator = locator::Locator::read(&house, &agent.preparation.catalog).unwrap();
    agent.preparation.locate_in(Arc::new(locator));

    agent.say(Field::Query, "주차장 요금이");
    let parking = find(&agent).holdings[0].clone();
    agent.say(Field::Query, "토지대장");
    let papers = find(&agent);
    agent.say(Field::Query, "");

    assert_eq!(parking.office, "한빛시청 교통정책과");
    assert_eq!(parking.telephone, "099-0000-1002");
    assert_eq!(papers.tiles[0].service, "land-ledger");
    assert!(papers.holdings.iter().all(|it| it.title != "토지대장"));
    assert!(papers.holdings.len() <= 3);
    assert_eq!(find(&agent).holdings, []);
}

#[test]
fn an_agency_that_is_closed_says_when_it_opens() {
    let mut agent = searching("가족관계증명서");
    agent.reach.connected();
    assert_eq!(find(&agent).tiles[0].opens_at, "");

    // Ten in the evening.
    agent.now.wall = agent.now.wall + Duration::from_secs(12 * 3_600);

    assert_eq!(find(&agent).tiles[0].opens_at, "내일 09:00");
}
