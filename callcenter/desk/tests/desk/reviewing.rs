//! A supervisor judges a talk with keys and hands; the switch's end is the story's.

use badge::SignedBadge;
use cti::{
    AgentMerit, QualityEvent, QualityRefusal, QualityRequest, TalkEnding, TalkLine, TalkName,
    TalkSheet,
};
use desk::{
    reviews::{JudgingView, PlaceView, ReviewsNotice},
    telephone::{SignInFault, TelephoneEvent, TelephoneOrder},
    workplace::view::{Notice, PaneView, View},
};
use figures::{Form, Merit};

use crate::booth::{Booth, TUESDAY_10_00};

const COMMENT: &str = "잘했어요";
const TALK: TalkName = TalkName { agent: 7, call: 12 };

fn form() -> Form {
    let text = r#"{"id":"talk","version":1,"criterion":[
        {"id":"greeting","title":{"ko":"인사했어요","en":"Greeted"},"weight":1,"best":5},
        {"id":"fee","title":{"ko":"수수료가 맞아요","en":"Fee is right"},"weight":3,"best":1}]}"#;
    serde_json::from_str(text).unwrap()
}

fn line() -> TalkLine {
    TalkLine {
        talk: TALK,
        began_ms: TUESDAY_10_00 - 600_000,
        seconds: 185,
        queue: Some("증명 발급".to_owned()),
        ending: Some(TalkEnding::CallerHungUp),
        recorded: true,
        score: None,
        answered: false,
        disposition: None,
    }
}

fn sheet() -> Box<TalkSheet> {
    Box::new(TalkSheet {
        line: line(),
        form: Some(form()),
        reviews: Vec::new(),
    })
}

fn knows(booth: &Booth) {
    booth.call_says(TelephoneEvent::SignedIn {
        agent: 9,
        supervisor: true,
        badge: SignedBadge::new("badge"),
    });
}

fn told(booth: &Booth, event: QualityEvent) {
    booth.call_says(TelephoneEvent::Quality(Box::new(event)));
}

/// The next it asks the switch of talks.
fn asked(booth: &mut Booth) -> QualityRequest {
    loop {
        if let TelephoneOrder::Quality(asked) = booth.ordered() {
            return asked;
        }
    }
}

fn place(view: &View) -> Option<&PlaceView> {
    match &view.pane {
        PaneView::Reviews(reviews) => Some(&reviews.place),
        _ => None,
    }
}

fn judging(view: &View) -> Option<&JudgingView> {
    match place(view)? {
        PlaceView::Judging(judging) => Some(judging),
        _ => None,
    }
}

fn notice(booth: &mut Booth, notice: &ReviewsNotice) {
    booth.wait_for(&format!("{notice:?} is told"), |view| match &view.pane {
        PaneView::Reviews(reviews) => reviews.notice.as_ref() == Some(notice),
        _ => false,
    });
}

/// A supervisor with a talk that is open to be judged.
fn opened() -> Booth {
    let mut booth = Booth::with_switch();
    booth.click("상담사 이름");
    booth.type_text("park.1");
    booth.press("Enter");
    knows(&booth);
    booth.wait_for("somebody works here", |view| view.agent.is_some());
    booth.click("통화 평가");
    assert_eq!(asked(&mut booth), QualityRequest::ListMerits { days: 30 });
    let agents = vec![AgentMerit {
        agent: 7,
        account: "kim.2".to_owned(),
        score: None,
    }];
    let (days, first) = (30, true);
    let merits = QualityEvent::Merits {
        days,
        first,
        agents,
    };
    told(&booth, merits);
    booth.wait_for(
        "the agents are there",
        |view| matches!(place(view), Some(PlaceView::Agents { rows, .. }) if rows.len() == 1),
    );
    booth.click("이 상담사의 통화 보기");
    let agent = 7;
    assert_eq!(asked(&mut booth), QualityRequest::ListTalks { agent, days });
    let talks = QualityEvent::Talks {
        agent,
        days,
        talks: vec![line()],
        merit: Merit::default(),
        form: Some(form()),
    };
    told(&booth, talks);
    booth.wait_for(
        "the talks are there",
        |view| matches!(place(view), Some(PlaceView::Talks { rows, .. }) if rows.len() == 1),
    );
    booth.click("이 통화 평가하기");
    assert_eq!(asked(&mut booth), QualityRequest::OpenTalk { talk: TALK });
    told(&booth, QualityEvent::Talk { sheet: sheet() });
    booth.wait_for("the form is there", |view| judging(view).is_some());
    booth
}

