//! People who look for a service, and how far they get.

use std::time::Duration;

use super::{
    citizen::{Citizen, FAMILY, JOB, LAND},
    laws,
    town::Town,
};
use crate::visit::{
    Key, Language, Touch,
    step::Step,
    view::{Around, KeyboardLayout, Screen, Search, ServiceTile, Shelf},
};

fn around(town: &Town) -> &Around {
    match town.screen() {
        Screen::Find(around) => around,
        other => panic!("not the first look: {other:?}"),
    }
}

fn shelf(town: &Town) -> &Shelf {
    match town.screen() {
        Screen::Topic(shelf) => shelf,
        other => panic!("not a topic: {other:?}"),
    }
}

fn search(town: &Town) -> &Search {
    match town.screen() {
        Screen::Search(search) => search,
        other => panic!("not the search: {other:?}"),
    }
}

fn ids(tiles: &[ServiceTile]) -> Vec<&str> {
    tiles.iter().map(|it| it.service.as_str()).collect()
}

/// Somebody at the search who has typed this.
fn typing(language: Language, keys: &str) -> Town {
    let mut town = Town::default();
    town.touch(Touch::ChooseLanguage(language));
    town.touch(Touch::Search);
    for key in keys.chars() {
        town.touch(Touch::Key(Key::Character(key)));
    }
    town
}

#[test]
fn the_first_look_shows_a_few_and_a_topic_shows_all_of_its_own() {
    let mut town = Town::default();
    town.touch(Touch::Start);
    let topics = around(&town).topics.clone();
    assert!(around(&town).most_asked.len() <= 4);

    for topic in topics {
        town.touch(Touch::OpenTopic(topic.topic.clone()));
        let services = &shelf(&town).services;
        assert_eq!(services.len(), topic.services as usize, "{}", topic.topic);
        assert!(!services.is_empty(), "{}", topic.topic);
        assert_eq!(shelf(&town).title, topic.title);
        town.touch(Touch::Back);
    }

    town.touch(Touch::OpenTopic("no-such-topic".to_owned()));
    assert!(!around(&town).topics.is_empty());
    town.touch(Touch::Back);
    town.pass_seconds(60);
    assert_eq!(town.visit.step, Step::Resting);
}

#[test]
fn the_way_back_from_a_service_leads_to_where_it_was_found() {
    let mut town = Town::default();
    town.touch(Touch::Start);
    town.touch(Touch::OpenTopic("land".to_owned()));
    town.touch(Touch::ChooseService(LAND.to_owned()));
    town.touch(Touch::Back);
    assert!(ids(&shelf(&town).services).contains(&LAND));

    let mut town = typing(Language::Korean, "ㄱㅈㅅㅊ");
    town.touch(Touch::Key(Key::Backspace));
    town.touch(Touch::ChooseService(JOB.to_owned()));
    town.touch(Touch::Back);
    assert_eq!(
        search(&town).text.clone() + &search(&town).composing,
        "ㄱㅈㅅ"
    );
}

#[test]
fn services_are_found_by_their_names_consonants_and_by_what_people_call_them() {
    for (language, keys, wanted) in [
        (Language::Korean, "ㅌㅗㅈㅣㄷㅐ", LAND),
        (Language::Korean, "ㅌㅈㄷㅈ", LAND),
        (Language::Korean, "ㄸㅏㅇㅁㅜㄴㅅㅓ", LAND),
        (Language::Korean, "ㅎㅗㅈㅓㄱ", FAMILY),
        (Language::English, "ledger land", LAND),
        (Language::English, "unemployed", JOB),
    ] {
        let town = typing(language, keys);
        assert_eq!(ids(&search(&town).found).first(), Some(&wanted), "{keys}");
    }
}

#[test]
fn what_is_found_is_asked_for_as_from_anywhere_else() {
    let mut town = typing(Language::Korean, "ㅌㅈㄷㅈ");

    Citizen::asking_for(LAND).walk_home(&mut town);

    assert_eq!(town.requests.len(), 1);
    laws::reckon(&town);
}

#[test]
fn a_name_that_nothing_has_finds_nothing_and_a_search_has_an_end() {
    let town = typing(Language::Korean, "ㅇㅓㅂㅅㄴㅡㄴㄱㅓㅅ");
    assert_eq!(search(&town).found, []);
    assert_eq!(search(&town).more, 0);

    let endless = "a".repeat(200);
    let town = typing(Language::English, &endless);
    assert_eq!(search(&town).text.chars().count(), 30);
}

