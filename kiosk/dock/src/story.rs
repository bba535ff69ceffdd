//! What the scripted finger does: asks for the three services, has one paper checked, calls an agent to the
//! screen, and collects what was asked for by telephone.

use bench::people::PEOPLE;
use kiosk::visit::view::{Contrast, HelpState, Helping, Screen, TextSize};

use crate::script::Script;

/// `code` is of a land ledger that was prepared at a desk.
///
/// # Errors
/// When a screen does not come or a control is not there.
pub fn tell(mut script: Script, code: Option<&str>) -> anyhow::Result<()> {
    household(&mut script)?;
    verified(&mut script)?;
    land_ledger(&mut script)?;
    helped(&mut script)?;
    if let Some(code) = code {
        collected(&mut script, code)?;
    }
    family_relations(&mut script)
}

/// A household's register with its earlier addresses, in Korean, paid with a note.
fn household(script: &mut Script) -> anyhow::Result<()> {
    welcome(script)?;
    script.touch("시작하기")?;
    script.meet("find")?;
    script.touch("주민등록표 등본")?;
    script.meet("service")?;
    script.touch("신청 시작하기")?;
    script.meet("insert-card")?;
    identify(script)?;
    script.touch("다 입력했어요")?;
    script.meet("options")?;
    script.touch("넣기")?;
    script.meet("options")?;
    script.touch("계속하기")?;
    script.meet("consent")?;
    script.touch("동의해요")?;
    script.meet("review")?;
    script.touch("이대로 신청하기")?;
    script.meet("working")?;
    script.meet("pay")?;
    script.touch("현금으로 내기")?;
    slot_opens(script)?;
    script.feed_note(1_000);
    script.meet("working")?;
    script.meet("take-paper")?;
    script.touch("증명서 챙겼어요")?;
    script.meet("receipt")?;
    script.touch("영수증 받기")?;
    take_card(script)?;
    script.picture_bench()?;
    script.touch("처음 화면으로 가기")
}

/// A land ledger: nobody is asked who they are, the place is typed in Hangul.
fn land_ledger(script: &mut Script) -> anyhow::Result<()> {
    welcome(script)?;
    script.touch("시작하기")?;
    script.meet("find")?;
    script.touch("토지대장")?;
    script.meet("service")?;
    script.touch("신청 시작하기")?;
    script.meet("question")?;
    script.touch_all(["ㅅ", "ㅐ", "ㅂ"])?;
    script.meet_when(
        "question-suggestions",
        |view| matches!(&view.screen, Screen::Question(question) if question.composing == "샙"),
    )?;
    script.touch_first_suggestion()?;
    script.meet_when(
        "question-number",
        |view| matches!(&view.screen, Screen::Question(question) if question.text.is_empty()),
    )?;
    script.touch_all(["1", "2", "-", "3"])?;
    script.meet_when(
        "question-number-typed",
        |view| matches!(&view.screen, Screen::Question(question) if question.text == "12-3"),
    )?;
    script.touch("계속하기")?;
    script.meet("options")?;
    script.touch("계속하기")?;
    script.meet("review")?;
    script.touch("이대로 신청하기")?;
    pay_by_coin(script)
}

/// Whether the household's register is genuine.
fn verified(script: &mut Script) -> anyhow::Result<()> {
    welcome(script)?;
    script.touch("시작하기")?;
    script.meet("find")?;
    script.touch("서류 진위 확인")?;
    script.meet_when(
        "hold-paper",
        |view| matches!(&view.screen, Screen::HoldPaper(holding) if holding.may_scan),
    )?;
    script.hold_sheet()?;
    script.meet("paper-told")?;
    script.touch("다 읽었어요")
}

/// A land ledger whose form an agent fills in, value by value.
fn helped(script: &mut Script) -> anyhow::Result<()> {
    welcome(script)?;
    script.touch("시작하기")?;
    script.meet("find")?;
    script.touch("토지대장")?;
    script.meet("service")?;
    script.touch("신청 시작하기")?;
    script.meet("question")?;
    script.touch("도움 받기")?;
    script.meet_when("help", |view| view.helping)?;
    script.touch("이 화면으로 상담원 부르기")?;
    script.meet_when("help-asking", |view| view.help.state == HelpState::Asking)?;
    script.touch("네, 연결할게요")?;
    script.meet_when(
        "help-talk",
        |view| matches!(&view.help.state, HelpState::Helping(it) if it.talk.is_some()),
    )?;
    script.touch_all(["ㄴ", "ㅔ"])?;
    script.meet_when(
        "help-typed",
        |view| matches!(&view.help.state, HelpState::Helping(it) if says(it, "네")),
    )?;
    script.touch("보내기")?;
    script.meet_when(
        "help-said",
        |view| matches!(&view.help.state, HelpState::Helping(it) if has_said(it)),
    )?;
    for field in ["place", "parcel"] {
        script.meet_when(
            &format!("help-{field}-proposed"),
            |view| matches!(&view.help.state, HelpState::Helping(it) if it.proposal.is_some()),
        )?;
        script.touch("네, 넣어 주세요")?;
        script.meet_when(
            &format!("help-{field}-confirmed"),
            |view| matches!(&view.help.state, HelpState::Helping(it) if it.proposal.is_none()),
        )?;
    }
    script.meet_when("help-ended", |view| {
        matches!(view.help.state, HelpState::Ended(_))
    })?;
    script.touch("이어서 하기")?;
    script.meet_when("options", |view| view.help.state == HelpState::None)?;
    script.touch("계속하기")?;
    script.meet("review")?;
    script.touch("이대로 신청하기")?;
    pay_by_coin(script)
}

