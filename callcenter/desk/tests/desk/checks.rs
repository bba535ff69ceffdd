//! The pane of two-person checks, as it may come to look.

use desk::{
    checks::{
        AnsweredView, AskedView, BelievedView, ChecksNotice, ChecksView, SheetView, Turn,
        VerdictView, WaitingCheckView,
    },
    workplace::view::PaneView,
};
use privacy::Personal;
use vouching::{CheckEnding, CheckRefusal, Doubt, Ground};

const STREET: &str = "지금 사는 집의 도로 이름이 무엇인가요? 번호는 빼고 말해 주세요";
const MONTH: &str = "지금 주소로 전입신고한 해와 달은 언제인가요?";

/// The list, and one check at each turn.
pub(crate) fn panes() -> Vec<(&'static str, PaneView)> {
    let verdict = |verdict, second| SheetView {
        verdict: Some(verdict),
        ..sheet(Turn::Deciding, second)
    };
    let believe = VerdictView::Believe {
        grounds: vec![
            Ground::LogRead,
            Ground::AnsweredReadily,
            Ground::SpokenWith,
            Ground::Seen,
            Ground::DocumentShown,
        ],
        chosen: Some(Ground::LogRead),
    };
    let refuse = VerdictView::Refuse {
        doubts: vec![
            Doubt::Prompted,
            Doubt::Hesitated,
            Doubt::NotThePerson,
            Doubt::NotOfFreeWill,
            Doubt::Other,
        ],
        chosen: None,
    };
    let refused = ChecksNotice::Refused;
    let same_desk = refused(CheckRefusal::SameDesk);
    let unheard = ChecksNotice::Unheard;
    vec![
        ("checks", pane(Some(same_desk), None)),
        (
            "check-asking",
            pane(None, Some(sheet(Turn::Asking(asked("다온로")), false))),
        ),
        (
            "check-asking-again",
            pane(Some(unheard), Some(sheet(Turn::Asking(asked("")), true))),
        ),
        ("check-deciding", taken(sheet(Turn::Deciding, true))),
        ("check-believing", taken(verdict(believe, true))),
        ("check-refusing", taken(verdict(refuse, false))),
        ("check-with-second", taken(sheet(Turn::WithSecond, false))),
        ("check-passed", taken(sheet(Turn::Passed, true))),
        (
            "check-overruled",
            taken(sheet(
                Turn::Ended(CheckEnding::Overruled(Doubt::Prompted)),
                false,
            )),
        ),
        ("check-let-go", pane(Some(ChecksNotice::LetGo), None)),
    ]
}

fn taken(sheet: SheetView) -> PaneView {
    pane(None, Some(sheet))
}

fn pane(notice: Option<ChecksNotice>, sheet: Option<SheetView>) -> PaneView {
    let row = |kiosk: &str, service: &str, believed_by: &str| WaitingCheckView {
        kiosk: kiosk.to_owned(),
        service: service.to_owned(),
        language: "베트남어".to_owned(),
        waited: "1:15".to_owned(),
        believed_by: believed_by.to_owned(),
    };
    PaneView::Checks(Box::new(ChecksView {
        known: true,
        waiting: vec![
            row("gaon-1", "주민등록표 등본", "namgung.12"),
            row("narae-1", "구직 신청", ""),
        ],
        selected: 0,
        taking: sheet.is_none() && notice == Some(ChecksNotice::LetGo),
        notice,
        sheet,
    }))
}

fn asked(said: &str) -> AskedView {
    AskedView {
        number: 3,
        wording: STREET.to_owned(),
        in_their_words: "Which street do you live on now? Without the number, please".to_owned(),
        said: (!said.is_empty()).then(|| Personal::new(said.to_owned())),
        typed: Personal::new(String::new()),
        line: 1,
    }
}

fn sheet(turn: Turn, second: bool) -> SheetView {
    let answered = |wording: &str, right| AnsweredView {
        wording: wording.to_owned(),
        right,
        asked_by: "namgung.12".to_owned(),
    };
    SheetView {
        kiosk: "gaon-1".to_owned(),
        service: "주민등록표 등본".to_owned(),
        language: "베트남어".to_owned(),
        left: "12:05".to_owned(),
        believed: second.then(|| BelievedView {
            agent: "namgung.12".to_owned(),
            desk: "desk-14".to_owned(),
            ground: Ground::AnsweredReadily,
        }),
        turn,
        log: vec![
            answered(MONTH, true),
            answered("같은 주소에 사는 가족 한 분의 이름은 무엇인가요?", false),
            answered("전에 살던 동의 이름 하나를 말해 주세요", true),
        ],
        right: 2,
        right_needed: 3,
        wrong_left: 0,
        may_ask_more: second,
        doing: false,
        verdict: None,
    }
}
