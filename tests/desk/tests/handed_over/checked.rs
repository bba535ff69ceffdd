//! A citizen whose card cannot be read, a whole kiosk, and the two whole desks that find
//! out who it is: an agent's and a supervisor's, both known to the switch.

use bench::cable::Cable;
use desk::{
    checks::{ChecksNotice, ChecksView, SheetView, Turn},
    workplace::view::{PaneView, View},
};
use kiosk::visit::view::{Check, CheckEnd, Screen};
use request::{Identification, Outcome, Stage};
use tests::{
    checker::{asks_for_a_check, right_answer},
    log::Log,
    office::{Office, TUESDAY_10_00},
    stand::Stand,
    walk::{CITIZEN, End},
};
use vouching::{CheckEnding, CheckRefusal, Doubt};

use crate::{
    booth::Booth,
    center::{AGENT, Center},
    open_switch::SUPERVISOR,
};

const FIRST: &str = "desk-1";
const SECOND: &str = "desk-2";

/// The kiosk, the two desks, and the switch that knows who works at them.
pub(crate) struct Story {
    pub(crate) stand: Stand,
    pub(crate) first: Booth,
    pub(crate) second: Booth,
    /// Between the first desk and the exchange.
    cable: Cable,
    /// It renews badges while it runs.
    pub(crate) center: Center,
}

impl Story {
    fn begin() -> Self {
        Self::with(Center::open)
    }

    pub(crate) fn with(open: impl FnOnce(&Office) -> Center) -> Self {
        let mut center = None;
        let stand = Stand::furnished(TUESDAY_10_00, |office| {
            center = Some(open(office));
            String::new()
        });
        let center = center.unwrap();
        let cable = Cable::to(stand.office.address()).unwrap();
        let office = &stand.office;
        let mut first = center.desk(office, cable.url(), FIRST, None);
        let mut second = center.desk(office, office.url(), SECOND, None);
        Center::signs_in(&mut first, AGENT);
        Center::signs_in(&mut second, SUPERVISOR);
        Self {
            stand,
            first,
            second,
            cable,
            center,
        }
    }

    /// The citizen waits, and the agent takes the check.
    fn is_taken() -> Self {
        let mut story = Self::begin();
        asks_for_a_check(&mut story.stand);
        takes(&mut story.first);
        story
    }

    /// Three right answers, and the agent believes it.
    fn is_believed() -> Self {
        let mut story = Self::is_taken();
        while let Some(wording) = asked(&story.first.wait_for("its turn", is_settled)) {
            answers(&mut story.first, right_answer(&wording));
        }
        gives_verdict(
            &mut story.first,
            "본인이 맞아요",
            "본인이 막힘없이 답했어요",
        );
        turns(&mut story.first, |turn| *turn == Turn::WithSecond);
        story
    }
}

fn pane(view: &View) -> Option<&ChecksView> {
    match &view.pane {
        PaneView::Checks(checks) => Some(checks),
        _ => None,
    }
}

fn sheet(view: &View) -> Option<&SheetView> {
    pane(view)?.sheet.as_ref()
}

/// What was done last has been answered.
pub(crate) fn is_settled(view: &View) -> bool {
    sheet(view).is_some_and(|it| !it.doing)
}

pub(crate) fn asked(view: &View) -> Option<String> {
    match &sheet(view)?.turn {
        Turn::Asking(asked) => Some(asked.wording.clone()),
        _ => None,
    }
}

/// The desk calls for somebody, who takes the one check that waits.
pub(crate) fn takes(booth: &mut Booth) {
    booth.wait_for("a check waits", |view| view.checks_waiting == 1);
    booth.click("본인 확인 1건 대기");
    booth.wait_for("the list is there", |view| pane(view).is_some());
    booth.click("이 확인 맡기");
    booth.wait_for("it is taken", |view| sheet(view).is_some());
}

pub(crate) fn answers(booth: &mut Booth, text: &str) {
    let before = sheet(&booth.wait_for("a question", is_settled))
        .unwrap()
        .log
        .len();
    booth.type_text(text);
    booth.click("답 맞춰 보기");
    booth.wait_for("it is compared", |view| {
        is_settled(view) && sheet(view).is_some_and(|it| it.log.len() > before)
    });
}

pub(crate) fn gives_verdict(booth: &mut Booth, verdict: &str, reason: &str) {
    booth.click(verdict);
    booth.wait_for("reasons are offered", |view| {
        sheet(view).is_some_and(|it| it.verdict.is_some())
    });
    booth.click(reason);
    booth.wait_for("one is chosen", |_| true);
    booth.press("Enter");
}

pub(crate) fn turns(booth: &mut Booth, is_it: impl Fn(&Turn) -> bool) {
    booth.wait_for("the check goes on", |view| {
        sheet(view).is_some_and(|it| is_it(&it.turn))
    });
}

fn told(booth: &mut Booth, notice: ChecksNotice) {
    booth.wait_for(&format!("{notice:?} is told"), |view| {
        pane(view).is_some_and(|it| it.notice == Some(notice))
    });
}

fn kiosk_says(stand: &mut Stand, wanted: CheckEnd) {
    stand.wait_until("the check has ended", |view| match &view.screen {
        Screen::Check(Check::Ended { end, .. }) => *end == wanted,
        _ => false,
    });
}

