//! What the scripted finger does: asks for the three services.

use bench::people::PEOPLE;
use kiosk::visit::view::Screen;

use crate::script::Script;

/// # Errors
/// When a screen does not come or a control is not there.
pub fn tell(mut script: Script) -> anyhow::Result<()> {
    household(&mut script)?;
    land_ledger(&mut script)?;
    family_relations(&mut script)
}

/// A household's register, with the earlier addresses and a receipt, paid with a note.
fn household(script: &mut Script) -> anyhow::Result<()> {
    welcome(script)?;
    script.touch("시작하기")?;
    script.meet("find")?;
    script.touch("주민등록표 등본")?;
    script.meet("service")?;
    script.touch("신청 시작하기")?;
    script.meet("insert-card")?;
    identify(script)?;
    script.meet("options")?;
    script.touch("넣기")?;
    script.meet_when("options-chosen", |view| view.screen.name() == "options")?;
    consent_and_send(script)?;
    script.touch("현금으로 내기")?;
    script.meet_when(
        "pay-cash",
        |view| matches!(&view.screen, Screen::Pay(pay) if pay.means.is_some()),
    )?;
    script.feed_note(1_000);
    take_paper(script)?;
    script.touch("영수증 받기")?;
    take_card(script)
}

/// A land ledger: nobody is asked who they are; the address is typed.
fn land_ledger(script: &mut Script) -> anyhow::Result<()> {
    welcome(script)?;
    script.touch("시작하기")?;
    script.meet("find")?;
    script.touch("토지대장")?;
    script.meet("service")?;
    script.touch("신청 시작하기")?;
    script.meet("question")?;
    script.touch_all(["ㅅ", "ㅐ", "ㅂ"])?;
    script.meet_when("question-suggestions", |view| {
        matches!(&view.screen, Screen::Question(question) if !question.suggestions.is_empty())
    })?;
    Ok(())
}

fn family_relations(_script: &mut Script) -> anyhow::Result<()> {
    Ok(())
}

fn welcome(script: &mut Script) -> anyhow::Result<()> {
    script.meet_when(
        "welcome",
        |view| matches!(&view.screen, Screen::Welcome(welcome) if welcome.troubles.is_empty()),
    )
}

fn identify(script: &mut Script) -> anyhow::Result<()> {
    script.insert_card(PEOPLE[0]);
    script.meet("resident-number")?;
    for digit in PEOPLE[0].resident_number.chars() {
        script.touch(&digit.to_string())?;
    }
    script.meet_when(
        "resident-number-typed",
        |view| matches!(&view.screen, Screen::ResidentNumber(entry) if entry.digits == 13),
    )?;
    script.touch("다 입력했어요")
}

fn consent_and_send(script: &mut Script) -> anyhow::Result<()> {
    script.touch("계속하기")?;
    script.meet("consent")?;
    script.touch("동의해요")?;
    script.meet("review")?;
    script.touch("이대로 신청하기")?;
    script.meet("working")?;
    script.meet("pay")
}

fn take_paper(script: &mut Script) -> anyhow::Result<()> {
    script.meet("working")?;
    script.meet("take-paper")?;
    script.touch("증명서 챙겼어요")?;
    script.meet("receipt")
}

fn take_card(script: &mut Script) -> anyhow::Result<()> {
    script.meet("take-card")?;
    script.pull_card();
    script.meet("farewell")?;
    script.touch("처음 화면으로 가기")
}
