//! What is typed and not yet written by the switch: a judgment, or an answer.

use std::collections::BTreeMap;

use cti::{Judgment, QualityRefusal, QualityRequest, TalkName, TalkSheet, WrittenReview};
use figures::{Form, Review, ReviewError, Share};
use privacy::Personal;

use super::{ReviewsNotice, TalkReviews};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Draft {
    /// The form, and its version, that was filled in.
    form: (String, u32),
    /// What did not come up is left out.
    pub(super) points: BTreeMap<String, u8>,
    pub(super) comment: Personal<String>,
    /// Its author has saved it.
    pub(super) saving: bool,
}

#[derive(Clone, Debug)]
pub(super) struct AnswerDraft {
    pub(super) reviewed_ms: i64,
    pub(super) text: Personal<String>,
    pub(super) sending: bool,
}

impl Draft {
    /// Begins with what the same supervisor found before.
    pub(super) fn of(form: &Form, own: Option<&WrittenReview>) -> Self {
        let comment = own.and_then(|it| it.comment.clone());
        Self {
            form: (form.id.clone(), form.version),
            points: own.map_or_else(BTreeMap::new, |it| it.points.clone()),
            comment: comment.unwrap_or_default(),
            saving: false,
        }
    }

    /// Whether the form is another one by now: then it keeps what fits.
    fn fits(&mut self, form: &Form) {
        if self.form != (form.id.clone(), form.version) {
            let fits =
                |id: &str, points: u8| form.criterion(id).is_some_and(|it| points <= it.best);
            self.points.retain(|id, points| fits(id, *points));
            self.form = (form.id.clone(), form.version);
            self.saving = false;
        }
    }

    pub(super) fn into_comment(self) -> Personal<String> {
        self.comment
    }

    fn judgment(&self, talk: TalkName) -> QualityRequest {
        let (form, version) = self.form.clone();
        let comment = Some(self.comment.clone()).filter(|it| !it.is_blank());
        QualityRequest::Judge {
            judgment: Judgment {
                talk,
                form,
                version,
                points: self.points.clone(),
                comment,
            },
        }
    }
}

impl TalkReviews {
    /// The form of the open talk, where it can be judged.
    pub(super) fn form(&self) -> Option<&Form> {
        self.sheet.as_ref()?.form.as_ref()
    }

