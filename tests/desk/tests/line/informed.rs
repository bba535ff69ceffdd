//! A request for information, decided at a desk, and what whoever asked is told.

use desk::{
    petitions::{AnswerView, LetterView, PetitionsNotice},
    workplace::view::{PaneView, View},
};
use desk_line::Office;
use request::{Decision, ResidentNumber};
use sync::{PetitionAnswer, PetitionQuestion};

use crate::{
    beside,
    booth::Booth,
    filed::{Filed, filed, told},
};

const ASKED: [&str; 2] = ["회의록", "2026년 도시계획 회의록을 모두 보여 주세요"];
const GROUND: &str = "공개하지 않는 근거: 공공기관의 정보공개에 관한 법률 제9조 제1항 제6호 (이름·주민등록번호 등 개인정보)";

fn letter(view: &View) -> Option<&LetterView> {
    match &view.pane {
        PaneView::Petitions(petitions) => petitions.letter.as_deref(),
        _ => None,
    }
}

fn notice(view: &View) -> Option<PetitionsNotice> {
    match &view.pane {
        PaneView::Petitions(petitions) => petitions.notice,
        _ => None,
    }
}

/// An agent has taken a request for the minutes of meetings.
fn taken(office: &Office) -> (Filed, Booth) {
    let request = filed("narae-1-i", "information-request", ASKED);
    told(office, std::slice::from_ref(&request));
    let mut booth = beside(office, Some("kim"));
    booth.sign_in();
    booth.press("Ctrl+F3");
    booth.wait_for("it waits", |view| match &view.pane {
        PaneView::Petitions(petitions) => petitions.rows.len() == 1,
        _ => false,
    });
    booth.press("Enter");
    booth.wait_for("it is read", |view| letter(view).is_some());
    booth.press("Enter");
    writing(&mut booth);
    (request, booth)
}

fn writing(booth: &mut Booth) -> View {
    booth.wait_for("an answer may be written", |view| {
        letter(view)
            .is_some_and(|it| it.form.is_none() && matches!(it.answer, AnswerView::Writing { .. }))
    })
}

#[test]
fn some_of_the_information_is_withheld_on_a_ground_and_whoever_asked_reads_it() {
    let office = Office::open();
    let (request, mut booth) = taken(&office);
    booth.type_text("회의록을 보냅니다. 이름은 가렸습니다.");
    booth.click("답변 보내기");
    booth.wait_for("it is not decided", |view| {
        notice(view) == Some(PetitionsNotice::NoDecision)
    });

    booth.click("결정하기");
    booth.wait_for("decisions are offered", |view| {
        letter(view).is_some_and(|it| it.form.is_some())
    });
    booth.click("부분공개");
    booth.wait_for("grounds are offered", |view| {
        letter(view).is_some_and(|it| it.form.as_ref().is_some_and(|it| it.grounds.len() == 8))
    });
    booth.press("Enter");
    booth.wait_for("a ground is wanted", |view| {
        notice(view) == Some(PetitionsNotice::NoGround)
    });
    booth.roll_to("이름·주민등록번호 등 개인정보");
    booth.click("이름·주민등록번호 등 개인정보");
    booth.wait_for("it is chosen", |view| {
        letter(view).is_some_and(|it| it.form.as_ref().is_some_and(|it| it.ground == Some(5)))
    });
    booth.click("이 결정으로 답변 쓰기");
    let view = writing(&mut booth);
    let shown = letter(&view).unwrap();
    assert_eq!(shown.decision, Some(Decision::PartlyDisclosed));
    assert_eq!(shown.ground, "제9조 제1항 제6호");
    booth.click("답변 보내기");
    booth.wait_for("it is answered", |view| {
        letter(view).is_some_and(|it| matches!(it.answer, AnswerView::Given { .. }))
    });

    let told = office.read("/v1/petitions/narae-1-i");
    assert_eq!(told["decision"], "partly_disclosed");
    let question = PetitionQuestion::Answer {
        receipt: request.receipt.clone(),
        resident_number: ResidentNumber::parse("9001012990014").unwrap(),
    };
    match office.asks("narae-1", &question) {
        PetitionAnswer::Answer { text, decision } => {
            assert_eq!(decision, Some(Decision::PartlyDisclosed));
            let whole = format!("{GROUND}\n\n회의록을 보냅니다. 이름은 가렸습니다.");
            assert_eq!(*text.reveal(), whole);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_another_office_holds_is_handed_over_to_it_instead_of_decided() {
    let office = Office::open();
    let (request, mut booth) = taken(&office);

    booth.press("Alt+1");
    booth.wait_for("offices are offered", |view| {
        letter(view).is_some_and(|it| it.form.as_ref().is_some_and(|it| !it.offices.is_empty()))
    });
    // With each letter offices are sought anew: what is chosen meanwhile is chosen of no list.
    booth.type_text("환");
    booth.wait_for("it is found", |view| {
        letter(view).is_some_and(|it| {
            let offices = it.form.as_ref().map(|it| &it.offices);
            offices.is_some_and(|it| it.first().is_some_and(|it| it.name == "한빛시 환경과"))
        })
    });
    booth.press("Alt+1");
    booth.wait_for("it is chosen", |view| {
        letter(view).is_some_and(|it| it.form.as_ref().is_some_and(|it| it.chosen == Some(0)))
    });
    booth.type_text("환경과에서 가진 기록입니다");
    booth.press("Ctrl+Enter");

    booth.wait_for("the other office has it", |view| {
        letter(view).is_some_and(|it| it.row.office == "한빛시 환경과")
    });
    let status = office.public(&format!("/v1/requests/{}/status", request.receipt));
    assert_eq!(status["office"]["ko"], "한빛시 환경과");
    assert_eq!(status["answered"], false);
}
