//! What the pane shows of talks that are judged.

use std::collections::BTreeMap;

use cti::{AgentMerit, TalkDisposition, TalkEnding, TalkLine, TalkSheet, WrittenReview};
use figures::{Form, Mean, Share};
use privacy::Personal;
use request::Timestamp;

use super::{Place, ReviewsNotice, Step, TalkReviews, draft::Draft};
use crate::{Language, wording::stopwatch};

/// How the desk calls what the switch tells by number, code and time.
pub(crate) struct Names<'a> {
    pub(crate) language: Language,
    pub(crate) now: Timestamp,
    pub(crate) agent: &'a dyn Fn(u32) -> String,
    pub(crate) disposition: &'a dyn Fn(&str) -> String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewsView {
    pub notice: Option<ReviewsNotice>,
    pub place: PlaceView,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceView {
    Agents {
        /// The switch has told them.
        known: bool,
        /// Which of the periods is chosen.
        period: usize,
        rows: Vec<AgentRowView>,
        selected: usize,
    },
    Talks {
        agent: String,
        known: bool,
        period: usize,
        rows: Vec<TalkRowView>,
        selected: usize,
        /// Such as `82 %`; empty where nothing was judged.
        score: String,
        reviews: u32,
        criteria: Vec<MeanView>,
    },
    Own {
        known: bool,
        rows: Vec<TalkRowView>,
        selected: usize,
        /// Leads back to the agents.
        supervisor: bool,
    },
    Judging(JudgingView),
    Reading(ReadingView),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentRowView {
    pub name: String,
    pub score: String,
    pub reviews: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TalkRowView {
    /// When it began.
    pub when: String,
    pub lasted: String,
    /// Empty with a citizen at a kiosk.
    pub queue: String,
    /// None while it goes on.
    pub ending: Option<TalkEnding>,
    pub recorded: bool,
    pub score: String,
    pub reviews: u32,
    pub answered: bool,
    /// How the call ended: empty where the agent did not say it, none where nobody asked.
    pub disposition: Option<String>,
    /// Something is typed of it that the switch does not have.
    pub unsaved: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeanView {
    pub title: String,
    pub score: String,
    pub reviews: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriterionView {
    pub title: String,
    /// None where it did not come up.
    pub given: Option<u8>,
    /// None where the form is not known any more.
    pub best: Option<u8>,
    pub decisive: bool,
}

/// What was found of a talk, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenView {
    pub by: String,
    pub when: String,
    pub score: String,
    pub comment: Personal<String>,
    /// The agent's.
    pub answer: Personal<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgingView {
    pub agent: String,
    pub row: TalkRowView,
    pub criteria: Vec<CriterionView>,
    pub chosen: usize,
    /// Of what is given so far.
    pub score: String,
    /// What stands in the comment; it is typed now where `commenting`.
    pub comment: Personal<String>,
    pub commenting: bool,
    /// Counts the lines that were begun.
    pub line: u32,
    pub unsaved: bool,
    /// The switch has not acknowledged it.
    pub saving: bool,
    pub written: Vec<WrittenView>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingView {
    pub row: TalkRowView,
    /// Of the chosen review.
    pub criteria: Vec<CriterionView>,
    pub written: Vec<WrittenView>,
    pub chosen: usize,
    pub may_answer: bool,
    /// What stands in the answer; it is typed now where `answering`.
    pub answer: Personal<String>,
    pub answering: bool,
    pub line: u32,
    pub sending: bool,
}

impl TalkReviews {
    pub(crate) fn present(&self, names: &Names<'_>) -> ReviewsView {
        let rows = || -> Vec<TalkRowView> {
            let lines = self.lines().iter();
            lines.map(|it| self.row(it, names)).collect()
        };
        let place = match self.place {
            Place::Agents => PlaceView::Agents {
                known: self.agents_known,
                period: self.period,
                rows: self.agents.iter().map(agent_row).collect(),
                selected: self.agent,
            },
            Place::Talks(agent) => self.talks_view(agent, rows(), names),
            Place::Own => PlaceView::Own {
                known: self.own.is_some(),
                rows: rows(),
                selected: self.row,
                supervisor: self.reader.is_some_and(|it| it.supervisor),
            },
            Place::Sheet(step) => match self.sheet.as_deref() {
                Some(sheet) => self.sheet_view(sheet, step, names),
                None => PlaceView::Own {
                    known: false,
                    rows: Vec::new(),
                    selected: 0,
                    supervisor: false,
                },
            },
        };
        ReviewsView {
            notice: self.notice.clone(),
            place,
        }
    }

    fn talks_view(&self, agent: u32, rows: Vec<TalkRowView>, names: &Names<'_>) -> PlaceView {
        let language = names.language;
        let days = self.days();
        let told = self.talks.as_ref();
        let told = told.filter(|it| it.agent == agent && it.days == days);
        let mean = told.and_then(|it| it.merit.score);
        let criteria = told.map_or_else(Vec::new, |it| {
            let of = |criterion: &figures::Criterion| {
                let mut means = it.merit.criteria.iter();
                let mean = means.find(|it| it.criterion == criterion.id);
                let mean = mean.map(|it| it.mean);
                MeanView {
                    title: criterion.title.in_language(language.code()).to_owned(),
                    score: mean.map_or_else(String::new, |it| percent(it.share)),
                    reviews: mean.map_or(0, |it| it.reviews),
                }
            };
            let form = it.form.iter();
            form.flat_map(|it| &it.criteria).map(of).collect()
        });
        PlaceView::Talks {
            agent: (names.agent)(agent),
            known: told.is_some(),
            period: self.period,
            rows,
            selected: self.row,
            score: score(mean),
            reviews: mean.map_or(0, |it| it.reviews),
            criteria,
        }
    }

    fn sheet_view(&self, sheet: &TalkSheet, step: Step, names: &Names<'_>) -> PlaceView {
        let (language, now) = (names.language, names.now);
        let row = self.row(&sheet.line, names);
        let reviews = sheet.reviews.iter();
        let written = reviews.map(|it| written(it, language, now)).collect();
        let form = sheet.form.as_ref();
        match step {
            Step::Points | Step::Comment => {
                let draft = self.judged_so_far();
                let points = draft.as_ref().map(|it| &it.points);
                let begun = self.drafts.get(&sheet.line.talk);
                PlaceView::Judging(JudgingView {
                    agent: (names.agent)(sheet.line.talk.agent),
                    row,
                    criteria: criteria(form, points, language),
                    chosen: self.chosen,
                    score: self.score_so_far().map_or_else(String::new, percent),
                    comment: draft.map_or_else(Personal::default, Draft::into_comment),
                    commenting: step == Step::Comment,
                    line: self.lines_begun,
                    unsaved: begun.is_some(),
                    saving: begun.is_some_and(|it| it.saving),
                    written,
                })
            }
            Step::Reading | Step::Answering => {
                let review = self.chosen_review();
                let typed = self.answer_key().and_then(|it| self.answers.get(&it));
                PlaceView::Reading(ReadingView {
                    row,
                    criteria: criteria(form, review.map(|it| &it.points), language),
                    written,
                    chosen: self.chosen,
                    may_answer: review.is_some_and(|it| it.answer.is_none()),
                    answer: typed.map(|it| it.text.clone()).unwrap_or_default(),
                    answering: step == Step::Answering,
                    line: self.lines_begun,
                    sending: typed.is_some_and(|it| it.sending),
                })
            }
        }
    }

    fn row(&self, line: &TalkLine, names: &Names<'_>) -> TalkRowView {
        let began = Timestamp::from_millis(line.began_ms);
        TalkRowView {
            when: names.language.clock_time(began, names.now),
            lasted: stopwatch(line.seconds),
            queue: line.queue.clone().unwrap_or_default(),
            ending: line.ending,
            recorded: line.recorded,
            score: score(line.score),
            reviews: line.score.map_or(0, |it| it.reviews),
            answered: line.answered,
            disposition: line.disposition.as_ref().map(|it| match it {
                TalkDisposition::Said(id) => (names.disposition)(id),
                TalkDisposition::Unsaid => String::new(),
            }),
            unsaved: self.drafts.contains_key(&line.talk)
                || self.answers.keys().any(|(talk, _)| *talk == line.talk),
        }
    }
}

fn agent_row(merit: &AgentMerit) -> AgentRowView {
    AgentRowView {
        name: merit.account.clone(),
        score: score(merit.score),
        reviews: merit.score.map_or(0, |it| it.reviews),
    }
}

/// What the form asks for; without it, what was given.
fn criteria(
    form: Option<&Form>,
    points: Option<&BTreeMap<String, u8>>,
    language: Language,
) -> Vec<CriterionView> {
    let given = |id: &str| points.and_then(|it| it.get(id)).copied();
    let Some(form) = form else {
        let points = points.into_iter().flatten();
        let named = points.map(|(id, points)| CriterionView {
            title: id.clone(),
            given: Some(*points),
            best: None,
            decisive: false,
        });
        return named.collect();
    };
    let asked = form.criteria.iter().map(|it| CriterionView {
        title: it.title.in_language(language.code()).to_owned(),
        given: given(&it.id),
        best: Some(it.best),
        decisive: it.decisive,
    });
    asked.collect()
}

fn written(review: &WrittenReview, language: Language, now: Timestamp) -> WrittenView {
    WrittenView {
        by: review.account.clone(),
        when: language.clock_time(Timestamp::from_millis(review.reviewed_ms), now),
        score: percent(review.score),
        comment: review.comment.clone().unwrap_or_default(),
        answer: review.answer.clone().unwrap_or_default(),
    }
}

fn score(mean: Option<Mean>) -> String {
    mean.map_or_else(String::new, |it| percent(it.share))
}

/// Rounded down, as everything that has a goal.
fn percent(share: Share) -> String {
    format!("{} %", share.0 / 10)
}