#[test]
fn a_paper_of_the_counter_is_named_with_the_reason_and_the_counter() {
    for keys in ["ㅇㅣㄴㄱㅏㅁ", "ㅇㄱㅈㅁㅅ"] {
        let town = typing(Language::Korean, keys);
        let counters = &search(&town).counters;
        let titles: Vec<_> = counters.iter().map(|it| it.title.as_str()).collect();
        assert_eq!(titles, ["인감증명서"], "{keys}");
        assert!(counters[0].reason.contains("본인"));
        assert!(counters[0].counter.contains("주민센터"));
    }
}

#[test]
fn another_language_brings_its_own_keys_and_the_next_citizen_an_empty_line() {
    let mut town = typing(Language::Korean, "ㅌㅗㅈㅣ");
    assert_eq!(search(&town).keyboard.layout, KeyboardLayout::Hangul);

    town.touch(Touch::ChooseLanguage(Language::English));
    assert_eq!(search(&town).keyboard.layout, KeyboardLayout::Latin);
    assert_eq!(search(&town).text.clone() + &search(&town).composing, "");
    town.touch(Touch::Key(Key::Character('l')));
    town.touch(Touch::StartOver);
    town.pass_seconds(60);
    town.touch(Touch::Start);

    assert!(!around(&town).topics.is_empty());
    town.touch(Touch::Search);
    assert_eq!(search(&town).text, "");
    assert_eq!(search(&town).keyboard.layout, KeyboardLayout::Hangul);
}

#[test]
fn what_is_closed_says_when_it_opens_wherever_it_is_found() {
    let mut town = Town::default();
    // Half past nine in the evening.
    town.pass(Duration::from_secs(12 * 3_600));
    town.touch(Touch::Start);
    let tile = |tiles: &[ServiceTile], id: &str| {
        let found = tiles.iter().find(|it| it.service == id);
        found.unwrap().opens_at.clone()
    };

    assert_eq!(tile(&around(&town).most_asked, FAMILY), "내일 09:00");
    assert_eq!(tile(&around(&town).most_asked, LAND), "");
    town.touch(Touch::ChooseService(FAMILY.to_owned()));

    let Screen::Service(sheet) = town.screen() else {
        panic!("not explained");
    };
    assert_eq!(sheet.closed, "내일 오전 9시부터 할 수 있어요.");
}

#[test]
fn what_happens_in_life_leads_to_all_papers_it_takes() {
    let mut town = Town::default();
    town.touch(Touch::Start);
    let events = around(&town).life_events.clone();
    assert!(events.iter().any(|it| it.title == "이사"), "{events:?}");

    for event in events {
        town.touch(Touch::OpenLifeEvent(event.topic.clone()));
        assert_eq!(shelf(&town).title, event.title);
        assert_eq!(shelf(&town).services.len(), event.services as usize);
        town.touch(Touch::Back);
    }
    town.touch(Touch::OpenLifeEvent("no-such-event".to_owned()));
    assert!(!around(&town).topics.is_empty());

    town.touch(Touch::OpenLifeEvent("loan".to_owned()));
    let wanted = shelf(&town).services[0].service.clone();
    town.touch(Touch::ChooseService(wanted));
    assert_eq!(town.visit.step, Step::Explaining);
    town.touch(Touch::Back);
    assert_eq!(shelf(&town).title, "대출");
}

#[test]
fn who_hits_a_wrong_key_is_asked_whether_they_mean_what_is_nearly_called_so() {
    let town = typing(Language::Korean, "ㄷㅡㅇㅂㅡㄴ");
    assert!(search(&town).nearly);
    assert!(ids(&search(&town).found).contains(&"resident-register-household"));

    let town = typing(Language::Korean, "ㄷㅡㅇㅂㅗㄴ");
    assert!(!search(&town).nearly && !search(&town).found.is_empty());

    let town = typing(Language::English, "vehcile");
    assert!(search(&town).nearly);
    assert_eq!(ids(&search(&town).found), ["vehicle-register"]);

    let town = typing(Language::Korean, "ㅋㅓㅍㅣㅎㅏㄴㅈㅏㄴ");
    assert!(!search(&town).nearly && search(&town).found.is_empty());
}
