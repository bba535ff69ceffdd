//! People who read the board and the figures of the place.

use std::{path::Path, sync::Arc, time::Duration};

use board::{Edition, Local, Notice};

use super::town::Town;
use crate::visit::{
    Event, Key, Language, Link, Touch,
    view::{BoardPage, BoardTopics, BoardWriting, Posted, Screen},
};

fn reading(language: Language) -> Town {
    let mut town = Town::default();
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/catalog/local");
    town.visit.local = Arc::new(Local::read(&house, &town.visit.catalog).unwrap());
    town.touch(Touch::ChooseLanguage(language));
    town.touch(Touch::OpenBoard);
    town
}

fn topics(town: &Town) -> &BoardTopics {
    match town.screen() {
        Screen::BoardTopics(topics) => topics,
        other => panic!("not the board: {other:?}"),
    }
}

fn page(town: &Town) -> &BoardPage {
    match town.screen() {
        Screen::BoardPage(page) => page,
        other => panic!("not a page: {other:?}"),
    }
}

/// A copy with one notice that stands for a day.
fn copy(town: &Town, text: &str) -> Edition {
    let now = town.now.wall;
    Edition {
        as_of: Some(now),
        notices: vec![Notice {
            id: "a".to_owned(),
            topic: "sharing".to_owned(),
            district: Some("4199900000".to_owned()),
            title: "책을 나눠요".to_owned(),
            text: text.to_owned(),
            published_at: now,
            until: now + Duration::from_hours(24),
        }],
    }
}

#[test]
fn figures_stand_below_their_topic_with_source_and_day() {
    let mut town = reading(Language::English);
    assert!(
        topics(&town)
            .topics
            .iter()
            .any(|it| it.topic == "transport" && it.entries > 0)
    );

    town.touch(Touch::OpenBoardTopic("transport".to_owned()));

    let parking = &page(&town).figures[0];
    assert_eq!(
        (parking.title.as_str(), parking.district.as_str()),
        ("Public car parks", "Gaon-gu, Hanbit-si")
    );
    assert_eq!(
        (parking.source.as_str(), parking.day.as_str()),
        ("Hanbit City Hall, transport policy", "September 30, 2026")
    );
    town.touch(Touch::Back);
    assert_eq!(topics(&town).topics.len(), 7);
    town.touch(Touch::Back);
    assert!(matches!(town.screen(), Screen::Find(around) if around.board));
}

#[test]
fn a_notice_is_shown_as_it_was_written_until_its_time_is_over_also_without_a_line() {
    let mut town = reading(Language::Korean);
    town.touch(Touch::OpenBoardTopic("sharing".to_owned()));
    assert!(page(&town).notices.is_empty() && page(&town).as_of.is_empty());

    let edition = copy(&town, "<script>alert(1)</script>");
    town.tell(Event::Board(edition.clone()));
    assert_eq!(page(&town).notices[0].text, "<script>alert(1)</script>");
    assert_eq!(page(&town).notices[0].district, "한빛시 가온구");
    assert!(!page(&town).as_of.is_empty());

    let mut town = reading(Language::Korean);
    town.visit.board = edition;
    town.now.wall = town.now.wall + Duration::from_hours(24);
    town.touch(Touch::OpenBoardTopic("sharing".to_owned()));
    assert!(page(&town).notices.is_empty());
}

#[test]
fn a_kiosk_without_topics_has_no_board() {
    let mut town = Town::default();
    town.touch(Touch::Start);

    town.touch(Touch::OpenBoard);
    town.touch(Touch::OpenBoardTopic("sharing".to_owned()));

    assert!(matches!(town.screen(), Screen::Find(around) if !around.board));
}

/// Somebody who has typed a title and a text and hands them in.
fn writing(town: &mut Town, title: &str, text: &str) {
    town.touch(Touch::OpenBoardTopic("sharing".to_owned()));
    assert!(page(town).open);
    town.touch(Touch::WriteNotice);
    for part in [title, text] {
        for letter in part.chars() {
            town.touch(Touch::Key(Key::Character(letter)));
        }
        town.touch(Touch::Next);
    }
}

#[test]
fn a_notice_is_handed_in_once_and_the_citizen_is_told_what_became_of_it() {
    for (taken, told) in [(true, Posted::Waits), (false, Posted::NotTaken)] {
        let mut town = reading(Language::English);
        writing(&mut town, "Books", "Twelve picture books");
        assert_eq!(town.screen(), &Screen::BoardPosted(Posted::Sending));
        town.touch(Touch::Next);
        assert_eq!(town.postings.len(), 1);
        let (topic, words) = &town.postings[0];
        assert_eq!(
            (topic.as_str(), words.title.reveal().as_str()),
            ("sharing", "Books")
        );
        assert_eq!(words.text.reveal(), "Twelve picture books");

        town.tell(Event::HandedIn(taken));

        assert_eq!(town.screen(), &Screen::BoardPosted(told));
        town.touch(Touch::Next);
        assert!(matches!(town.screen(), Screen::BoardTopics(_)));
    }
}

#[test]
fn what_is_too_short_is_not_handed_in_and_who_goes_back_leaves_nothing() {
    let mut town = reading(Language::English);
    writing(&mut town, "Books", "Four");
    assert!(matches!(town.screen(), Screen::BoardWriting(writing) if !writing.complete));
    assert!(town.postings.is_empty());

    town.touch(Touch::Back);
    let empty = |it: &BoardWriting| it.titling && it.text.is_empty();
    assert!(matches!(town.screen(), Screen::BoardWriting(writing) if empty(writing)));
    town.touch(Touch::Back);
    assert_eq!(page(&town).title, "Giving and lending");
    // An answer to nothing.
    town.tell(Event::HandedIn(true));
    assert_eq!(page(&town).title, "Giving and lending");
}

#[test]
fn nobody_writes_where_only_offices_do_or_without_a_line() {
    let mut town = reading(Language::English);
    town.touch(Touch::OpenBoardTopic("transport".to_owned()));
    assert!(!page(&town).open);
    town.touch(Touch::WriteNotice);
    assert!(matches!(town.screen(), Screen::BoardPage(_)));

    town.touch(Touch::Back);
    town.tell(Event::Link(Link::Away));
    town.touch(Touch::OpenBoardTopic("sharing".to_owned()));
    assert!(!page(&town).open);
    town.touch(Touch::WriteNotice);

    assert!(matches!(town.screen(), Screen::BoardPage(_)));
}
