//! Talks that are judged: agents, their talks, and one that is open.

use cti::{QualityRefusal, TalkEnding};
use desk_ui::{
    CriterionRow, DeskWindow, MeritRow, ReviewsNoticeName, ReviewsPlace, ReviewsPort,
    TalkEndingName, TalkRow, WrittenRow,
};
use privacy::Personal;
use slint::{ComponentHandle, SharedString};

use super::{count, rows};
use crate::{
    reviews::{
        AgentRowView, CriterionView, JudgingView, MeanView, PlaceView, ReadingView, ReviewsNotice,
        ReviewsView, TalkRowView, WrittenView,
    },
    workplace::Touch,
};

pub(super) fn connect(window: &DeskWindow, touch: impl Fn(Touch) + 'static) {
    let port = window.global::<ReviewsPort>();
    port.on_select(move |row| {
        if let Ok(row) = usize::try_from(row) {
            touch(Touch::SelectRow(row));
        }
    });
}

pub(super) fn show(window: &DeskWindow, view: &ReviewsView) {
    let port = window.global::<ReviewsPort>();
    let name = view.notice.as_ref().map_or(ReviewsNoticeName::None, notice);
    port.set_notice(name);
    // Last, so that a place comes up with its words.
    port.set_place(match &view.place {
        PlaceView::Agents {
            known,
            period,
            rows: agents,
            selected,
        } => {
            port.set_known(*known);
            port.set_period(count(*period));
            port.set_selected(count(*selected));
            let agents = agents.iter().map(agent).collect();
            if let Some(model) = rows::update(&port.get_agents(), agents) {
                port.set_agents(model);
            }
            ReviewsPlace::Agents
        }
        PlaceView::Talks {
            agent,
            known,
            period,
            rows: talks,
            selected,
            score,
            reviews,
            criteria,
        } => {
            port.set_period(count(*period));
            port.set_agent(agent.as_str().into());
            port.set_score(score.as_str().into());
            port.set_reviews(count(*reviews));
            show_talks(&port, *known, talks, *selected);
            let means = criteria.iter().map(mean).collect();
            if let Some(model) = rows::update(&port.get_means(), means) {
                port.set_means(model);
            }
            ReviewsPlace::Talks
        }
        PlaceView::Own {
            known,
            rows: talks,
            selected,
            supervisor,
        } => {
            port.set_supervisor(*supervisor);
            show_talks(&port, *known, talks, *selected);
            ReviewsPlace::Own
        }
        PlaceView::Judging(judging) => show_judging(&port, judging),
        PlaceView::Reading(reading) => show_reading(&port, reading),
    });
}

fn show_talks(port: &ReviewsPort<'_>, known: bool, talks: &[TalkRowView], selected: usize) {
    port.set_known(known);
    port.set_selected(count(selected));
    if let Some(model) = rows::update(&port.get_talks(), talks.iter().map(talk).collect()) {
        port.set_talks(model);
    }
}

fn show_judging(port: &ReviewsPort<'_>, view: &JudgingView) -> ReviewsPlace {
    port.set_agent(view.agent.as_str().into());
    port.set_row(talk(&view.row));
    port.set_score(view.score.as_str().into());
    show_criteria(port, &view.criteria);
    show_written(port, &view.written);
    port.set_chosen(count(view.chosen));
    port.set_unsaved(view.unsaved);
    port.set_saving(view.saving);
    if view.commenting {
        begin_line(port, &view.comment, view.line);
        ReviewsPlace::Comment
    } else {
        ReviewsPlace::Points
    }
}

fn show_reading(port: &ReviewsPort<'_>, view: &ReadingView) -> ReviewsPlace {
    port.set_agent(SharedString::default());
    port.set_row(talk(&view.row));
    let chosen = view.written.get(view.chosen);
    port.set_score(chosen.map_or_else(Default::default, |it| it.score.as_str().into()));
    show_criteria(port, &view.criteria);
    show_written(port, &view.written);
    port.set_chosen(count(view.chosen));
    port.set_may_answer(view.may_answer);
    port.set_saving(view.sending);
    if view.answering {
        begin_line(port, &view.answer, view.line);
        ReviewsPlace::Answering
    } else {
        ReviewsPlace::Reading
    }
}

fn show_criteria(port: &ReviewsPort<'_>, criteria: &[CriterionView]) {
    let shown = criteria.iter().map(criterion).collect();
    if let Some(model) = rows::update(&port.get_criteria(), shown) {
        port.set_criteria(model);
    }
}

fn show_written(port: &ReviewsPort<'_>, reviews: &[WrittenView]) {
    let shown = reviews.iter().map(written).collect();
    if let Some(model) = rows::update(&port.get_written(), shown) {
        port.set_written(model);
    }
}