    /// What the reader has found of this talk before.
    fn own_review<'a>(&self, sheet: &'a TalkSheet) -> Option<&'a WrittenReview> {
        let reader = self.reader?.agent;
        sheet.reviews.iter().find(|it| it.reviewer == reader)
    }

    /// As it stands in the form that is open.
    pub(super) fn judged_so_far(&self) -> Option<Draft> {
        let sheet = self.sheet.as_deref()?;
        let begun = self.drafts.get(&sheet.line.talk).cloned();
        let form = sheet.form.as_ref()?;
        Some(begun.unwrap_or_else(|| Draft::of(form, self.own_review(sheet))))
    }

    /// The mean of what is given, where it can be one.
    pub(super) fn score_so_far(&self) -> Option<Share> {
        self.form()?.share(&self.judged_so_far()?.points).ok()
    }

    pub(super) fn change(&mut self, change: impl FnOnce(&mut Draft)) {
        let Some(sheet) = self.sheet.as_deref() else {
            return;
        };
        let (talk, own) = (sheet.line.talk, self.own_review(sheet));
        let Some(form) = sheet.form.as_ref() else {
            return;
        };
        let unchanged = Draft::of(form, own);
        let mut draft = self.judged_so_far().unwrap_or_else(|| unchanged.clone());
        draft.saving = false;
        change(&mut draft);
        if draft == unchanged {
            self.drafts.remove(&talk);
        } else if self.drafts.contains_key(&talk) || self.drafts.len() < super::DRAFTS_MOST {
            self.drafts.insert(talk, draft);
        } else {
            self.notice = Some(ReviewsNotice::TooManyDrafts);
        }
    }

    /// Points are kept whose criteria the open form still has.
    pub(super) fn refit(&mut self) {
        let Some(sheet) = self.sheet.as_deref() else {
            return;
        };
        if let (Some(form), Some(draft)) = (&sheet.form, self.drafts.get_mut(&sheet.line.talk)) {
            draft.fits(form);
        }
    }

    pub(super) fn save(&mut self) {
        let Some((sheet, mut draft)) = self.sheet.as_deref().zip(self.judged_so_far()) else {
            return;
        };
        let talk = sheet.line.talk;
        let Some(form) = &sheet.form else { return };
        if let Err(why) = form.share(&draft.points) {
            return self.refused_here(why);
        }
        if draft.comment.chars() > Review::COMMENT_MOST {
            return self.refused_here(ReviewError::CommentTooLong);
        }
        draft.saving = true;
        let judgment = draft.judgment(talk);
        self.drafts.insert(talk, draft);
        self.send(judgment);
    }

    fn refused_here(&mut self, why: ReviewError) {
        self.notice = Some(ReviewsNotice::Refused(match why {
            ReviewError::Empty => QualityRefusal::NothingJudged,
            ReviewError::CommentTooLong => QualityRefusal::CommentTooLong,
            ReviewError::OwnTalk => QualityRefusal::OwnTalk,
            ReviewError::OtherForm => QualityRefusal::FormChanged,
            ReviewError::UnknownCriterion(criterion) => {
                QualityRefusal::UnknownCriterion { criterion }
            }
            ReviewError::TooManyPoints(criterion) => QualityRefusal::TooManyPoints { criterion },
        }));
    }

    pub(super) fn send_answer(&mut self) {
        let Some(key) = self.answer_key() else { return };
        let Some(answer) = self.answers.get_mut(&key) else {
            let why = QualityRefusal::AnswerEmpty;
            self.notice = Some(ReviewsNotice::Refused(why));
            return;
        };
        if answer.text.chars() > Review::ANSWER_MOST {
            let why = QualityRefusal::AnswerTooLong;
            self.notice = Some(ReviewsNotice::Refused(why));
            return;
        }
        answer.sending = true;
        let asked = asked(key, answer);
        self.send(asked);
    }

    pub(super) fn type_answer(&mut self, text: Personal<String>) {
        let Some(key) = self.answer_key() else { return };
        let reviewed_ms = self.chosen_review().map_or(0, |it| it.reviewed_ms);
        if text.is_blank() {
            self.answers.remove(&key);
        } else {
            let sending = false;
            let answer = AnswerDraft {
                reviewed_ms,
                text,
                sending,
            };
            self.answers.insert(key, answer);
        }
    }

    pub(super) fn answer_key(&self) -> Option<(TalkName, u32)> {
        let talk = self.sheet.as_ref()?.line.talk;
        Some((talk, self.chosen_review()?.reviewer))
    }

    pub(super) fn chosen_review(&self) -> Option<&WrittenReview> {
        self.sheet.as_ref()?.reviews.get(self.chosen)
    }

    /// Everything its author has saved and the switch has not acknowledged.
    pub(super) fn send_what_waits(&mut self) {
        let judged = self.drafts.iter().filter(|(_, it)| it.saving);
        let judged = judged.map(|(talk, draft)| draft.judgment(*talk));
        let answered = self.answers.iter().filter(|(_, it)| it.sending);
        let answered = answered.map(|(key, answer)| asked(*key, answer));
        let waiting: Vec<QualityRequest> = judged.chain(answered).collect();
        self.commands.extend(waiting);
    }

    /// Sent now, or when the switch is back.
    fn send(&mut self, asked: QualityRequest) {
        if self.online {
            self.commands.push_back(asked);
        } else if self.forgotten {
            self.notice = Some(ReviewsNotice::SignInAgain);
        } else {
            self.notice = Some(ReviewsNotice::Kept);
        }
    }
}

fn asked((talk, reviewer): (TalkName, u32), answer: &AnswerDraft) -> QualityRequest {
    QualityRequest::Answer {
        talk,
        reviewer,
        reviewed_ms: answer.reviewed_ms,
        text: answer.text.clone(),
    }
}