#[test]
fn a_refused_card_an_agent_and_a_supervisor_at_their_desks_and_the_paper_comes() {
    let log = Log::listen();
    let mut story = Story::is_taken();
    let Story { stand, first, .. } = &mut story;
    let wording = asked(&first.wait_for("a question", is_settled)).unwrap();
    stand.wait_until(
        "the question is read at the kiosk",
        |view| matches!(&view.screen, Screen::Question(it) if it.label == wording),
    );
    // The citizen types something that is nobody's street, and the agent takes it over.
    stand.touch("ㅏ");
    stand.touch("계속하기");
    first.wait_for("what was typed is read", |view| {
        matches!(sheet(view).map(|it| &it.turn), Some(Turn::Asking(it)) if it.said.is_some())
    });
    first.click("ㅏ");
    let view = first.wait_for("it is compared", |view| {
        is_settled(view) && sheet(view).is_some_and(|it| !it.log.is_empty())
    });
    assert!(!sheet(&view).unwrap().log[0].right);
    while let Some(wording) = asked(&first.wait_for("its turn", is_settled)) {
        answers(first, right_answer(&wording));
    }
    gives_verdict(first, "본인이 맞아요", "본인과 직접 말해 봤어요");
    turns(first, |turn| *turn == Turn::WithSecond);
    first.click("목록으로");
    first.wait_for("the list is there", |view| {
        pane(view).is_some_and(|it| it.sheet.is_none() && it.waiting.len() == 1)
    });
    first.click("이 확인 맡기");
    told(first, ChecksNotice::Refused(CheckRefusal::SameAgent));

    let second = &mut story.second;
    takes(second);
    let view = second.wait_for("the log is read", is_settled);
    assert_eq!(sheet(&view).unwrap().log.len(), 4);
    assert_eq!(
        sheet(&view).unwrap().believed.as_ref().unwrap().agent,
        AGENT
    );
    second.click("질문 하나 더 하기");
    let view = second.wait_for("one more question", |view| asked(view).is_some());
    answers(second, right_answer(&asked(&view).unwrap()));
    gives_verdict(second, "동의해요", "질문 기록을 읽었어요");
    turns(second, |turn| *turn == Turn::Passed);

    let stand = &mut story.stand;
    stand.wait_for("options");
    assert_eq!(stand.go_on(), End::Thanked);
    assert_eq!(stand.sheets().len(), 1);
    let (request, _) = stand.journal().pop().unwrap();
    assert_eq!(request.stage, Stage::Closed(Outcome::Done));
    assert_eq!(request.identity.by, Some(Identification::TwoPersons));
    let vouching = request.identity.vouching.unwrap();
    assert_eq!(
        (vouching.agent.as_str(), vouching.desk.as_str()),
        (AGENT, FIRST)
    );
    assert_eq!(vouching.supervisor.as_str(), SUPERVISOR);
    assert_eq!(vouching.supervising_desk.as_str(), SECOND);
    assert_eq!((vouching.asked, vouching.right), (5, 4));
    let text = log.text();
    assert!(text.contains("A two-person check was opened"));
    for secret in [CITIZEN.name, CITIZEN.resident_number, "다온로", "이서우"] {
        assert!(!text.contains(secret), "{secret} is in the log");
    }
}

#[test]
fn a_supervisor_who_does_not_believe_it_ends_it_for_all_and_no_paper_comes() {
    let mut story = Story::is_believed();
    takes(&mut story.second);

    gives_verdict(
        &mut story.second,
        "본인으로 볼 수 없어요",
        "목소리나 나이, 얼굴이 달라요",
    );

    let overruled = Turn::Ended(CheckEnding::Overruled(Doubt::NotThePerson));
    turns(&mut story.second, |turn| *turn == overruled);
    turns(&mut story.first, |turn| *turn == overruled);
    kiosk_says(&mut story.stand, CheckEnd::NotBelieved);
    story.stand.touch("끝내기");
    story.stand.wait_for("welcome");
    assert_eq!(story.stand.request().identity.vouching, None);
    assert!(story.stand.sheets().is_empty());
}

#[test]
fn an_answer_waits_out_a_cut_line_and_a_switch_that_is_struck_off_proves_nobody() {
    let mut story = Story::is_taken();
    let view = story.first.wait_for("a question", is_settled);
    story.cable.cut();
    story.first.type_text(right_answer(&asked(&view).unwrap()));
    story.first.click("답 맞춰 보기");
    told(&mut story.first, ChecksNotice::Unheard);

    story.cable.mend();
    let view = story.first.wait_for("the answer has arrived", |view| {
        is_settled(view) && sheet(view).is_some_and(|it| !it.log.is_empty())
    });
    assert_eq!(sheet(&view).unwrap().log.len(), 1);
    assert_eq!(pane(&view).unwrap().notice, None);
    let wording = asked(&view).unwrap();
    Center::is_struck_off(&story.stand.office);
    story.first.type_text(right_answer(&wording));
    story.first.click("답 맞춰 보기");
    told(
        &mut story.first,
        ChecksNotice::Refused(CheckRefusal::Unproven),
    );
    let view = story.first.wait_for("nothing has counted", is_settled);
    assert_eq!(sheet(&view).unwrap().log.len(), 1);

    story.stand.touch("처음으로");
    story.stand.wait_for("welcome");
    assert!(matches!(story.stand.request().stage, Stage::Closed(_)));
}
