//! An agent looks something up while a caller waits.

#![allow(clippy::unwrap_used)]

use request::{AgentId, Timestamp};

use super::*;
use crate::Language;

struct Pane {
    knowledge: Knowledge,
}

fn words(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}

fn article(id: &str, services: &[&str]) -> Article {
    let both = |text: &str| Wording {
        ko: text.to_owned(),
        en: format!("{text} (en)"),
    };
    Article {
        id: id.to_owned(),
        version: 2,
        at: Timestamp::from_millis(1_795_482_000_000),
        author: AgentId::new("lee.3"),
        title: both(id),
        body: both("첫 줄\n둘째 줄"),
        services: services.iter().map(|&it| it.to_owned()).collect(),
    }
}

impl Pane {
    /// Up during the preparation of a land ledger, with two articles.
    fn open() -> Self {
        let mut pane = Self {
            knowledge: Knowledge::new(true),
        };
        pane.hears(KnowledgeEvent::Works(Some("kim.2".to_owned())));
        let service = ServiceId::new("land-ledger");
        pane.hears(KnowledgeEvent::Shown(Some(service)));
        assert_eq!(pane.said(), [KnowledgeCommand::Find(words(""))]);
        let articles = vec![article("여권", &[]), article("토지", &["land-ledger"])];
        pane.hears(KnowledgeEvent::Found(words(""), Ok(articles)));
        pane
    }

    fn hears(&mut self, event: KnowledgeEvent) {
        self.knowledge.handle(event);
    }

    fn touch(&mut self, touch: KnowledgeTouch) {
        self.hears(KnowledgeEvent::Touched(touch));
    }

    fn said(&mut self) -> Vec<KnowledgeCommand> {
        std::iter::from_fn(|| self.knowledge.poll_command()).collect()
    }

    fn view(&self) -> KnowledgeView {
        self.knowledge
            .present(Language::Korean, &|it| format!("제목 {it}"))
    }
}

#[test]
fn what_is_about_the_service_in_hand_stands_first() {
    let pane = Pane::open();

    let view = pane.view();

    assert_eq!(view.service, "제목 land-ledger");
    let rows: Vec<_> = view
        .rows
        .iter()
        .map(|it| (it.title.as_str(), it.begins.as_str(), it.about_service))
        .collect();
    assert_eq!(rows, [("토지", "첫 줄", true), ("여권", "첫 줄", false)]);
}

#[test]
fn words_are_sought_while_they_are_typed_and_a_late_answer_is_not_shown() {
    let mut pane = Pane::open();

    pane.touch(KnowledgeTouch::Seek(words("여")));
    pane.touch(KnowledgeTouch::Seek(words("여권")));

    let asked = [words("여"), words("여권")].map(KnowledgeCommand::Find);
    assert_eq!(pane.said(), asked);
    let found = vec![article("여권", &[]), article("토지", &["land-ledger"])];
    pane.hears(KnowledgeEvent::Found(words("여권"), Ok(found)));
    pane.hears(KnowledgeEvent::Found(words("여"), Ok(Vec::new())));
    // As the exchange has found them: words decide, not the service.
    let titles: Vec<_> = pane.view().rows.into_iter().map(|it| it.title).collect();
    assert_eq!(titles, ["여권", "토지"]);
}

#[test]
fn whoever_has_read_an_article_says_whether_it_helped() {
    let mut pane = Pane::open();
    pane.touch(KnowledgeTouch::Pick(1));
    assert_eq!(pane.view().article.unwrap().title, "여권");
    pane.touch(KnowledgeTouch::Next);
    assert_eq!(pane.view().notice, Some(KnowledgeNotice::ChooseVerdict));

    pane.touch(KnowledgeTouch::Pick(1));
    pane.touch(KnowledgeTouch::Sentence(words("수수료가 바뀌었어요")));
    pane.touch(KnowledgeTouch::Next);

    let judge = KnowledgeCommand::Judge {
        article: "여권".to_owned(),
        version: 2,
        verdict: Verdict::OutOfDate,
        sentence: words("수수료가 바뀌었어요"),
    };
    assert_eq!(pane.said(), [judge]);
    pane.touch(KnowledgeTouch::Next);
    assert_eq!(pane.said(), [], "it is on its way");
    let away = Err(KnowledgeFault::Unreachable);
    pane.hears(KnowledgeEvent::Judged("여권".to_owned(), away));
    let view = pane.view();
    let sentence = view.article.unwrap().sentence;
    assert_eq!(sentence, words("수수료가 바뀌었어요"));
    pane.touch(KnowledgeTouch::Next);
    pane.hears(KnowledgeEvent::Judged("여권".to_owned(), Ok(())));
    assert_eq!(pane.view().notice, Some(KnowledgeNotice::Thanks));
}

