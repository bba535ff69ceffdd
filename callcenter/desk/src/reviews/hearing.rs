//! What the switch tells of talks, and what follows from it here.

use cti::{
    AgentMerit, QualityEvent, QualityRefusal, QualityRequest, TalkLine, TalkName, TalkSheet,
};
use figures::{Form, Merit};

use super::{Place, ReviewsNotice, Step, TalkReviews};

/// An agent in the list.
pub(super) type Standing = AgentMerit;

/// The talks of one agent, and what was found of them.
#[derive(Debug)]
pub(super) struct TalksOf {
    pub(super) agent: u32,
    pub(super) days: u16,
    pub(super) talks: Vec<TalkLine>,
    pub(super) merit: Merit,
    pub(super) form: Option<Form>,
}

impl TalkReviews {
    pub(super) fn told(&mut self, told: QualityEvent) {
        match told {
            QualityEvent::Merits {
                days,
                first,
                agents,
            } => {
                if days == self.days() {
                    self.merits(first, agents);
                }
            }
            QualityEvent::Talks {
                agent,
                days,
                talks,
                merit,
                form,
            } => {
                if self.place == Place::Talks(agent) {
                    self.row = self.row.min(talks.len().saturating_sub(1));
                }
                self.talks = Some(TalksOf {
                    agent,
                    days,
                    talks,
                    merit,
                    form,
                });
            }
            QualityEvent::Own { talks } => {
                if self.place == Place::Own {
                    self.row = self.row.min(talks.len().saturating_sub(1));
                }
                let looked_at = self.shown && self.place == Place::Own;
                self.news |= !looked_at && !talks.is_empty();
                self.own = Some(talks);
            }
            QualityEvent::Talk { sheet } => self.opens(sheet),
            QualityEvent::Judged { sheet } => self.judged(sheet),
            QualityEvent::Answered { sheet } => self.answered(sheet),
            QualityEvent::Refused { talk, why } => self.refused(talk, why),
        }
    }

    fn merits(&mut self, first: bool, agents: Vec<AgentMerit>) {
        if first {
            self.agents.clear();
        }
        self.agents.extend(agents);
        self.agents_known = true;
        self.agent = self.agent.min(self.agents.len().saturating_sub(1));
    }

    fn opens(&mut self, sheet: Box<TalkSheet>) {
        let talk = sheet.line.talk;
        let again = self.sheet.as_ref().is_some_and(|it| it.line.talk == talk);
        self.sheet = Some(sheet);
        self.refit();
        if again && matches!(self.place, Place::Sheet(_)) {
            return;
        }
        if !matches!(self.place, Place::Sheet(_)) {
            self.list = self.place;
        }
        self.chosen = 0;
        let is_own = self.reader.is_some_and(|it| it.agent == talk.agent);
        self.place = Place::Sheet(if is_own { Step::Reading } else { Step::Points });
    }

    /// It is durable: nothing has to be kept here.
    fn judged(&mut self, sheet: Box<TalkSheet>) {
        let talk = sheet.line.talk;
        // Changed again since it was saved, it stays to be saved again.
        if self.drafts.get(&talk).is_some_and(|it| it.saving) {
            self.drafts.remove(&talk);
            self.notice = Some(ReviewsNotice::Saved);
        }
        self.replace(sheet);
        if let Place::Talks(agent) = self.list {
            self.list_talks(agent);
        }
    }

    /// To both: the agent's answer stands in the book.
    fn answered(&mut self, sheet: Box<TalkSheet>) {
        let talk = sheet.line.talk;
        let reviews = sheet.reviews.iter().filter(|it| it.answer.is_some());
        for reviewer in reviews.map(|it| it.reviewer) {
            let mine = self.answers.remove(&(talk, reviewer));
            if mine.is_some_and(|it| it.sending) {
                self.notice = Some(ReviewsNotice::Answered);
            }
        }
        if self.place == Place::Sheet(Step::Answering) && self.is_open(talk) {
            self.place = Place::Sheet(Step::Reading);
        }
        self.replace(sheet);
    }

    fn replace(&mut self, sheet: Box<TalkSheet>) {
        if self.is_open(sheet.line.talk) {
            self.sheet = Some(sheet);
        }
    }

    fn is_open(&self, talk: TalkName) -> bool {
        self.sheet.as_ref().is_some_and(|it| it.line.talk == talk)
    }

    fn refused(&mut self, talk: Option<TalkName>, why: QualityRefusal) {
        let monitored = [QualityRefusal::NotMonitoring, QualityRefusal::StillTalking];
        if talk.is_none() && monitored.contains(&why) {
            self.look_again();
        }
        if let Some(talk) = talk {
            self.stays_unsaved(talk);
            match why {
                // What was typed of it goes with it.
                QualityRefusal::TalkGone => self.forget(talk),
                QualityRefusal::FormChanged => {
                    self.commands.push_back(QualityRequest::OpenTalk { talk });
                }
                QualityRefusal::NoSuchReview | QualityRefusal::AnsweredAlready => {
                    self.answers.retain(|(of, _), _| *of != talk);
                    if self.place == Place::Sheet(Step::Answering) {
                        self.place = Place::Sheet(Step::Reading);
                    }
                    self.commands.push_back(QualityRequest::OpenTalk { talk });
                }
                QualityRefusal::SupervisorsOnly
                | QualityRefusal::NotYourAgent
                | QualityRefusal::OwnTalk
                | QualityRefusal::StillTalking
                | QualityRefusal::NotMonitoring
                | QualityRefusal::NoForm
                | QualityRefusal::EarlierForm
                | QualityRefusal::UnknownCriterion { .. }
                | QualityRefusal::TooManyPoints { .. }
                | QualityRefusal::NothingJudged
                | QualityRefusal::CommentTooLong
                | QualityRefusal::TooManyReviewers
                | QualityRefusal::AnswerEmpty
                | QualityRefusal::AnswerTooLong
                | QualityRefusal::NotWritten => {}
            }
        }
        self.notice = Some(ReviewsNotice::Refused(why));
    }

    fn stays_unsaved(&mut self, talk: TalkName) {
        if let Some(draft) = self.drafts.get_mut(&talk) {
            draft.saving = false;
        }
        let answers = self.answers.iter_mut().filter(|((of, _), _)| *of == talk);
        answers.for_each(|(_, it)| it.sending = false);
    }

    fn forget(&mut self, talk: TalkName) {
        self.drafts.remove(&talk);
        self.answers.retain(|(of, _), _| *of != talk);
        if self.is_open(talk) {
            self.sheet = None;
            if matches!(self.place, Place::Sheet(_)) {
                self.place = self.list;
            }
        }
        self.look_again();
    }
}
