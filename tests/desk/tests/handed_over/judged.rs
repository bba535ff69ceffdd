//! A talk that is over is judged at a supervisor's desk and answered at its agent's: two
//! whole desks, the switch between them, and a kiosk's handset that was spoken through.

use desk::{
    reviews::{PlaceView, ReadingView, ReviewsNotice, ReviewsView, TalkRowView},
    telephone::CallState,
    workplace::view::{PaneView, View},
};
use kiosk::{handset::Voice, visit::view::HelpState};
use tests::{help::asks_for_an_agent, log::Log, office::TUESDAY_10_00, stand::Stand};

use crate::{
    booth::Booth,
    center::{AGENT, Center},
    comes,
    open_switch::SUPERVISOR,
    sound::{AGENTS_TONE, CITIZENS_TONE, Sound},
};

const COMMENT: &str = "끝까지잘들어주셨어요";
const ANSWER: &str = "고맙습니다";

struct Story {
    _stand: Stand,
    agent: Booth,
    supervisor: Booth,
    _center: Center,
}

impl Story {
    /// Agent and citizen have spoken, and the help is over.
    fn after_a_talk() -> Self {
        let mut furnished = None;
        let mut stand = Stand::furnished(TUESDAY_10_00, |office| {
            let center = Center::open(office);
            let citizen = Sound::of(office.folder(), "citizen", CITIZENS_TONE);
            let settings = center.settings(&office.credentials(), &citizen);
            furnished = Some(center);
            settings
        });
        let center = furnished.unwrap();
        let sound = Sound::of(stand.office.folder(), "agent", AGENTS_TONE);
        let (office, url) = (&stand.office, || stand.office.url());
        let mut agent = center.desk(office, url(), "desk-1", Some(&sound));
        let mut supervisor = center.desk(office, url(), "desk-2", None);
        Center::signs_in(&mut agent, AGENT);
        Center::signs_in(&mut supervisor, SUPERVISOR);
        agent.click("키오스크 돕기");
        asks_for_an_agent(&mut stand);
        comes(&mut agent, &mut stand);
        stand.wait_until("they speak", |view| match &view.help.state {
            HelpState::Helping(it) => it.speaking.is_some_and(|it| it.voice == Voice::Talking),
            _ => false,
        });
        agent.wait_for("they speak", |view| {
            matches!(view.telephone.state, CallState::Talking { .. })
        });
        stand.touch("수화기");
        stand.touch("전화 끊고 글로 쓰기");
        agent.wait_for("the call is over", |view| {
            view.telephone.state == CallState::Resting
        });
        Self {
            _stand: stand,
            agent,
            supervisor,
            _center: center,
        }
    }
}

fn pane(view: &View) -> Option<&ReviewsView> {
    match &view.pane {
        PaneView::Reviews(reviews) => Some(reviews),
        _ => None,
    }
}

fn talks(view: &View) -> &[TalkRowView] {
    match pane(view).map(|it| &it.place) {
        Some(PlaceView::Talks { rows, .. } | PlaceView::Own { rows, .. }) => rows,
        _ => &[],
    }
}

fn reading(view: &View) -> Option<&ReadingView> {
    match &pane(view)?.place {
        PlaceView::Reading(reading) => Some(reading),
        _ => None,
    }
}

/// What the agent has answered, as the supervisor reads it beside the form.
fn answer(view: &View) -> Option<&str> {
    match &pane(view)?.place {
        PlaceView::Judging(judging) => Some(judging.written.first()?.answer.reveal()),
        _ => None,
    }
}

fn told(booth: &mut Booth, notice: &ReviewsNotice) {
    booth.wait_for(&format!("{notice:?} is told"), |view| {
        pane(view).is_some_and(|it| it.notice.as_ref() == Some(notice))
    });
}

#[test]
fn a_supervisor_judges_a_talk_at_one_desk_and_the_agent_reads_and_answers_at_another() {
    let log = Log::listen();
    let mut story = Story::after_a_talk();
    let Story {
        agent, supervisor, ..
    } = &mut story;
    supervisor.click("통화 평가");
    supervisor.wait_for("the agent is there", |view| {
        match pane(view).map(|it| &it.place) {
            Some(PlaceView::Agents { rows, .. }) => rows.iter().any(|it| it.name == AGENT),
            _ => false,
        }
    });
    supervisor.click("이 상담사의 통화 보기");
    supervisor.wait_for("the talk is over", |view| {
        talks(view).first().is_some_and(|it| it.ending.is_some())
    });
    supervisor.click("이 통화 평가하기");
    supervisor.wait_for("the form is there", |view| {
        answer(view).is_none() && talks(view).is_empty()
    });
    // Five points for the greeting, four for the next.
    supervisor.press("Alt+7");
    supervisor.press("Alt+6");
    supervisor.press("Enter");
    supervisor.wait_for("a comment is written", |view| {
        matches!(pane(view).map(|it| &it.place), Some(PlaceView::Judging(it)) if it.commenting)
    });
    supervisor.type_text(COMMENT);
    supervisor.press("Ctrl+Enter");
    told(supervisor, &ReviewsNotice::Saved);

    agent.wait_for("there is something new", |view| view.reviews_new);
    agent.click("통화 평가: 새 평가");
    agent.wait_for("the own talk is there", |view| talks(view).len() == 1);
    agent.click("평가 읽기");
    let view = agent.wait_for("it is read", |view| reading(view).is_some());
    let read = reading(&view).unwrap();
    assert_eq!(read.written[0].by, SUPERVISOR);
    assert_eq!(read.written[0].comment.reveal(), COMMENT);
    assert_eq!(read.criteria[0].given, Some(5));
    agent.click("한 번 답하기");
    agent.wait_for("an answer is written", |view| {
        reading(view).is_some_and(|it| it.answering)
    });
    agent.type_text(ANSWER);
    agent.click("관리자에게 답 보내기");
    told(agent, &ReviewsNotice::Answered);

    supervisor.wait_for("the answer is read", |view| answer(view) == Some(ANSWER));
    let text = log.text();
    assert!(!text.contains(COMMENT) && !text.contains(ANSWER));
}
