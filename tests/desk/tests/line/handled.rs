//! A petition from a kiosk at a desk: why it is where it is, handed over, extended, joined,
//! answered, and what its citizen can read of all that.

use desk::{
    petitions::{
        Act, AnswerView, FilePlace, FormView, LetterView, PetitionsNotice, PetitionsView,
        RowStanding,
    },
    workplace::view::{PaneView, View},
};
use desk_line::Office;
use serde_json::Value;

use crate::{
    beside,
    booth::Booth,
    filed::{Filed, filed, told},
};

const OMBUDSMAN: &str = "ombudsman-petition";
const LIGHT: &str = "다솜구 별내동 12번지 앞 가로등이 사흘째 꺼져 있어 밤에 걷기 무섭습니다";

fn pane(view: &View) -> Option<&PetitionsView> {
    match &view.pane {
        PaneView::Petitions(petitions) => Some(petitions),
        _ => None,
    }
}

fn letter(view: &View) -> Option<&LetterView> {
    pane(view)?.letter.as_deref()
}

fn form(view: &View) -> Option<&FormView> {
    letter(view)?.form.as_ref()
}

fn notice(view: &View) -> Option<PetitionsNotice> {
    pane(view)?.notice
}

/// The agent whose certificate lies at the desk sees what waits.
fn listing(office: &Office) -> Booth {
    let mut booth = beside(office, Some("kim"));
    booth.sign_in();
    booth.click("민원");
    booth.wait_for("something waits", |view| {
        pane(view).is_some_and(|it| !it.rows.is_empty())
    });
    booth
}

fn reads(booth: &mut Booth) -> LetterView {
    booth.click("민원 읽기");
    let view = booth.wait_for("it is read", |view| letter(view).is_some());
    letter(&view).unwrap().clone()
}

/// A street light is out in Dasom-gu, and the agent reads of it.
fn reading() -> (Office, Filed, Booth) {
    let office = Office::open();
    let petition = filed("narae-1-a", OMBUDSMAN, ["가로등", LIGHT]);
    told(&office, std::slice::from_ref(&petition));
    let mut booth = listing(&office);
    reads(&mut booth);
    (office, petition, booth)
}

fn status(office: &Office, petition: &Filed) -> Value {
    office.public(&format!("/v1/requests/{}/status", petition.receipt))
}

fn steps(status: &Value) -> Vec<&str> {
    let steps = status["steps"].as_array().unwrap().iter();
    steps.map(|it| it["what"].as_str().unwrap()).collect()
}

/// Hands it over to the roads office.
fn hands_over(booth: &mut Booth, reason: &str) {
    booth.click("다른 부서로 넘기기");
    booth.wait_for("offices are offered", |view| {
        form(view).is_some_and(|it| !it.offices.is_empty())
    });
    booth.type_text("도로과");
    booth.wait_for("it is found", |view| {
        form(view).is_some_and(|it| {
            it.offices
                .first()
                .is_some_and(|it| it.name == "한빛시 도로과")
        })
    });
    booth.click("한빛시 도로과");
    booth.wait_for("it is chosen", |view| {
        form(view).is_some_and(|it| it.chosen == Some(0))
    });
    booth.type_text(reason);
    booth.click("넘기기");
}

