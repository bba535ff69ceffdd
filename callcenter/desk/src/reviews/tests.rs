//! Stories of a supervisor who judges, and of an agent who reads and answers.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

mod pane;

use cti::{QualityEvent, QualityRefusal, QualityRequest, TalkName};

use super::*;
use pane::{AGENT, Pane, SUPERVISOR, form, judged, line, sheet};

const TALK: TalkName = TalkName {
    agent: AGENT,
    call: 7,
};

#[test]
fn a_supervisor_goes_from_agents_to_talks_to_the_form() {
    let mut pane = Pane::of(SUPERVISOR);
    assert_eq!(pane.asked(), [QualityRequest::ListMerits { days: 30 }]);
    pane.tells_merits();
    pane.touch(ReviewsTouch::Pick(0));
    assert_eq!(pane.asked(), [QualityRequest::ListMerits { days: 7 }]);
    // Of the other days, and late.
    pane.tells_merits();
    pane.touch(ReviewsTouch::Down);
    pane.touch(ReviewsTouch::Next);
    let (agent, days) = (AGENT, 7);
    assert_eq!(pane.asked(), [QualityRequest::ListTalks { agent, days }]);

    pane.tells_talks(7);
    let PlaceView::Talks { rows, criteria, .. } = pane.place() else {
        panic!("{:?}", pane.place());
    };
    assert_eq!((rows[0].lasted.as_str(), rows[0].recorded), ("3:05", true));
    assert_eq!(rows[0].disposition.as_deref(), Some("it was answered"));
    assert_eq!(
        (criteria[0].score.as_str(), criteria[0].reviews),
        ("90 %", 1)
    );
    assert_eq!(criteria[1].score, "");
    pane.touch(ReviewsTouch::Next);

    assert_eq!(pane.asked(), [QualityRequest::OpenTalk { talk: TALK }]);
    pane.tells(QualityEvent::Talk { sheet: sheet(1) });
    assert_eq!(pane.judging().criteria.len(), 2);
}

#[test]
fn points_are_given_with_keys_and_the_score_is_seen_at_once() {
    let mut pane = Pane::judging_talk();
    assert_eq!(pane.judging().score, "");

    // Four points, and on to the fee.
    pane.touch(ReviewsTouch::Pick(5));
    pane.touch(ReviewsTouch::Pick(2));
    let view = pane.judging();
    assert_eq!(view.criteria[0].given, Some(4));
    assert_eq!(view.criteria[1].given, Some(1));
    assert_eq!(view.score, "95 %");
    pane.touch(ReviewsTouch::More);
    assert_eq!(pane.judging().criteria[1].given, Some(1));
    pane.touch(ReviewsTouch::Fewer);
    assert_eq!(pane.judging().score, "0 %");
    pane.touch(ReviewsTouch::Fewer);
    assert_eq!(pane.judging().criteria[1].given, None);
    assert_eq!(pane.judging().score, "80 %");
    // There is no ninth choice.
    pane.touch(ReviewsTouch::Pick(8));

    assert_eq!(pane.judging().criteria[1].given, None);
}

#[test]
fn a_review_is_saved_once_it_is_acknowledged() {
    let mut pane = Pane::judging_talk();
    pane.touch(ReviewsTouch::Send);
    let nothing = ReviewsNotice::Refused(QualityRefusal::NothingJudged);
    assert_eq!(pane.view().notice, Some(nothing));
    pane.touch(ReviewsTouch::Pick(5));
    pane.touch(ReviewsTouch::Next);
    pane.types("친절했어요");
    pane.touch(ReviewsTouch::Send);

    assert_eq!(pane.asked(), [judged(&[("greeting", 4)], "친절했어요")]);
    assert!(pane.judging().saving && pane.reviews.would_lose());
    pane.is_judged();

    assert_eq!(pane.view().notice, Some(ReviewsNotice::Saved));
    assert!(!pane.judging().unsaved && !pane.reviews.would_lose());
}

#[test]
fn what_is_typed_outlives_a_cut_line_and_is_saved_when_the_switch_is_back() {
    let mut pane = Pane::judging_talk();
    pane.touch(ReviewsTouch::Pick(5));
    pane.touch(ReviewsTouch::Next);
    pane.types("친절했어요");
    pane.happens(ReviewsEvent::Away);

    pane.touch(ReviewsTouch::Send);
    assert_eq!(pane.asked(), []);
    assert_eq!(pane.view().notice, Some(ReviewsNotice::Kept));
    pane.known(SUPERVISOR);

    let judged = judged(&[("greeting", 4)], "친절했어요");
    assert_eq!(pane.asked()[0], judged);
    assert_eq!(pane.view().notice, None);
    // The answer to it was lost, too.
    pane.happens(ReviewsEvent::Away);
    pane.known(SUPERVISOR);
    assert_eq!(pane.asked()[0], judged);
}

