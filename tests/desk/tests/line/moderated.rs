//! What a citizen wrote for the bulletin board, published or refused at a desk.

use desk::{
    postings::{ChoiceView, PostingsFault, PostingsNotice, PostingsView},
    workplace::view::{PaneView, View},
};
use desk_line::Office;
use serde_json::json;

use crate::{beside, booth::Booth};

const TEXT: &str = "토요일에 가온공원에서 책을 나눕니다";

fn pane(view: &View) -> Option<&PostingsView> {
    match &view.pane {
        PaneView::Postings(postings) => Some(postings),
        _ => None,
    }
}

/// A kiosk hands in what somebody wrote there.
fn written(office: &Office, id: &str, title: &str) {
    let posting = json!({
        "id": id, "topic": "sharing", "district": "4199900000",
        "words": { "title": title, "text": TEXT }
    });
    office.attend_as("narae-1", "/v1/board/postings", &posting);
}

/// Somebody who may decide has the first posting before them.
fn reading(office: &Office) -> Booth {
    let mut booth = beside(office, Some("kim"));
    booth.sign_in();
    booth.click("게시판 글");
    booth.wait_for("a posting waits", |view| {
        pane(view).is_some_and(|it| !it.rows.is_empty())
    });
    booth.click("게시 글 읽기");
    booth.wait_for("it is read", |view| {
        pane(view).is_some_and(|it| it.posting.is_some())
    });
    booth
}

fn becomes(booth: &mut Booth, choice: ChoiceView) {
    booth.wait_for("it is chosen", |view| {
        let posting = pane(view).and_then(|it| it.posting.as_ref());
        posting.is_some_and(|it| it.choice == Some(choice))
    });
}

fn told(booth: &mut Booth, notice: PostingsNotice) -> View {
    booth.wait_for(&format!("{notice:?} is told"), |view| {
        pane(view).is_some_and(|it| it.notice == Some(notice))
    })
}

#[test]
fn a_posting_is_published_and_another_refused_with_a_reason() {
    let office = Office::open();
    written(&office, "a", "나눔 장터");
    written(&office, "b", "싸게 팝니다");
    let mut booth = reading(&office);
    let view = booth.wait_for("it is there", |_| true);
    let shown = pane(&view).unwrap().posting.clone().unwrap();
    assert_eq!(shown.text.reveal(), TEXT);
    assert_eq!(shown.row.district, "한빛시 가온구");

    booth.click("14일 동안 게시");
    becomes(&mut booth, ChoiceView::Publish { days: 14 });
    booth.click("게시하기");
    told(&mut booth, PostingsNotice::Published);
    booth.wait_for("the other one waits", |view| {
        pane(view).is_some_and(|it| it.rows.len() == 1)
    });
    booth.press("Enter");
    booth.press("Alt+5");
    becomes(&mut booth, ChoiceView::Refuse);
    booth.press("Enter");
    told(&mut booth, PostingsNotice::NoReason);
    booth.type_text("광고예요");
    booth.click("거절하기");
    told(&mut booth, PostingsNotice::Refused);

    let board = office.public("/v1/board");
    let notices = board["notices"].as_array().unwrap();
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0]["title"], "나눔 장터");
    let waiting = office.read("/v1/board/postings");
    assert_eq!(waiting["postings"], json!([]));
}

#[test]
fn who_was_slower_is_told_that_it_was_decided_already() {
    let office = Office::open();
    written(&office, "a", "나눔 장터");
    let mut booth = reading(&office);
    let refuse = json!({ "decision": "refuse", "reason": "광고예요" });
    office.attend("/v1/board/postings/a/decision", &refuse);

    booth.press("Alt+2");
    booth.press("Enter");

    let decided = PostingsNotice::Fault(PostingsFault::Decided);
    let view = told(&mut booth, decided);
    assert!(pane(&view).unwrap().posting.is_none());
}