#[test]
fn an_article_stays_open_while_the_agent_fills_in_a_form_and_goes_with_the_agent() {
    let mut pane = Pane::open();
    pane.touch(KnowledgeTouch::Next);
    pane.hears(KnowledgeEvent::Left);

    pane.hears(KnowledgeEvent::Shown(None));

    assert!(pane.view().article.is_some());
    assert_eq!(pane.said(), []);
    pane.hears(KnowledgeEvent::Works(None));
    let view = pane.view();
    assert!(view.article.is_none() && view.rows.is_empty());
}

#[test]
fn a_desk_without_a_way_to_say_who_asks_asks_nothing() {
    let mut pane = Pane {
        knowledge: Knowledge::new(false),
    };
    pane.hears(KnowledgeEvent::Works(Some("kim.2".to_owned())));

    pane.hears(KnowledgeEvent::Shown(None));

    assert_eq!(pane.said(), []);
    assert!(pane.view().no_way);
}

#[test]
fn what_was_said_of_an_article_is_neither_changed_nor_left_until_it_is_there() {
    let mut pane = Pane::open();
    pane.touch(KnowledgeTouch::Next);
    pane.touch(KnowledgeTouch::Pick(0));
    pane.touch(KnowledgeTouch::Next);
    pane.said();

    pane.touch(KnowledgeTouch::Pick(1));
    pane.touch(KnowledgeTouch::Back);

    let article = pane.view().article.unwrap();
    assert_eq!(article.verdict, Some(Verdict::Helped));
    pane.hears(KnowledgeEvent::Judged("토지".to_owned(), Ok(())));
    let view = pane.view();
    assert_eq!(view.notice, Some(KnowledgeNotice::Thanks));
    // Nothing of it stands there to be said once more.
    assert_eq!(view.article.unwrap().verdict, None);
    pane.touch(KnowledgeTouch::Next);
    assert_eq!(pane.said(), []);
}

#[test]
fn what_is_typed_about_an_article_stays_with_it() {
    let mut pane = Pane::open();
    pane.touch(KnowledgeTouch::Next);
    pane.touch(KnowledgeTouch::Pick(0));
    pane.touch(KnowledgeTouch::Sentence(words("바로 찾았어요")));
    pane.touch(KnowledgeTouch::Back);

    pane.touch(KnowledgeTouch::Pick(1));
    assert_eq!(pane.view().article.unwrap().sentence, words(""));
    pane.touch(KnowledgeTouch::Back);
    pane.touch(KnowledgeTouch::Pick(0));

    let sentence = pane.view().article.unwrap().sentence;
    assert_eq!(sentence, words("바로 찾았어요"));
}

#[test]
fn the_article_that_is_highlighted_is_read_though_the_list_came_anew() {
    let mut pane = Pane::open();
    pane.touch(KnowledgeTouch::LookAgain);
    let more = vec![
        article("하천", &["land-ledger"]),
        article("토지", &["land-ledger"]),
    ];
    pane.hears(KnowledgeEvent::Found(words(""), Ok(more)));

    pane.touch(KnowledgeTouch::Next);

    assert_eq!(pane.view().article.unwrap().title, "토지");
}

#[test]
fn the_chosen_article_stays_chosen_when_others_come_before_it() {
    let mut pane = Pane::open();
    pane.touch(KnowledgeTouch::Seek(words("여")));
    let both = vec![article("여권", &[]), article("여행", &[])];
    pane.hears(KnowledgeEvent::Found(words("여"), Ok(both)));
    pane.touch(KnowledgeTouch::Down);

    pane.touch(KnowledgeTouch::LookAgain);
    let more = ["여름", "여권", "여행"].map(|it| article(it, &[]));
    pane.hears(KnowledgeEvent::Found(words("여"), Ok(more.to_vec())));

    assert_eq!(pane.view().selected, 2);
    pane.touch(KnowledgeTouch::Next);
    assert_eq!(pane.view().article.unwrap().title, "여행");
    // Other words begin at the first again.
    pane.touch(KnowledgeTouch::Back);
    pane.touch(KnowledgeTouch::Seek(words("여행")));
    let two = ["여름", "여행"].map(|it| article(it, &[]));
    pane.hears(KnowledgeEvent::Found(words("여행"), Ok(two.to_vec())));
    assert_eq!(pane.view().selected, 0);
}

#[test]
fn what_a_former_agent_asked_is_not_told_the_next_one() {
    let mut pane = Pane::open();
    pane.hears(KnowledgeEvent::Works(None));
    pane.hears(KnowledgeEvent::Works(Some("lee.3".to_owned())));

    let forbidden = Err(KnowledgeFault::Forbidden);
    pane.hears(KnowledgeEvent::Found(words(""), forbidden));

    assert_eq!(pane.view().notice, None);
}
