//! Letters that came by e-mail, answered at a desk: also while the exchange is away,
//! and over the desk's own end.

use desk::{
    petitions::{AnswerView, PetitionsNotice, PetitionsView, RowStanding, TimeLeft},
    workplace::view::{PaneView, View},
};
use desk_line::Office;
use privacy::Personal;
use request::{
    Channel, Enclosure, IdentityLevel, RequestEvent, Sender, ServiceId, StationId, Terms,
};
use serde_json::json;

use crate::{beside, booth::Booth};

const ID: &str = "post-1-0123456789abcdef0123";

/// As the post office tells the exchange of a letter.
fn letter_comes(office: &Office) {
    let personal = |text: &str| Personal::new(text.to_owned());
    let opened = RequestEvent::Opened {
        service: ServiceId::new("petition"),
        service_version: 1,
        channel: Channel::Email,
        station: StationId::new("post-1"),
        language: "ko".to_owned(),
        terms: Terms {
            identity: IdentityLevel::None,
            consent: false,
            questions: vec!["subject".to_owned(), "text".to_owned()],
            copies_max: 0,
        },
    };
    let sender = Sender {
        name: personal("한빛나"),
        address: personal("na@example.org"),
        message_id: None,
    };
    let answered = |question: &str, text: &str| RequestEvent::Answered {
        question: question.to_owned(),
        answer: personal(text),
    };
    let enclosures = vec![Enclosure {
        name: personal("lamp.png"),
        media_type: "image/png".to_owned(),
        bytes: 12_345,
        sha256: "0".repeat(64),
    }];
    let events = [
        opened,
        RequestEvent::SenderNamed { sender },
        answered("subject", "가로등"),
        answered("text", "한빛로 1 앞 가로등이 고장 났습니다"),
        RequestEvent::Enclosed { enclosures },
        RequestEvent::Submitted,
    ];
    office.offer("post-1", ID, &events);
}

fn pane(view: &View) -> Option<&PetitionsView> {
    match &view.pane {
        PaneView::Petitions(petitions) => Some(petitions),
        _ => None,
    }
}

fn answer(view: &View) -> Option<&AnswerView> {
    Some(&pane(view)?.letter.as_ref()?.answer)
}

fn stands(view: &View, standing: &RowStanding) -> bool {
    let row = pane(view).and_then(|it| it.rows.first());
    row.is_some_and(|it| it.standing == *standing)
}

/// Before the letter, taken by the agent whose certificate lies at the desk.
fn taken(office: &Office) -> Booth {
    let mut booth = beside(office, Some("kim"));
    booth.sign_in();
    booth.press("Ctrl+F3");
    booth.wait_for("the letter waits", |view| {
        stands(view, &RowStanding::Waiting)
    });
    booth.press("Enter");
    booth.wait_for("it is read", |view| {
        answer(view) == Some(&AnswerView::ToTake { asked: false })
    });
    booth.click("내가 맡기");
    booth.wait_for("an answer may be written", |view| {
        matches!(answer(view), Some(AnswerView::Writing { .. }))
    });
    booth
}

#[test]
fn a_letter_is_read_taken_and_answered_and_it_is_told_by_whom() {
    let office = Office::open();
    letter_comes(&office);
    let mut booth = taken(&office);
    let view = booth.wait_for("it is there", |_| true);
    let shown = pane(&view).unwrap().letter.as_ref().unwrap().clone();
    assert_eq!(shown.text.reveal(), "한빛로 1 앞 가로등이 고장 났습니다");
    assert_eq!(shown.name.reveal(), "한빛나");
    assert_eq!(shown.files, 1);
    // Fourteen working days, the day it came being the first of them.
    assert_eq!(shown.row.left, TimeLeft::Days(13));

    booth.type_text("고쳤습니다.");
    booth.press("Enter");
    booth.type_text("고맙습니다.");
    booth.click("답변 보내기");

    booth.wait_for(
        "the answer is at the exchange",
        |view| matches!(answer(view), Some(AnswerView::Given { agent, .. }) if agent == "kim"),
    );
    let told = office.read(&format!("/v1/petitions/{ID}"));
    assert_eq!(told["reply"]["text"], "고쳤습니다.\n고맙습니다.");
    assert_eq!(told["reply"]["agent"], "kim");
    assert_eq!(told["assigned_to"], "kim");
}

#[test]
fn an_answer_outlives_the_desk_and_goes_when_the_exchange_is_back() {
    let mut office = Office::open();
    letter_comes(&office);
    let mut booth = taken(&office);
    office.close();

    booth.type_text("고쳤습니다");
    booth.press("Ctrl+Enter");
    booth.wait_for("it is written down", |view| {
        matches!(answer(view), Some(AnswerView::OnItsWay { .. }))
    });
    booth.press("Esc");
    booth.wait_for("the list says so", |view| {
        stands(view, &RowStanding::WrittenHere)
    });
    booth.switch_off();
    office.reopen();
    assert_eq!(
        office.read("/v1/petitions")["petitions"][0]["standing"],
        "waiting"
    );
    booth.switch_on();
    booth.sign_in();

    booth.press("Ctrl+F3");
    booth.wait_for("it is answered", |view| stands(view, &RowStanding::Replied));
    let told = office.read(&format!("/v1/petitions/{ID}"));
    assert_eq!(told["reply"]["text"], "고쳤습니다");
}

#[test]
fn a_letter_another_agent_has_is_taken_over_only_when_asked_twice() {
    let office = Office::open();
    letter_comes(&office);
    let assign = format!("/v1/petitions/{ID}/assign");
    office.attend(&assign, &json!({ "to": "lee" }));
    let mut booth = beside(&office, Some("kim"));
    booth.sign_in();
    booth.press("Ctrl+F3");
    let theirs = RowStanding::With("lee".to_owned());
    booth.wait_for("somebody has it", |view| stands(view, &theirs));
    booth.press("Enter");
    booth.wait_for("it is read", |view| answer(view).is_some());

    booth.press("Enter");
    booth.wait_for("the agent is warned", |view| {
        pane(view).is_some_and(|it| it.notice == Some(PetitionsNotice::TakeOver))
    });
    assert_eq!(
        office.read(&format!("/v1/petitions/{ID}"))["assigned_to"],
        "lee"
    );
    booth.press("Enter");

    booth.wait_for("an answer may be written", |view| {
        matches!(answer(view), Some(AnswerView::Writing { .. }))
    });
}
