//! The pane with a switch whose words are the story's.

use cti::{
    AgentMerit, Judgment, QualityEvent, QualityRefusal, QualityRequest, TalkDisposition,
    TalkEnding, TalkLine, TalkName, TalkSheet, WrittenReview,
};
use figures::{Criterion, CriterionMerit, Form, Mean, Merit, Share, Wording};
use privacy::Personal;
use request::Timestamp;

use super::super::{
    JudgingView, Names, PlaceView, Reader, ReadingView, ReviewsEvent, ReviewsTouch, ReviewsView,
    TalkReviews,
};
use crate::Language;

pub(super) const AGENT: u32 = 3;
pub(super) const SUPERVISOR: Reader = Reader {
    agent: 9,
    supervisor: true,
};
const NOW: i64 = 1_795_482_000_000;

pub(super) struct Pane {
    pub(super) reviews: TalkReviews,
}

pub(super) fn form(version: u32) -> Form {
    let criterion = |id: &str, ko: &str, weight, best| Criterion {
        id: id.to_owned(),
        title: Wording {
            ko: ko.to_owned(),
            en: id.to_owned(),
        },
        weight,
        best,
        decisive: best == 1,
    };
    Form {
        id: "talk".to_owned(),
        version,
        criteria: vec![
            criterion("greeting", "인사", 1, 5),
            criterion("fee", "수수료", 3, 1),
        ],
    }
}

pub(super) fn line() -> TalkLine {
    TalkLine {
        talk: TalkName {
            agent: AGENT,
            call: 7,
        },
        began_ms: NOW - 600_000,
        seconds: 185,
        queue: Some("증명 발급".to_owned()),
        ending: Some(TalkEnding::CallerHungUp),
        recorded: true,
        score: None,
        answered: false,
        disposition: Some(TalkDisposition::Said("answered".to_owned())),
    }
}

/// By this version of the form, and judged by nobody.
pub(super) fn sheet(version: u32) -> Box<TalkSheet> {
    Box::new(TalkSheet {
        line: line(),
        form: Some(form(version)),
        reviews: Vec::new(),
    })
}

/// Judged by the supervisor, and perhaps answered.
pub(super) fn reviewed(answer: Option<&str>) -> Box<TalkSheet> {
    let words = |text: &str| Personal::new(text.to_owned());
    let review = WrittenReview {
        reviewer: SUPERVISOR.agent,
        account: "park.1".to_owned(),
        reviewed_ms: NOW,
        points: [("greeting".to_owned(), 4)].into(),
        score: Share(800),
        comment: Some(words("친절했어요")),
        answer: answer.map(words),
    };
    let reviews = vec![review];
    Box::new(TalkSheet {
        reviews,
        ..*sheet(1)
    })
}

pub(super) fn judged(points: &[(&str, u8)], comment: &str) -> QualityRequest {
    let points = points.iter();
    QualityRequest::Judge {
        judgment: Judgment {
            talk: line().talk,
            form: "talk".to_owned(),
            version: 1,
            points: points.map(|(id, it)| ((*id).to_owned(), *it)).collect(),
            comment: Some(Personal::new(comment.to_owned())),
        },
    }
}

impl Pane {
    /// Known to the switch, with the pane before them.
    pub(super) fn of(reader: Reader) -> Self {
        let mut pane = Self {
            reviews: TalkReviews::default(),
        };
        pane.known(reader);
        pane.happens(ReviewsEvent::Opened { monitoring: false });
        pane
    }

    /// A supervisor with an open talk that nobody has judged.
    pub(super) fn judging_talk() -> Self {
        let mut pane = Self::of(SUPERVISOR);
        pane.tells_merits();
        pane.touch(ReviewsTouch::Down);
        pane.touch(ReviewsTouch::Next);
        pane.tells_talks(30);
        pane.touch(ReviewsTouch::Next);
        pane.tells(QualityEvent::Talk { sheet: sheet(1) });
        pane.asked();
        pane
    }

    pub(super) fn happens(&mut self, event: ReviewsEvent) {
        self.reviews.handle(event);
    }

    pub(super) fn known(&mut self, reader: Reader) {
        self.happens(ReviewsEvent::Known(reader));
    }

    pub(super) fn touch(&mut self, touch: ReviewsTouch) {
        self.happens(ReviewsEvent::Touched(touch));
    }

    pub(super) fn types(&mut self, text: &str) {
        self.touch(ReviewsTouch::Type(Personal::new(text.to_owned())));
    }

    pub(super) fn tells(&mut self, told: QualityEvent) {
        self.happens(ReviewsEvent::Told(Box::new(told)));
    }

    pub(super) fn tells_merits(&mut self) {
        let agent = |agent, account: &str| AgentMerit {
            agent,
            account: account.to_owned(),
            score: None,
        };
        self.tells(QualityEvent::Merits {
            days: 30,
            first: true,
            agents: vec![agent(2, "lee.5"), agent(AGENT, "kim.2")],
        });
    }

    pub(super) fn tells_talks(&mut self, days: u16) {
        let mean = Mean {
            share: Share(905),
            reviews: 1,
        };
        let merit = Merit {
            score: Some(mean),
            criteria: vec![CriterionMerit {
                criterion: "greeting".to_owned(),
                mean,
            }],
        };
        self.tells(QualityEvent::Talks {
            agent: AGENT,
            days,
            talks: vec![line()],
            merit,
            form: Some(form(1)),
        });
    }

    pub(super) fn is_judged(&mut self) {
        self.tells(QualityEvent::Judged {
            sheet: reviewed(None),
        });
    }

    pub(super) fn refuses(&mut self, why: QualityRefusal) {
        let talk = Some(line().talk);
        self.tells(QualityEvent::Refused { talk, why });
    }

    /// Everything that was asked since the last time.
    pub(super) fn asked(&mut self) -> Vec<QualityRequest> {
        std::iter::from_fn(|| self.reviews.poll_command()).collect()
    }

    pub(super) fn view(&self) -> ReviewsView {
        self.view_in(Language::Korean)
    }

    pub(super) fn view_in(&self, language: Language) -> ReviewsView {
        let now = Timestamp::from_millis(NOW);
        self.reviews.present(&Names {
            language,
            now,
            agent: &|agent| agent.to_string(),
            disposition: &|id| format!("it was {id}"),
        })
    }

    pub(super) fn place(&self) -> PlaceView {
        self.view().place
    }

    pub(super) fn judging(&self) -> JudgingView {
        match self.place() {
            PlaceView::Judging(view) => view,
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn reading(&self) -> ReadingView {
        match self.place() {
            PlaceView::Reading(view) => view,
            other => panic!("{other:?}"),
        }
    }
}
