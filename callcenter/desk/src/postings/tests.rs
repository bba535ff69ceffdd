//! A moderator at work.

#![allow(clippy::unwrap_used)]

use request::{StationId, Timestamp};

use super::*;
use crate::Language;

const TEN: Timestamp = Timestamp::from_millis(1_795_482_000_000);

struct Pane {
    postings: Postings,
}

fn words(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}

fn posting(id: &str) -> Posting {
    Posting {
        id: id.to_owned(),
        station: StationId::new("gaon-1"),
        topic: Title {
            ko: "나눔".to_owned(),
            en: "Sharing".to_owned(),
        },
        district: None,
        submitted_at: TEN,
        words: Words {
            title: words(&format!("글 {id}")),
            text: words("책을 나눠요"),
        },
    }
}

impl Pane {
    /// Two postings wait.
    fn open() -> Self {
        let mut pane = Self {
            postings: Postings::new(true),
        };
        pane.hears(PostingsEvent::Works(Some("kim.2".to_owned())));
        pane.hears(PostingsEvent::Shown(true));
        assert_eq!(pane.said(), [PostingsCommand::Ask]);
        let two = vec![posting("a"), posting("b")];
        pane.hears(PostingsEvent::Told(Ok(two)));
        pane
    }

    /// The second of them is before the moderator.
    fn reading() -> Self {
        let mut pane = Self::open();
        pane.touch(PostingsTouch::Down);
        pane.touch(PostingsTouch::Next);
        pane
    }

    fn hears(&mut self, event: PostingsEvent) {
        self.postings.handle(event);
    }

    fn touch(&mut self, touch: PostingsTouch) {
        self.hears(PostingsEvent::Touched(touch));
    }

    fn said(&mut self) -> Vec<PostingsCommand> {
        std::iter::from_fn(|| self.postings.poll_command()).collect()
    }

    fn view(&self) -> PostingsView {
        self.postings.present(Language::Korean, TEN)
    }
}

fn judge(judgment: Judgment) -> PostingsCommand {
    let posting = "b".to_owned();
    PostingsCommand::Judge { posting, judgment }
}

fn judged(judged: Result<(), PostingsFault>) -> PostingsEvent {
    PostingsEvent::Judged("b".to_owned(), judged)
}

#[test]
fn a_posting_is_published_for_as_long_as_was_chosen() {
    let mut pane = Pane::reading();
    pane.touch(PostingsTouch::Next);
    assert_eq!(pane.view().notice, Some(PostingsNotice::Choose));

    pane.touch(PostingsTouch::Pick(1));
    pane.touch(PostingsTouch::Next);

    let fortnight = judge(Judgment::Publish { days: 14 });
    assert_eq!(pane.said(), std::slice::from_ref(&fortnight));
    pane.touch(PostingsTouch::Next);
    assert_eq!(pane.said(), [], "it is on its way");
    pane.hears(judged(Err(PostingsFault::Unreachable)));
    pane.touch(PostingsTouch::Next);
    assert_eq!(pane.said(), [fortnight], "it is told again as it was");
    pane.hears(judged(Ok(())));
    let view = pane.view();
    assert_eq!(view.notice, Some(PostingsNotice::Published));
    assert!(view.posting.is_none());
    assert_eq!(pane.said(), [PostingsCommand::Ask]);
}

#[test]
fn a_posting_is_refused_only_with_a_reason_that_stays_when_it_is_not_taken() {
    let mut pane = Pane::reading();
    pane.touch(PostingsTouch::Pick(4));
    pane.touch(PostingsTouch::Next);
    assert_eq!(pane.view().notice, Some(PostingsNotice::NoReason));
    pane.touch(PostingsTouch::Reason(words(&"가".repeat(301))));
    pane.touch(PostingsTouch::Next);
    assert_eq!(pane.view().notice, Some(PostingsNotice::TooLong));

    pane.touch(PostingsTouch::Reason(words("광고예요")));
    pane.touch(PostingsTouch::Next);

    let reason = words("광고예요");
    assert_eq!(pane.said(), [judge(Judgment::Refuse { reason })]);
    pane.hears(judged(Err(PostingsFault::Malformed)));
    assert_eq!(pane.view().posting.unwrap().reason, words("광고예요"));
}

#[test]
fn what_another_moderator_has_decided_is_left_and_the_list_is_asked_for_anew() {
    let mut pane = Pane::reading();
    pane.touch(PostingsTouch::Pick(0));
    pane.touch(PostingsTouch::Next);
    pane.said();

    pane.hears(judged(Err(PostingsFault::Decided)));

    let decided = PostingsNotice::Fault(PostingsFault::Decided);
    assert_eq!(pane.view().notice, Some(decided));
    assert!(pane.view().posting.is_none());
    assert_eq!(pane.said(), [PostingsCommand::Ask]);
}

#[test]
fn nothing_of_a_posting_stays_for_whoever_comes_next() {
    let mut pane = Pane::reading();

    pane.hears(PostingsEvent::Works(None));

    let view = pane.view();
    assert!(view.rows.is_empty() && view.posting.is_none());
}

#[test]
fn the_list_is_asked_for_only_when_somebody_looks_because_each_look_is_noted() {
    let mut pane = Pane::open();
    pane.hears(PostingsEvent::Shown(true));
    assert_eq!(pane.said(), []);

    pane.touch(PostingsTouch::LookAgain);

    assert_eq!(pane.said(), [PostingsCommand::Ask]);
}

#[test]
fn what_the_exchange_was_told_is_neither_changed_nor_left_until_it_has_answered() {
    let mut pane = Pane::reading();
    pane.touch(PostingsTouch::Pick(1));
    pane.touch(PostingsTouch::Next);
    pane.said();

    pane.touch(PostingsTouch::Pick(4));
    pane.touch(PostingsTouch::Back);

    let choice = pane.view().posting.unwrap().choice;
    assert_eq!(choice, Some(ChoiceView::Publish { days: 14 }));
    pane.hears(judged(Ok(())));
    assert_eq!(pane.view().notice, Some(PostingsNotice::Published));
}

#[test]
fn a_reason_that_is_typed_stays_with_its_posting() {
    let mut pane = Pane::reading();
    pane.touch(PostingsTouch::Pick(4));
    pane.touch(PostingsTouch::Reason(words("광고예요")));
    pane.touch(PostingsTouch::Back);

    pane.touch(PostingsTouch::Up);
    pane.touch(PostingsTouch::Next);
    assert_eq!(pane.view().posting.unwrap().reason, words(""));
    pane.touch(PostingsTouch::Back);
    pane.touch(PostingsTouch::Down);
    pane.touch(PostingsTouch::Next);

    assert_eq!(pane.view().posting.unwrap().reason, words("광고예요"));
    pane.touch(PostingsTouch::Pick(4));
    pane.touch(PostingsTouch::Next);
    let reason = words("광고예요");
    assert_eq!(pane.said(), [judge(Judgment::Refuse { reason })]);
}

#[test]
fn what_a_former_moderator_asked_is_not_told_the_next_one() {
    let mut pane = Pane::open();
    pane.touch(PostingsTouch::LookAgain);
    pane.hears(PostingsEvent::Works(None));
    pane.hears(PostingsEvent::Works(Some("lee.3".to_owned())));

    pane.hears(PostingsEvent::Told(Ok(vec![posting("a")])));

    assert!(!pane.view().known);
    pane.hears(PostingsEvent::Told(Err(PostingsFault::Forbidden)));
    assert_eq!(pane.view().notice, None);
}
