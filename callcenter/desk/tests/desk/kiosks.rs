//! The pane of kiosks that wait for an agent, as it may come to look.

use desk::{
    helping::{FieldView, HelpView, HelpingNotice, HelpingView, KioskVoice, LineView, WaitingView},
    workplace::view::PaneView,
};
use handover::Place;
use privacy::Personal;

/// Kiosks that wait, and one that is helped.
pub(crate) fn panes() -> [(&'static str, PaneView); 2] {
    [
        ("helping-waiting", helping(false)),
        ("helping", helping(true)),
    ]
}

/// Kiosks that wait, or one that is helped.
fn helping(with: bool) -> PaneView {
    let personal = |text: &str| Personal::new(text.to_owned());
    let field = |label: &str, value: &str, proposed: &str| FieldView {
        label: label.to_owned(),
        value: personal(value),
        here: value.is_empty(),
        pointed: value.is_empty(),
        proposed: personal(proposed),
    };
    let line = |from_citizen, text: &str| LineView {
        from_citizen,
        text: personal(text),
    };
    let waiting = |kiosk: &str, service: &str, waited: &str| WaitingView {
        kiosk: kiosk.to_owned(),
        service: service.to_owned(),
        language: "ko".to_owned(),
        waited: waited.to_owned(),
    };
    let help = HelpView {
        voice: KioskVoice::Talking,
        service: "토지대장".to_owned(),
        at: Some(Place::Question("parcel_number".to_owned())),
        fields: vec![
            field("땅이 어느 동에 있나요?", "한빛시 가온구 새빛동", ""),
            field("지번이 무엇인가요?", "", "12-3"),
            field("부수", "1부", ""),
        ],
        choices: Vec::new(),
        lines: vec![
            line(false, "안녕하세요, 무엇을 도와 드릴까요?"),
            line(true, "지번을 몰라요"),
        ],
        line: 1,
    };
    PaneView::Helping(Box::new(HelpingView {
        known: true,
        waiting: vec![
            waiting("gaon-1", "토지대장", "1:15"),
            waiting("narae-1", "", "0:08"),
        ],
        selected: usize::from(with),
        notice: with.then_some(HelpingNotice::Declined),
        with: with.then_some(help),
    }))
}