/// Family relations, in English, by chip card, with larger text and high contrast on the way.
fn family_relations(script: &mut Script) -> anyhow::Result<()> {
    welcome(script)?;
    script.touch("한국어")?;
    script.meet_when("welcome-languages", |view| view.choosing_language)?;
    script.touch("English")?;
    script.meet("find")?;
    script.touch("Family relations certificate")?;
    script.meet("service")?;
    script.touch("Begin my request")?;
    script.meet("insert-card")?;
    script.insert_chip_card(PEOPLE[0])?;
    type_number(script)?;
    script.touch("I have entered it")?;
    script.meet("options")?;
    script.touch("Colours")?;
    script.meet_when("options-contrast", |view| {
        view.accessibility.contrast == Contrast::WhiteOnBlack
    })?;
    script.touch("Continue")?;
    script.meet("consent")?;
    script.touch("I agree")?;
    script.meet("review")?;
    for _ in 0..3 {
        script.touch("Colours")?;
        script.touch("Text size")?;
    }
    script.meet_when("review-larger", |view| {
        view.accessibility.text == TextSize::Double
    })?;
    script.touch("Text size")?;
    script.touch("Send my request")?;
    script.meet("pay")?;
    script.touch("Pay in cash")?;
    slot_opens(script)?;
    script.drop_coin(500);
    script.meet("take-paper")?;
    script.touch("I have taken it")?;
    script.meet("receipt")?;
    script.touch("Get a receipt")?;
    take_card(script)
}

/// What an agent has prepared for a caller, for the code that was read aloud.
fn collected(script: &mut Script, code: &str) -> anyhow::Result<()> {
    welcome(script)?;
    script.touch("시작하기")?;
    script.meet("find")?;
    script.touch("접수증·환불증이 있어요")?;
    script.meet("ticket-code")?;
    for digit in code.chars() {
        script.touch(&digit.to_string())?;
    }
    script.touch("다 입력했어요")?;
    script.meet("ticket")?;
    script.touch("지금 찾기")?;
    pay_by_coin(script)
}

/// What stands in the citizen's line.
fn says(help: &Helping, words: &str) -> bool {
    let talk = help.talk.as_ref();
    talk.is_some_and(|it| format!("{}{}", it.text, it.composing) == words)
}

fn has_said(help: &Helping) -> bool {
    let talk = help.talk.as_ref();
    talk.is_some_and(|it| it.lines.iter().any(|line| !line.from_agent))
}

fn pay_by_coin(script: &mut Script) -> anyhow::Result<()> {
    script.meet("pay")?;
    script.touch("현금으로 내기")?;
    slot_opens(script)?;
    script.drop_coin(500);
    script.meet("take-paper")?;
    script.touch("증명서 챙겼어요")?;
    script.meet("receipt")?;
    script.touch("필요 없어요")?;
    script.meet("farewell")?;
    script.touch("처음 화면으로 가기")
}

fn welcome(script: &mut Script) -> anyhow::Result<()> {
    script.meet_when(
        "welcome",
        |view| matches!(&view.screen, Screen::Welcome(welcome) if welcome.troubles.is_empty()),
    )
}

fn identify(script: &mut Script) -> anyhow::Result<()> {
    script.insert_card(PEOPLE[0]);
    type_number(script)
}

fn type_number(script: &mut Script) -> anyhow::Result<()> {
    script.meet("resident-number")?;
    for digit in PEOPLE[0].resident_number.chars() {
        script.touch(&digit.to_string())?;
    }
    script.meet_when(
        "resident-number-typed",
        |view| matches!(&view.screen, Screen::ResidentNumber(entry) if entry.digits == 13),
    )
}

fn slot_opens(script: &mut Script) -> anyhow::Result<()> {
    script.meet_when(
        "pay-cash",
        |view| matches!(&view.screen, Screen::Pay(pay) if pay.means.is_some()),
    )?;
    script.wait_for_slot()
}

fn take_card(script: &mut Script) -> anyhow::Result<()> {
    script.meet("take-card")?;
    script.pull_card();
    script.meet("farewell")
}