/// Points by key and by hand, and a comment.
fn fills_in(booth: &mut Booth) {
    booth.press("Alt+5");
    booth.wait_for("the next criterion is chosen", |view| {
        judging(view).is_some_and(|it| it.chosen == 1)
    });
    booth.click("1점");
    let view = booth.wait_for("both are given", |view| {
        judging(view).is_some_and(|it| it.score == "90 %")
    });
    assert_eq!(judging(&view).unwrap().criteria[0].given, Some(3));
    booth.press("Enter");
    booth.wait_for("a comment is written", |view| {
        judging(view).is_some_and(|it| it.commenting)
    });
    booth.type_text(COMMENT);
    booth.wait_for("it stands there", |view| {
        judging(view).is_some_and(|it| it.comment.reveal() == COMMENT)
    });
}

fn is_judgment(asked: &QualityRequest) {
    let QualityRequest::Judge { judgment } = asked else {
        panic!("{asked:?}");
    };
    assert_eq!(judgment.talk, TALK);
    assert_eq!(judgment.points["greeting"], 3);
    assert_eq!(judgment.comment.as_ref().unwrap().reveal(), COMMENT);
}

#[test]
fn a_supervisor_judges_a_talk_and_what_is_typed_outlives_a_cut_line() {
    let mut booth = opened();
    fills_in(&mut booth);
    booth.call_says(TelephoneEvent::Away);

    booth.press("Ctrl+Enter");
    notice(&mut booth, &ReviewsNotice::Kept);
    booth.press("Ctrl+Q");
    booth.wait_for("nothing is lost by a key", |view| {
        view.agent.is_some() && view.notice == Some(Notice::UnsavedReview)
    });
    knows(&booth);

    is_judgment(&asked(&mut booth));
    told(&booth, QualityEvent::Judged { sheet: sheet() });
    notice(&mut booth, &ReviewsNotice::Saved);
    booth.press("Ctrl+Q");
    booth.wait_for("nobody works here", |view| view.agent.is_none());
}

#[test]
fn a_refusal_is_a_sentence_and_the_words_stay() {
    let mut booth = opened();
    fills_in(&mut booth);
    booth.click("평가 저장하기");
    is_judgment(&asked(&mut booth));

    let (talk, why) = (Some(TALK), QualityRefusal::StillTalking);
    told(&booth, QualityEvent::Refused { talk, why });

    notice(
        &mut booth,
        &ReviewsNotice::Refused(QualityRefusal::StillTalking),
    );
    let words = booth.elements().into_iter().any(|it| {
        let label = it.accessible_label().unwrap_or_default();
        label.replace('\u{2060}', "").contains("아직 통화 중이에요")
    });
    assert!(words, "the sentence is not there");
    let view = booth.wait_for("the words stay", |_| true);
    assert_eq!(judging(&view).unwrap().comment.reveal(), COMMENT);
}

#[test]
fn a_switch_that_forgot_who_works_here_is_told_of_and_takes_the_words_after() {
    let mut booth = opened();
    fills_in(&mut booth);
    let over = TelephoneEvent::SignInRefused(SignInFault::Over);
    booth.call_says(over);
    notice(&mut booth, &ReviewsNotice::SignInAgain);

    booth.press("Ctrl+Q");
    booth.wait_for("nobody works here", |view| view.agent.is_none());
    booth.click("상담사 이름");
    booth.type_text("park.1");
    booth.press("Enter");
    knows(&booth);
    booth.wait_for("somebody works here", |view| view.agent.is_some());
    told(&booth, QualityEvent::Talk { sheet: sheet() });

    booth.wait_for("the points are there", |view| {
        judging(view).is_some_and(|it| it.score == "90 %" && it.unsaved)
    });
}