fn begin_line(port: &ReviewsPort<'_>, text: &Personal<String>, line: u32) {
    port.set_start(text.reveal().as_str().into());
    port.set_odd(line % 2 == 1);
}

fn agent(view: &AgentRowView) -> MeritRow {
    MeritRow {
        name: view.name.as_str().into(),
        score: view.score.as_str().into(),
        reviews: count(view.reviews),
    }
}

fn mean(view: &MeanView) -> MeritRow {
    MeritRow {
        name: view.title.as_str().into(),
        score: view.score.as_str().into(),
        reviews: count(view.reviews),
    }
}

fn talk(view: &TalkRowView) -> TalkRow {
    TalkRow {
        when: view.when.as_str().into(),
        lasted: view.lasted.as_str().into(),
        queue: view.queue.as_str().into(),
        ending: match view.ending {
            None => TalkEndingName::GoesOn,
            Some(TalkEnding::CallerHungUp) => TalkEndingName::CallerHungUp,
            Some(TalkEnding::AgentHungUp) => TalkEndingName::AgentHungUp,
            Some(TalkEnding::HandedOn) => TalkEndingName::HandedOn,
            Some(TalkEnding::Lost) => TalkEndingName::Lost,
            Some(TalkEnding::Interrupted) => TalkEndingName::Interrupted,
        },
        recorded: view.recorded,
        score: view.score.as_str().into(),
        reviews: count(view.reviews),
        answered: view.answered,
        disposition: view.disposition.as_deref().unwrap_or_default().into(),
        unsaid: view.disposition.as_deref() == Some(""),
        unsaved: view.unsaved,
    }
}

fn criterion(view: &CriterionView) -> CriterionRow {
    CriterionRow {
        title: view.title.as_str().into(),
        given: view.given.map_or(-1, count),
        best: view.best.map_or(-1, count),
        decisive: view.decisive,
    }
}

fn written(view: &WrittenView) -> WrittenRow {
    WrittenRow {
        by: view.by.as_str().into(),
        when: view.when.as_str().into(),
        score: view.score.as_str().into(),
        comment: view.comment.reveal().as_str().into(),
        answer: view.answer.reveal().as_str().into(),
    }
}

fn notice(notice: &ReviewsNotice) -> ReviewsNoticeName {
    match notice {
        ReviewsNotice::Away => ReviewsNoticeName::Away,
        ReviewsNotice::Kept => ReviewsNoticeName::Kept,
        ReviewsNotice::SignInAgain => ReviewsNoticeName::SignInAgain,
        ReviewsNotice::Saved => ReviewsNoticeName::Saved,
        ReviewsNotice::Answered => ReviewsNoticeName::Answered,
        ReviewsNotice::TooManyDrafts => ReviewsNoticeName::TooManyDrafts,
        ReviewsNotice::Refused(why) => match why {
            QualityRefusal::SupervisorsOnly => ReviewsNoticeName::SupervisorsOnly,
            QualityRefusal::NotYourAgent => ReviewsNoticeName::NotYourAgent,
            QualityRefusal::OwnTalk => ReviewsNoticeName::OwnTalk,
            QualityRefusal::TalkGone => ReviewsNoticeName::TalkGone,
            QualityRefusal::StillTalking => ReviewsNoticeName::StillTalking,
            QualityRefusal::NotMonitoring => ReviewsNoticeName::NotMonitoring,
            QualityRefusal::NoForm => ReviewsNoticeName::NoForm,
            QualityRefusal::FormChanged => ReviewsNoticeName::FormChanged,
            QualityRefusal::EarlierForm => ReviewsNoticeName::EarlierForm,
            QualityRefusal::UnknownCriterion { .. } | QualityRefusal::TooManyPoints { .. } => {
                ReviewsNoticeName::OtherCriteria
            }
            QualityRefusal::NothingJudged => ReviewsNoticeName::NothingJudged,
            QualityRefusal::CommentTooLong => ReviewsNoticeName::CommentTooLong,
            QualityRefusal::TooManyReviewers => ReviewsNoticeName::TooManyReviewers,
            QualityRefusal::NoSuchReview => ReviewsNoticeName::NoSuchReview,
            QualityRefusal::AnsweredAlready => ReviewsNoticeName::AnsweredAlready,
            QualityRefusal::AnswerEmpty => ReviewsNoticeName::AnswerEmpty,
            QualityRefusal::AnswerTooLong => ReviewsNoticeName::AnswerTooLong,
            QualityRefusal::NotWritten => ReviewsNoticeName::NotWritten,
        },
    }
}
