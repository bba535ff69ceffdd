//! A document that a citizen wants an agency to have, sent from a desk and followed.

use desk::{
    sending::{
        AgencyView, Consent, ConsentView, DeliveryEnd, NumberCheck, NumberView, PaperView,
        PlaceView, PurposeView, SendingFault, SendingNotice, SendingView,
    },
    workplace::view::{PaneView, View},
};
use desk_line::Office;
use request::DocumentNumber;
use serde_json::json;
use sync::DeliveryRefusal;

use crate::{beside, booth::Booth};

const PURPOSE: &str = "기초연금 신청";

fn pane(view: &View) -> Option<&SendingView> {
    match &view.pane {
        PaneView::Sending(sending) => Some(sending),
        _ => None,
    }
}

fn typing(view: &View) -> Option<&NumberView> {
    match &pane(view)?.place {
        PlaceView::Number(number) => Some(number),
        _ => None,
    }
}

fn paper(view: &View) -> Option<&PaperView> {
    match &pane(view)?.place {
        PlaceView::Paper(paper) => Some(paper),
        _ => None,
    }
}

fn agencies(view: &View) -> Option<&AgencyView> {
    match &pane(view)?.place {
        PlaceView::Agency(agency) => Some(agency),
        _ => None,
    }
}

fn purpose(view: &View) -> Option<&PurposeView> {
    match &pane(view)?.place {
        PlaceView::Purpose(purpose) => Some(purpose),
        _ => None,
    }
}

fn consent(view: &View) -> Option<&ConsentView> {
    match &pane(view)?.place {
        PlaceView::Consent(consent) => Some(consent),
        _ => None,
    }
}

/// An agent whose certificate lies at the desk has typed this number.
fn looking_for(booth: &mut Booth, number: &str) {
    booth.press("Ctrl+F9");
    booth.wait_for("a number is asked for", |view| typing(view).is_some());
    booth.type_text(&number.to_lowercase().replace('-', ""));
    booth.wait_for("it is a whole one", |view| {
        typing(view).is_some_and(|it| it.check == NumberCheck::Whole(number.to_owned()))
    });
    booth.click("이 문서 찾기");
}

fn at_a_desk(office: &Office, number: &DocumentNumber) -> Booth {
    let mut booth = beside(office, Some("kim"));
    booth.sign_in();
    looking_for(&mut booth, number.as_str());
    booth
}

/// The citizen agrees on the telephone that the welfare office gets it.
fn agrees(booth: &mut Booth) {
    booth.type_text(PURPOSE);
    booth.click("동의 받기");
    booth.wait_for("it is read aloud", |view| consent(view).is_some());
    booth.click("동의함 (소리 내어 읽음)");
    booth.wait_for("it is agreed to", |view| {
        consent(view).is_some_and(|it| it.consent == Some(Consent::ReadAloud))
    });
    booth.click("문서 보내기");
}

/// From the list of agencies until the exchange has it.
fn sends(booth: &mut Booth) {
    booth.wait_for("agencies are there", |view| {
        agencies(view).is_some_and(|it| it.rows.len() == 2)
    });
    booth.type_text("복지");
    booth.wait_for("one fits", |view| {
        agencies(view).is_some_and(|it| it.rows.len() == 1)
    });
    booth.click("이 기관에 보내기");
    booth.wait_for("the purpose is asked for", |view| purpose(view).is_some());
    agrees(booth);
}

fn became(booth: &mut Booth, end: DeliveryEnd) -> PaperView {
    let view = booth.wait_for(&format!("{end:?} is told"), |view| {
        paper(view).is_some_and(|it| it.rows.first().is_some_and(|it| it.end == Some(end)))
    });
    paper(&view).unwrap().clone()
}