#[test]
fn a_switch_that_has_forgotten_its_supervisor_finds_the_words_when_the_same_comes_again() {
    let begun = || {
        let mut pane = Pane::judging_talk();
        pane.touch(ReviewsTouch::Pick(5));
        pane.happens(ReviewsEvent::Away);
        pane.happens(ReviewsEvent::Forgotten);
        assert_eq!(pane.view().notice, Some(ReviewsNotice::SignInAgain));
        assert!(!pane.reviews.would_lose());
        pane.happens(ReviewsEvent::SignedOut);
        pane
    };
    let found = |mut pane: Pane, who| {
        pane.known(who);
        pane.happens(ReviewsEvent::Opened { monitoring: true });
        pane.tells(QualityEvent::Talk { sheet: sheet(1) });
        pane.judging().criteria[0].given
    };

    assert_eq!(found(begun(), SUPERVISOR), Some(4));
    let other = Reader {
        agent: 10,
        ..SUPERVISOR
    };
    assert_eq!(found(begun(), other), None);
}

#[test]
fn whoever_signs_out_leaves_nothing() {
    let mut pane = Pane::judging_talk();
    pane.touch(ReviewsTouch::Pick(5));

    pane.happens(ReviewsEvent::SignedOut);
    pane.known(SUPERVISOR);
    pane.tells(QualityEvent::Talk { sheet: sheet(1) });

    assert_eq!(pane.judging().criteria[0].given, None);
}

#[test]
fn a_form_that_changed_is_fetched_anew_and_keeps_the_points_that_fit() {
    let mut pane = Pane::judging_talk();
    pane.touch(ReviewsTouch::Pick(5));
    pane.touch(ReviewsTouch::Pick(2));
    pane.touch(ReviewsTouch::Send);
    pane.asked();

    pane.refuses(QualityRefusal::FormChanged);
    assert_eq!(pane.asked(), [QualityRequest::OpenTalk { talk: TALK }]);
    let mut next = sheet(2);
    // Three points at most now, and the fee as before.
    next.form.as_mut().unwrap().criteria[0].best = 3;
    pane.tells(QualityEvent::Talk { sheet: next });

    let changed = ReviewsNotice::Refused(QualityRefusal::FormChanged);
    assert_eq!(pane.view().notice, Some(changed));
    let view = pane.judging();
    assert_eq!(view.criteria[0].given, None);
    assert_eq!(view.criteria[1].given, Some(1));
    pane.touch(ReviewsTouch::Send);
    let QualityRequest::Judge { judgment } = pane.asked().pop().unwrap() else {
        panic!("nothing is saved");
    };
    assert_eq!(judgment.version, 2);
}

#[test]
fn of_a_talk_that_was_erased_nothing_stays_here_either() {
    let mut pane = Pane::judging_talk();
    pane.touch(ReviewsTouch::Pick(5));
    pane.touch(ReviewsTouch::Send);

    pane.refuses(QualityRefusal::TalkGone);

    let gone = ReviewsNotice::Refused(QualityRefusal::TalkGone);
    assert_eq!(pane.view().notice, Some(gone));
    assert!(matches!(pane.place(), PlaceView::Talks { .. }));
    assert!(!pane.reviews.would_lose());
}

#[test]
fn every_refusal_is_told_and_what_was_typed_stays() {
    for why in [
        QualityRefusal::StillTalking,
        QualityRefusal::NotYourAgent,
        QualityRefusal::TooManyReviewers,
        QualityRefusal::NotWritten,
        QualityRefusal::SupervisorsOnly,
    ] {
        let mut pane = Pane::judging_talk();
        pane.touch(ReviewsTouch::Pick(5));
        pane.touch(ReviewsTouch::Send);

        pane.refuses(why.clone());

        assert_eq!(pane.view().notice, Some(ReviewsNotice::Refused(why)));
        let view = pane.judging();
        assert!(view.unsaved && !view.saving);
        assert_eq!(view.criteria[0].given, Some(4));
    }
}

#[test]
fn a_judgment_that_was_begun_stands_in_the_list_as_not_saved_until_it_is_discarded() {
    let mut pane = Pane::judging_talk();
    pane.touch(ReviewsTouch::Pick(5));
    pane.touch(ReviewsTouch::Back);
    let unsaved = |pane: &Pane| match pane.place() {
        PlaceView::Talks { rows, .. } => rows[0].unsaved,
        other => panic!("{other:?}"),
    };
    assert!(unsaved(&pane));

    pane.touch(ReviewsTouch::Next);
    pane.tells(QualityEvent::Talk { sheet: sheet(1) });
    assert_eq!(pane.judging().criteria[0].given, Some(4));
    pane.touch(ReviewsTouch::Discard);

    assert_eq!(pane.judging().criteria[0].given, None);
    assert!(!pane.reviews.would_lose());
}

