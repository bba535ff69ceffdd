//! The pane of talks that are judged, as it may come to look.

use cti::{QualityRefusal, TalkEnding};
use desk::{
    reviews::{
        AgentRowView, CriterionView, JudgingView, MeanView, PlaceView, ReadingView, ReviewsNotice,
        ReviewsView, TalkRowView, WrittenView,
    },
    workplace::view::PaneView,
};
use privacy::Personal;

const COMMENT: &str = "무엇이 필요한지 끝까지 들어 주셔서 좋았어요. 다음에는 수수료를 먼저 말하고 절차를 설명하면 민원인이 더 편할 것 같아요.";
const TITLES: [&str; 6] = [
    "인사하고 소속과 이름을 밝혔어요",
    "무엇이 필요한지 끝까지 듣고 확인했어요",
    "안내한 절차와 수수료가 맞아요",
    "쉬운 말로 설명했어요",
    "개인정보를 소리 내어 읽지 않았어요",
    "더 필요한 것이 있는지 묻고 마쳤어요",
];

/// The lists, and one talk at each step.
pub(crate) fn panes() -> Vec<(&'static str, PaneView)> {
    let refused = |why| Some(ReviewsNotice::Refused(why));
    vec![
        ("reviews-agents", pane(None, agents())),
        (
            "reviews-talks",
            pane(refused(QualityRefusal::TalkGone), talks(true)),
        ),
        ("reviews-no-talks", pane(None, talks(false))),
        ("reviews-own", pane(Some(ReviewsNotice::Answered), own())),
        ("reviews-points", pane(None, judging(false))),
        (
            "reviews-points-refused",
            pane(refused(QualityRefusal::FormChanged), judging(false)),
        ),
        (
            "reviews-comment",
            pane(Some(ReviewsNotice::Kept), judging(true)),
        ),
        ("reviews-reading", pane(None, reading(false))),
        (
            "reviews-answering",
            pane(refused(QualityRefusal::AnswerEmpty), reading(true)),
        ),
        (
            "reviews-saved",
            pane(Some(ReviewsNotice::Saved), talks(true)),
        ),
        (
            "reviews-away",
            pane(Some(ReviewsNotice::SignInAgain), agents()),
        ),
    ]
}

fn pane(notice: Option<ReviewsNotice>, place: PlaceView) -> PaneView {
    PaneView::Reviews(Box::new(ReviewsView { notice, place }))
}

fn agents() -> PlaceView {
    let row = |number: u32| AgentRowView {
        name: format!("namgung.{number}"),
        score: if number == 3 { "" } else { "82 %" }.to_owned(),
        reviews: [12, 1, 3, 0][number as usize % 4],
    };
    PlaceView::Agents {
        known: true,
        period: 1,
        rows: (0..14).map(row).collect(),
        selected: 2,
    }
}

fn talk(number: usize) -> TalkRowView {
    let endings = [
        TalkEnding::CallerHungUp,
        TalkEnding::HandedOn,
        TalkEnding::Lost,
        TalkEnding::AgentHungUp,
        TalkEnding::Interrupted,
    ];
    TalkRowView {
        when: "11월 23일 16:40".to_owned(),
        lasted: "12:05".to_owned(),
        queue: ["증명 발급", "외국인 지원", ""][number % 3].to_owned(),
        ending: Some(endings[number % endings.len()]),
        recorded: number.is_multiple_of(2),
        score: ["95 %", ""][number % 2].to_owned(),
        reviews: [2, 0][number % 2],
        answered: number == 0,
        disposition: [Some("신청을 준비해 드림"), Some(""), None][number % 3].map(str::to_owned),
        unsaved: number == 1,
    }
}

fn talks(any: bool) -> PlaceView {
    let mean = |title: &str| MeanView {
        title: title.to_owned(),
        score: "87 %".to_owned(),
        reviews: 4,
    };
    PlaceView::Talks {
        agent: "namgung.12".to_owned(),
        known: true,
        period: 2,
        rows: (0..if any { 12 } else { 0 }).map(talk).collect(),
        selected: 0,
        score: if any { "87 %" } else { "" }.to_owned(),
        reviews: if any { 4 } else { 0 },
        criteria: TITLES.iter().map(|it| mean(it)).collect(),
    }
}

fn own() -> PlaceView {
    PlaceView::Own {
        known: true,
        rows: vec![talk(0), talk(3)],
        selected: 1,
        supervisor: true,
    }
}

fn criteria() -> Vec<CriterionView> {
    let each = TITLES.iter().enumerate();
    each.map(|(number, title)| CriterionView {
        title: (*title).to_owned(),
        given: [Some(4), Some(0), None][number % 3],
        best: Some(if number == 4 { 1 } else { 7 }),
        decisive: number == 4,
    })
    .collect()
}

fn written(answer: &str) -> WrittenView {
    WrittenView {
        by: "namgung.1".to_owned(),
        when: "11월 23일 17:10".to_owned(),
        score: "0 %".to_owned(),
        comment: Personal::new(COMMENT.to_owned()),
        answer: Personal::new(answer.to_owned()),
    }
}

fn judging(commenting: bool) -> PlaceView {
    PlaceView::Judging(JudgingView {
        agent: "namgung.12".to_owned(),
        row: talk(0),
        criteria: criteria(),
        chosen: 1,
        // Nothing was given where it decides.
        score: "0 %".to_owned(),
        comment: Personal::new(COMMENT.to_owned()),
        commenting,
        line: 1,
        unsaved: true,
        saving: commenting,
        written: vec![written(
            "알려 주셔서 고마워요. 다음에는 수수료를 먼저 말할게요.",
        )],
    })
}

fn reading(answering: bool) -> PlaceView {
    PlaceView::Reading(ReadingView {
        row: talk(2),
        criteria: criteria(),
        written: vec![written(""), written("네")],
        chosen: 0,
        may_answer: true,
        answer: Personal::default(),
        answering,
        line: 0,
        sending: false,
    })
}