#[test]
fn a_document_goes_to_the_agency_that_asked_for_it_and_is_followed_until_it_is_there() {
    let office = Office::with_agencies();
    let number = office.certificate();
    let mut booth = at_a_desk(&office, &number);

    sends(&mut booth);
    let shown = became(&mut booth, DeliveryEnd::Delivered);

    assert_eq!(shown.rows[0].agency, "가온구 복지정책과");
    let taken = office.taken();
    assert_eq!(taken.len(), 1);
    let (certificate, consent) = &taken[0];
    assert!(certificate.starts_with(b"%PDF-1.7"));
    assert_eq!(consent["document"], json!(number));
    assert_eq!(consent["recipient"]["title"]["en"], "Gaon-gu welfare");
    assert_eq!(consent["purpose"], PURPOSE);
    assert_eq!(consent["consent"], "read_aloud");
    assert_eq!(consent["taken_by"], "kim");
}

#[test]
fn whoever_works_here_next_sees_an_empty_line_and_finds_it_by_its_number() {
    let office = Office::with_agencies();
    let number = office.certificate();
    let mut booth = at_a_desk(&office, &number);
    sends(&mut booth);
    became(&mut booth, DeliveryEnd::Delivered);

    booth.press("Ctrl+Q");
    booth.wait_for("nobody works here", |view| view.agent.is_none());
    booth.sign_in();
    booth.click("기관에 문서 보내기");
    booth.wait_for("nothing stands there", |view| {
        typing(view).is_some_and(|it| it.check == NumberCheck::Empty)
    });
    looking_for(&mut booth, number.as_str());

    let shown = became(&mut booth, DeliveryEnd::Delivered);
    assert_eq!(shown.rows.len(), 1);
    booth.click("다른 기관에 보내기");
    booth.wait_for("agencies are there", |view| agencies(view).is_some());
    booth.type_text("복지");
    booth.press("Enter");
    booth.wait_for("it has it", |view| {
        pane(view).is_some_and(|it| it.notice == Some(SendingNotice::Delivered))
    });
    assert_eq!(office.taken().len(), 1);
}

#[test]
fn what_an_agency_has_refused_is_sent_again_with_a_consent_of_its_own() {
    let office = Office::with_agencies();
    let number = office.certificate();
    office.agencies_believe_others();
    let mut booth = at_a_desk(&office, &number);
    sends(&mut booth);
    let shown = became(&mut booth, DeliveryEnd::Refused);
    assert!(shown.again);

    office.agencies_believe();
    booth.click("다시 보내기");
    booth.wait_for("the purpose is asked for", |view| {
        purpose(view).is_some_and(|it| it.agency == "가온구 복지정책과")
    });
    agrees(&mut booth);

    became(&mut booth, DeliveryEnd::Delivered);
    assert_eq!(office.taken().len(), 1);
}

#[test]
fn what_is_on_its_way_to_an_agency_that_is_away_stands_there_and_a_wrong_number_is_named() {
    let office = Office::with_agencies();
    let number = office.certificate();
    let mut booth = beside(&office, Some("kim"));
    booth.sign_in();
    looking_for(&mut booth, "2611-0000-0000-0000");
    let nobody = SendingFault::Refused(DeliveryRefusal::NoDocument);
    booth.wait_for("no document has it", |view| {
        pane(view).is_some_and(|it| it.notice == Some(SendingNotice::Fault(nobody)))
    });
    let backspace = "\u{8}";
    booth.type_text(&backspace.repeat(DocumentNumber::LETTERS));
    looking_for(&mut booth, number.as_str());

    office.welfare_is_away(true);
    sends(&mut booth);

    let view = booth.wait_for("it is on its way", |view| {
        paper(view).is_some_and(|it| it.rows.first().is_some_and(|it| it.end.is_none()))
    });
    assert!(!paper(&view).unwrap().again);
    assert!(office.taken().is_empty());
}

#[test]
fn a_desk_without_a_line_for_its_agent_says_so() {
    let office = Office::open();
    let mut booth = beside(&office, None);
    booth.sign_in();

    booth.press("Ctrl+F9");

    booth.wait_for("there is no way", |view| {
        pane(view).is_some_and(|it| it.no_way)
    });
    assert!(booth.controls().iter().all(|it| {
        it.accessible_label()
            .is_none_or(|label| label != "이 문서 찾기")
    }));
}