#[test]
fn no_more_than_eight_are_begun_at_a_time() {
    let mut pane = Pane::judging_talk();
    for call in 1..=9 {
        let mut other = sheet(1);
        other.line.talk.call = call;
        pane.touch(ReviewsTouch::Back);
        pane.tells(QualityEvent::Talk { sheet: other });
        pane.touch(ReviewsTouch::Pick(5));
    }

    assert_eq!(pane.view().notice, Some(ReviewsNotice::TooManyDrafts));
    assert_eq!(pane.judging().criteria[0].given, None);
}

#[test]
fn the_form_opens_for_the_talk_that_is_listened_to() {
    let mut pane = Pane::of(SUPERVISOR);
    pane.asked();
    pane.happens(ReviewsEvent::Opened { monitoring: true });
    assert_eq!(pane.asked(), [QualityRequest::OpenMonitored]);

    let mut open = sheet(1);
    open.line.ending = None;
    pane.tells(QualityEvent::Talk { sheet: open });

    assert_eq!(pane.judging().row.ending, None);
    pane.touch(ReviewsTouch::Back);
    assert!(matches!(pane.place(), PlaceView::Agents { .. }));
}

#[test]
fn an_agent_reads_an_own_review_and_answers_it_once() {
    let mut pane = Pane::of(AGENT_READER);
    assert_eq!(pane.asked(), [QualityRequest::ListOwn]);
    pane.tells(QualityEvent::Own {
        talks: vec![line()],
    });
    pane.touch(ReviewsTouch::Next);
    assert_eq!(pane.asked(), [QualityRequest::OpenTalk { talk: TALK }]);
    pane.tells(QualityEvent::Talk {
        sheet: pane::reviewed(None),
    });
    let view = pane.reading();
    assert_eq!(view.written[0].by, "park.1");
    assert_eq!(view.criteria[0].given, Some(4));
    assert_eq!(view.criteria[1].given, None);

    pane.touch(ReviewsTouch::Next);
    pane.touch(ReviewsTouch::Send);
    let empty = ReviewsNotice::Refused(QualityRefusal::AnswerEmpty);
    assert_eq!(pane.view().notice, Some(empty));
    pane.types("고마워요");
    pane.touch(ReviewsTouch::Send);
    let QualityRequest::Answer { reviewer, .. } = pane.asked().pop().unwrap() else {
        panic!("nothing is answered");
    };
    assert_eq!(reviewer, SUPERVISOR.agent);
    assert!(pane.reading().sending);
    pane.tells(QualityEvent::Answered {
        sheet: pane::reviewed(Some("고마워요")),
    });

    assert_eq!(pane.view().notice, Some(ReviewsNotice::Answered));
    let view = pane.reading();
    assert!(!view.answering && !view.may_answer);
    pane.touch(ReviewsTouch::Next);
    assert!(!pane.reading().answering);
}

const AGENT_READER: Reader = Reader {
    agent: AGENT,
    supervisor: false,
};

#[test]
fn a_review_that_comes_meanwhile_is_news_until_the_list_is_seen() {
    let mut pane = Pane::of(AGENT_READER);
    pane.happens(ReviewsEvent::Left);
    assert!(!pane.reviews.has_news());

    pane.tells(QualityEvent::Own {
        talks: vec![line()],
    });
    assert!(pane.reviews.has_news());
    pane.happens(ReviewsEvent::Opened { monitoring: false });

    assert!(!pane.reviews.has_news());
}

#[test]
fn a_review_that_was_replaced_is_read_anew_before_it_is_answered() {
    let mut pane = Pane::of(AGENT_READER);
    pane.tells(QualityEvent::Talk {
        sheet: pane::reviewed(None),
    });
    pane.touch(ReviewsTouch::Next);
    pane.types("고마워요");
    pane.touch(ReviewsTouch::Send);
    pane.asked();

    pane.refuses(QualityRefusal::NoSuchReview);

    assert_eq!(pane.asked(), [QualityRequest::OpenTalk { talk: TALK }]);
    assert!(!pane.reviews.would_lose());
}

#[test]
fn titles_are_in_the_desks_language() {
    let pane = Pane::judging_talk();

    let korean = pane.judging().criteria[0].title.clone();
    let english = pane.view_in(crate::Language::English);
    let PlaceView::Judging(view) = english.place else {
        panic!("{english:?}");
    };

    let title = &form(1).criteria[0].title;
    assert_eq!(
        (korean, &view.criteria[0].title),
        (title.ko.clone(), &title.en)
    );
}
