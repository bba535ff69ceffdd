//! An agent on a call looks something up, reads it and says that it helped.

use std::time::Duration;

use desk::{
    knowledge::{KnowledgeNotice, KnowledgeView},
    telephone::{CallState, Ringing, TelephoneEvent},
    workplace::view::{PaneView, View},
};
use desk_line::Office;
use serde_json::{Value, json};

use crate::booth::{Booth, STATION, Way};

fn pane(view: &View) -> Option<&KnowledgeView> {
    match &view.pane {
        PaneView::Knowledge(knowledge) => Some(knowledge),
        _ => None,
    }
}

/// Written by `kim`, approved by `lee`.
fn article(office: &Office, id: &str, title: &str, services: &[&str]) {
    let both = |text: &str| json!({ "ko": text, "en": text });
    let article = json!({
        "title": both(title), "body": both("지번을 모르면 도로명주소로 찾습니다."),
        "keywords": [], "services": services
    });
    let path = format!("/v1/knowledge/{id}");
    let written = json!({ "after": 0, "article": article });
    office.attend(&format!("{path}/versions"), &written);
    office.attend_as("lee", &format!("{path}/versions/1/approve"), &json!({}));
}

/// Somebody is on the telephone and wants a land ledger.
fn on_a_call(office: &Office) -> Booth {
    let mut booth = Booth::with_telephone_beside(Way {
        url: office.url(),
        credentials: office.credentials(STATION),
        agent: Some(office.credentials("kim")),
    });
    booth.call_says(TelephoneEvent::Registered);
    booth.sign_in();
    booth.press("F6");
    booth.call_says(TelephoneEvent::Ringing(Ringing {
        queue: "증명 발급".to_owned(),
        waited: Duration::from_secs(5),
        language: "ko".to_owned(),
        ..Ringing::default()
    }));
    booth.call_says(TelephoneEvent::Answered);
    booth.wait_for("they talk", |view| {
        matches!(view.telephone.state, CallState::Talking { .. })
    });
    booth
}

#[test]
fn an_article_is_found_by_the_service_in_hand_read_while_talking_and_judged() {
    let office = Office::open();
    article(&office, "passport", "여권을 잃어버렸을 때", &[]);
    article(&office, "lot-number", "지번을 모를 때", &["land-ledger"]);
    let mut booth = on_a_call(&office);
    booth.press("F2");
    booth.wait_for("services are offered", |view| {
        matches!(view.pane, PaneView::Preparation(_))
    });
    booth.type_text("토지대장");
    booth.press("Enter");
    booth.wait_for("it is explained", |view| {
        matches!(&view.pane, PaneView::Preparation(it)
            if matches!(**it, desk::preparation::PreparationView::Explain(_)))
    });

    booth.press("Ctrl+F5");
    let view = booth.wait_for("articles are there", |view| {
        pane(view).is_some_and(|it| it.rows.len() == 2)
    });
    let shown = pane(&view).unwrap();
    assert_eq!(shown.service, "토지대장");
    assert!(shown.rows[0].about_service && !shown.rows[1].about_service);
    booth.press("Enter");
    let view = booth.wait_for("it is read", |view| {
        pane(view).is_some_and(|it| it.article.is_some())
    });
    assert!(matches!(view.telephone.state, CallState::Talking { .. }));
    let read = pane(&view).unwrap().article.clone().unwrap();
    assert_eq!(read.title, "지번을 모를 때");
    booth.click("도움이 됐어요");
    booth.wait_for("it is chosen", |view| {
        pane(view).is_some_and(|it| it.article.as_ref().is_some_and(|it| it.verdict.is_some()))
    });
    booth.type_text("바로 찾았어요");
    booth.click("의견 보내기");
    booth.wait_for("it is noted", |view| {
        pane(view).is_some_and(|it| it.notice == Some(KnowledgeNotice::Thanks))
    });

    let said: Value = office.read("/v1/knowledge/lot-number/feedback");
    assert_eq!(said["feedback"][0]["verdict"], "helped");
    assert_eq!(said["feedback"][0]["sentence"], "바로 찾았어요");
    assert_eq!(said["feedback"][0]["who"], "kim");
    // The form is where it was.
    booth.press("F2");
    booth.wait_for("the form is there", |view| {
        matches!(view.pane, PaneView::Preparation(_))
    });
}

#[test]
fn words_that_are_typed_find_an_article_also_by_its_first_consonants() {
    let office = Office::open();
    article(&office, "passport", "여권을 잃어버렸을 때", &[]);
    article(&office, "lot-number", "지번을 모를 때", &[]);
    let mut booth = on_a_call(&office);

    booth.press("Ctrl+F5");
    booth.wait_for("articles are there", |view| {
        pane(view).is_some_and(|it| it.rows.len() == 2)
    });
    booth.type_text("여권");

    let view = booth.wait_for("one answers", |view| {
        pane(view).is_some_and(|it| it.rows.len() == 1)
    });
    assert_eq!(pane(&view).unwrap().rows[0].title, "여권을 잃어버렸을 때");
}