#[test]
fn a_petition_from_a_kiosk_is_handed_over_extended_and_answered_and_its_status_tells_it() {
    let (office, petition, mut booth) = reading();
    let view = booth.wait_for("it is there", |_| true);
    let shown = letter(&view).unwrap().clone();
    assert_eq!(shown.row.office, "다솜구 생활안전과");
    assert_eq!(shown.route.word, "가로등");
    assert_eq!(shown.route.duty, "가로등과 보안등");
    assert_eq!(shown.route.district, "한빛시 다솜구 별내동");
    assert_eq!(shown.row.due, "12월 2일");
    assert_eq!(shown.number.replace(' ', ""), petition.receipt);

    hands_over(&mut booth, "시도로에 있는 등이라 도로과에서 봅니다");
    let view = booth.wait_for("the roads office has it", |view| {
        letter(view).is_some_and(|it| it.row.office == "한빛시 도로과" && it.form.is_none())
    });
    assert_eq!(notice(&view), Some(PetitionsNotice::Done(Act::HandOver)));
    assert!(letter(&view).unwrap().route.handed_over);
    booth.press("Alt+2");
    booth.wait_for("a reason is asked for", |view| form(view).is_some());
    booth.type_text("부품이 다음 주에 옵니다");
    booth.press("Ctrl+Enter");
    booth.wait_for("it has longer", |view| {
        letter(view).is_some_and(|it| it.row.extended && it.row.due == "12월 11일")
    });
    booth.click("내가 맡기");
    booth.wait_for("an answer may be written", |view| {
        letter(view).is_some_and(|it| matches!(it.answer, AnswerView::Writing { .. }))
    });
    booth.type_text("가로등을 고쳤습니다");
    booth.click("답변 보내기");
    booth.wait_for("it is answered", |view| {
        letter(view).is_some_and(|it| matches!(it.answer, AnswerView::Given { .. }))
    });

    let status = status(&office, &petition);
    let expected = ["received", "routed", "transferred", "extended", "answered"];
    assert_eq!(steps(&status), expected);
    assert_eq!(status["office"]["ko"], "한빛시 도로과");
    assert_eq!(status["answered"], true);
    let told = office.read("/v1/petitions/narae-1-a");
    let reason = "시도로에 있는 등이라 도로과에서 봅니다";
    assert_eq!(told["steps"][2]["reason"], reason);
    assert_eq!(told["reply"]["text"], "가로등을 고쳤습니다");
}

#[test]
fn what_the_exchange_refuses_is_told_and_what_was_typed_stays() {
    let (office, _, mut booth) = reading();
    office.attend(
        "/v1/petitions/narae-1-a/transfer",
        &serde_json::json!({ "office": "4199010", "reason": "먼저 넘겼습니다" }),
    );

    hands_over(&mut booth, "도로과에서 봅니다");

    let view = booth.wait_for("it is refused", |view| notice(view).is_some());
    let refused = PetitionsNotice::Fault(desk::petitions::PetitionsFault::SameOffice);
    assert_eq!(notice(&view), Some(refused));
    let view = booth.wait_for("where it is now is read", |view| {
        letter(view).is_some_and(|it| it.row.office == "한빛시 도로과")
    });
    assert_eq!(form(&view).unwrap().reason.reveal(), "도로과에서 봅니다");
}

#[test]
fn a_petition_is_joined_to_one_like_it_and_both_are_answered_with_one_answer() {
    let office = Office::open();
    let again = LIGHT.replace("사흘째", "나흘째");
    let petitions = [
        filed("narae-1-a", OMBUDSMAN, ["가로등", LIGHT]),
        filed("narae-1-b", OMBUDSMAN, ["가로등 또", &again]),
    ];
    told(&office, &petitions);
    let mut booth = listing(&office);
    booth.press("↓");
    let shown = reads(&mut booth);
    assert_eq!(shown.like, 1);

    booth.click("비슷한 민원 1건과 함께 처리");
    booth.wait_for("it is offered", |view| {
        form(view).is_some_and(|it| it.others.len() == 1 && it.others[0].same_person)
    });
    booth.press("Enter");
    booth.wait_for("they are joined", |view| {
        letter(view).is_some_and(|it| it.leads_to.is_some() && it.row.joined)
    });
    office.attend(
        "/v1/petitions/narae-1-a/reply",
        &serde_json::json!({ "text": "가로등을 고쳤습니다" }),
    );

    for petition in &petitions {
        assert_eq!(status(&office, petition)["answered"], true);
    }
}

