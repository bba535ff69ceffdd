//! Who may judge which talk, and who may answer: decides, and has it written down.

use cti::{Judgment, QualityRefusal, TalkName};
use distributor::{AgentId, CallId, WallTime};
use figures::{Form, Review, ReviewError};
use privacy::Personal;

use super::{Pending, Quality, WrittenAnswer, talks::Talk};
use crate::call_book::Fact;

/// Supervisors who judge one talk, at most: what they write has to fit a frame.
const REVIEWERS_MOST: usize = 3;

impl Quality {
    pub(super) fn judge(
        &mut self,
        reviewer: AgentId,
        judgment: Judgment,
        now: WallTime,
    ) -> Result<(), QualityRefusal> {
        let (call, agent) = key(judgment.talk);
        self.staff.check_judges(reviewer, agent)?;
        let talk = self.talks.get(call, agent);
        let talk = talk.ok_or(QualityRefusal::TalkGone)?;
        if talk.ended.is_none() {
            return Err(QualityRefusal::StillTalking);
        }
        let form = self.form_for(talk)?;
        let comment = judgment.comment.filter(|it| !it.is_blank());
        let review = Review {
            form: judgment.form,
            version: judgment.version,
            call,
            agent,
            reviewer,
            at: now,
            points: judgment.points,
            comment,
        };
        let score = form.score(&review).map_err(refusal)?;
        if let Some(on_its_way) = self.review_on_its_way(&review) {
            // It is told when it is written.
            if on_its_way.says_what(&review) {
                return Ok(());
            }
        } else if let Some(stands) = talk.reviews.get(&reviewer) {
            if stands.review.says_what(&review) {
                self.tell_judged(reviewer, call, agent);
                return Ok(());
            }
        } else if self.reviewers(talk, call, agent) >= REVIEWERS_MOST {
            return Err(QualityRefusal::TooManyReviewers);
        }
        let fact = Fact::Reviewed {
            review: Box::new(review.clone()),
            score,
        };
        self.write_down(Pending::Review { review, score }, fact);
        Ok(())
    }

    pub(super) fn answer(
        &mut self,
        talk: TalkName,
        answer: WrittenAnswer,
    ) -> Result<(), QualityRefusal> {
        let (call, agent) = key(talk);
        if agent != answer.agent {
            return Err(QualityRefusal::NoSuchReview);
        }
        let talk = self.talks.get(call, agent);
        let talk = talk.ok_or(QualityRefusal::TalkGone)?;
        let reviewed = talk.reviews.get(&answer.reviewer);
        let reviewed = reviewed.filter(|it| it.review.at == answer.reviewed_at);
        let reviewed = reviewed.ok_or(QualityRefusal::NoSuchReview)?;
        if answer.text.is_blank() {
            return Err(QualityRefusal::AnswerEmpty);
        }
        if answer.text.chars() > Review::ANSWER_MOST {
            return Err(QualityRefusal::AnswerTooLong);
        }
        let on_its_way = self.answer_on_its_way(call, &answer);
        if let Some(before) = on_its_way.or(reviewed.answer.as_ref()) {
            if *before != answer.text {
                return Err(QualityRefusal::AnsweredAlready);
            }
            if on_its_way.is_none() {
                self.tell_answered(agent, call, agent);
            }
            return Ok(());
        }
        let fact = Fact::ReviewAnswered(answer.clone());
        self.write_down(Pending::Answer { call, answer }, fact);
        Ok(())
    }

    /// By which a talk is judged: where it was judged already, by that version.
    pub(super) fn form_for(&self, talk: &Talk) -> Result<&Form, QualityRefusal> {
        match talk.reviews.values().next() {
            Some(reviewed) => {
                let Review { form, version, .. } = &reviewed.review;
                let form = self.forms.of(form, *version);
                form.ok_or(QualityRefusal::EarlierForm)
            }
            None => self.forms.current().ok_or(QualityRefusal::NoForm),
        }
    }

    /// The last one by the same reviewer of the same talk that is not written yet.
    fn review_on_its_way(&self, review: &Review) -> Option<&Review> {
        let mut pending = self.pending.values().rev();
        pending.find_map(|it| match it {
            Pending::Review { review: before, .. } => {
                let whose = |it: &Review| (it.call, it.agent, it.reviewer);
                (whose(before) == whose(review)).then_some(before)
            }
            Pending::Answer { .. } => None,
        })
    }

    fn answer_on_its_way(&self, call: CallId, answer: &WrittenAnswer) -> Option<&Personal<String>> {
        let mut pending = self.pending.values();
        pending.find_map(|it| match it {
            Pending::Answer {
                call: of,
                answer: before,
            } => {
                let whose = |it: &WrittenAnswer| (it.agent, it.reviewer, it.reviewed_at);
                (*of == call && whose(before) == whose(answer)).then_some(&before.text)
            }
            Pending::Review { .. } => None,
        })
    }

    fn reviewers(&self, talk: &Talk, call: CallId, agent: AgentId) -> usize {
        let pending = self.pending.values().filter(|it| match it {
            Pending::Review { review, .. } => {
                it.talk() == (call, agent) && !talk.reviews.contains_key(&review.reviewer)
            }
            Pending::Answer { .. } => false,
        });
        talk.reviews.len() + pending.count()
    }
}

pub(super) fn key(talk: TalkName) -> (CallId, AgentId) {
    (CallId(talk.call), AgentId(talk.agent))
}

fn refusal(error: ReviewError) -> QualityRefusal {
    match error {
        ReviewError::OtherForm => QualityRefusal::FormChanged,
        ReviewError::UnknownCriterion(criterion) => QualityRefusal::UnknownCriterion { criterion },
        ReviewError::TooManyPoints(criterion) => QualityRefusal::TooManyPoints { criterion },
        ReviewError::Empty => QualityRefusal::NothingJudged,
        ReviewError::OwnTalk => QualityRefusal::OwnTalk,
        ReviewError::CommentTooLong => QualityRefusal::CommentTooLong,
    }
}
