//! A citizen writes for the board, somebody of the office reads it, and it stands there.

use kiosk::visit::view::{Posted, Screen};
use serde_json::{Value, json};
use tests::{office::TUESDAY_10_00, stand::Stand};

const BOARD: &str = "지역 소식과 게시판";
const TOPIC: &str = "나눔과 빌림";

fn open_topic(stand: &mut Stand) {
    stand.wait_for("welcome");
    stand.touch("시작하기");
    stand.wait_for("find");
    stand.touch(BOARD);
    stand.wait_for("board");
    stand.touch(TOPIC);
    stand.wait_for("board-page");
}

#[test]
fn what_a_citizen_writes_stands_on_the_board_when_somebody_of_the_office_has_read_it() {
    let mut stand = Stand::open(TUESDAY_10_00);
    open_topic(&mut stand);
    stand.wait_until("it may be written", |view| {
        matches!(&view.screen, Screen::BoardPage(page) if page.open && page.notices.is_empty())
    });

    stand.touch("글 쓰기");
    stand.wait_for("board-writing");
    stand.touch_all(["ㅊ", "ㅐ", "ㄱ", "ㅇ", "ㅣ"]);
    stand.touch("내용 쓰기");
    stand.wait_until(
        "the text is next",
        |view| matches!(&view.screen, Screen::BoardWriting(writing) if !writing.titling),
    );
    stand.touch_all(["ㄴ", "ㅏ", "ㄴ", "ㅜ", "ㅓ", "ㅇ", "ㅛ", "1", "2"]);
    stand.touch("글 보내기");
    stand.wait_until("it waits", |view| {
        view.screen == Screen::BoardPosted(Posted::Waits)
    });
    let waiting: Value = stand.office.agent_reads("/v1/board/postings");
    let posting = &waiting["postings"][0];
    assert_eq!(
        posting["words"],
        json!({ "title": "책이", "text": "나눠요12" })
    );
    let id = posting["id"].as_str().unwrap();
    let path = format!("/v1/board/postings/{id}/decision");
    let publish = json!({ "decision": "publish", "days": 14 });
    stand.office.agent_tells(&path, &publish);

    // The copy is fetched when a kiosk starts, and every few minutes.
    stand.switch_off();
    stand.switch_on();
    open_topic(&mut stand);
    let page = stand.wait_until(
        "it stands",
        |view| matches!(&view.screen, Screen::BoardPage(page) if page.notices.len() == 1),
    );
    assert!(matches!(&page.screen, Screen::BoardPage(page) if page.notices[0].text == "나눠요12"));
}
