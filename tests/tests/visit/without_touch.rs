//! Visits of people who touch nothing: they hear the screens, or go through them by two
//! switches, and walk away with the same paper as everybody.

use request::{Outcome, Stage};
use slint::platform::Key;
use tests::{
    keypad::Hands,
    office::TUESDAY_10_00,
    stand::Stand,
    walk::{CITIZEN, End, Stop},
};

#[test]
fn who_sees_nothing_hears_the_whole_way_to_the_paper() {
    let mut stand = Stand::open(TUESDAY_10_00);
    stand.is_used_by(Hands::Headphones);
    stand.press(Key::F15);
    stand.wait_until("somebody listens", |view| {
        view.accessibility.guidance.is_some()
    });

    stand.walk_to(Stop::Service);
    let end = stand.go_on();

    assert_eq!(end, End::Thanked);
    let request = stand.assert_agreement(200);
    assert_eq!(request.stage, Stage::Closed(Outcome::Done));
    assert_eq!(stand.sheets().len(), 1);
    let said = stand.said();
    let is_said = |words: &str| said.iter().any(|it| it.contains(words));
    for words in [
        "음성 안내를 시작해요",
        "신분증을 넣어 주세요",
        "주민등록번호를 입력해 주세요",
        "13자리",
        "증명서를 가져가세요",
        "카드를 가져가세요",
    ] {
        assert!(is_said(words), "{words:?} is not among {said:#?}");
    }
    // Of the number nobody who stands near hears a digit, nor is it said when it is typed.
    let number = CITIZEN.resident_number;
    assert!(!is_said(&number[6..]), "{said:#?}");
    stand.wait_until("nobody listens any more", |view| {
        view.accessibility.guidance.is_none()
    });
}

#[test]
fn two_switches_lead_to_the_paper_without_a_word() {
    let mut stand = Stand::open(TUESDAY_10_00);
    stand.is_used_by(Hands::Switches);

    stand.walk_to(Stop::Service);
    let end = stand.go_on();

    assert_eq!(end, End::Thanked);
    assert_eq!(stand.sheets().len(), 1);
    assert_eq!(stand.said(), Vec::<String>::new());
}