#[test]
fn an_appeal_is_decided_with_the_answer_it_is_about_in_sight() {
    let (office, petition, mut booth) = reading();
    office.attend(
        "/v1/petitions/narae-1-a/reply",
        &serde_json::json!({ "text": "고쳤습니다" }),
    );
    let appeal = sync::PetitionQuestion::Appeal {
        receipt: petition.receipt.clone(),
        text: privacy::Personal::new("아직 꺼져 있습니다".to_owned()),
    };
    assert_eq!(office.asks("narae-1", &appeal), sync::PetitionAnswer::Taken);

    booth.press("Esc");
    booth.press("F5");
    booth.wait_for("it is back with an appeal", |view| {
        pane(view).is_some_and(|it| it.rows.first().is_some_and(|it| it.appealed))
    });
    let shown = reads(&mut booth);
    assert_eq!(shown.appeal.unwrap().reveal(), "아직 꺼져 있습니다");
    assert_eq!(shown.earlier[0].reveal(), "고쳤습니다");
    assert_eq!(shown.row.office, "한빛시 시민옴부즈만");
    booth.press("Enter");
    booth.wait_for("a decision may be written", |view| {
        letter(view).is_some_and(|it| matches!(it.answer, AnswerView::Writing { .. }))
    });
    booth.type_text("현장을 보고 새 등으로 바꾸었습니다");
    booth.click("이의신청 결정 보내기");

    booth.wait_for("it is decided", |view| {
        letter(view).is_some_and(|it| matches!(it.answer, AnswerView::Given { .. }))
    });
    let status = status(&office, &petition);
    assert_eq!(steps(&status)[2..], ["answered", "appealed", "answered"]);
}

#[test]
fn a_file_is_fetched_saved_where_only_the_desk_reads_it_and_gone_when_the_agent_goes() {
    let (office, _, mut booth) = reading();
    office.lay_text("narae-1-a", "%EC%A1%B0%EC%82%AC.sh", "현장을 보았습니다");
    booth.press("Esc");
    booth.wait_for("the list is there", |view| letter(view).is_none());
    let shown = reads(&mut booth);
    assert_eq!(shown.files, 1);

    booth.click("파일 1개");
    booth.wait_for("it is listed", |view| {
        form(view).is_some_and(|it| it.files.len() == 1)
    });
    booth.click("파일 저장하기");
    let view = booth.wait_for("it is saved", |view| {
        notice(view) == Some(PetitionsNotice::Done(Act::Files))
    });

    let FilePlace::Saved(place) = form(&view).unwrap().files[0].kept.clone() else {
        panic!("{:?}", form(&view));
    };
    let place = std::path::PathBuf::from(place.reveal());
    // It is a text, whatever its name says.
    let shown = place.to_string_lossy();
    assert!(shown.ends_with("-조사.txt"), "{shown}");
    assert_eq!(
        std::fs::read_to_string(&place).unwrap(),
        "현장을 보았습니다"
    );
    booth.press("Ctrl+Q");
    booth.wait_for("the agent has gone", |view| view.agent.is_none());
    assert!(!place.exists());
}

#[test]
fn every_petition_is_reached_page_by_page() {
    let office = Office::open();
    let petitions: Vec<_> = (0..53)
        .map(|number| {
            let id = format!("narae-1-{number:03}");
            filed(
                &id,
                OMBUDSMAN,
                [&format!("민원 {number:03}"), "버스가 늦어요"],
            )
        })
        .collect();
    told(&office, &petitions);
    let mut booth = listing(&office);
    let view = booth.wait_for("all are counted", |view| {
        pane(view).is_some_and(|it| it.page.total == 53)
    });
    assert_eq!(pane(&view).unwrap().rows.len(), 50);

    booth.click("다음 쪽");

    let view = booth.wait_for("the rest is there", |view| {
        pane(view).is_some_and(|it| it.page.first == 51)
    });
    let rows = &pane(&view).unwrap().rows;
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[2].subject.reveal(), "민원 052");
    assert_eq!(rows[2].standing, RowStanding::Waiting);
    booth.press("Ctrl+↑");
    booth.wait_for("the first page is back", |view| {
        pane(view).is_some_and(|it| it.page.first == 1)
    });
}
