//! What is seen of an answer once the exchange has it, and at a desk that can write none down.

use super::*;

#[test]
fn an_answer_that_is_confirmed_is_shown_before_the_letter_is_read_anew() {
    let mut pane = Pane::answered();
    pane.said();

    pane.hears(sent(Ok(())));

    let given = AnswerView::Given {
        agent: "kim.2".to_owned(),
        text: words("고쳤습니다"),
    };
    assert_eq!(pane.answer(), given);
    let view = pane.view();
    assert_eq!(view.rows[0].standing, RowStanding::Replied);
    assert_eq!(view.letter.unwrap().row.standing, RowStanding::Replied);
    // Also while the exchange does not tell it anew.
    let away = Err(PetitionsFault::Unreachable);
    pane.hears(PetitionsEvent::Opened(RequestId::new("a"), away));
    assert_eq!(pane.answer(), given);
}

#[test]
fn at_a_desk_without_a_journal_whoever_writes_is_told_and_keeps_what_is_typed() {
    let mut pane = Pane::writing();
    pane.touch(PetitionsTouch::Type(words("고쳤습니다")));

    pane.hears(PetitionsEvent::JournalBroken);

    assert_eq!(pane.view().notice, Some(PetitionsNotice::NotWritten));
    pane.touch(PetitionsTouch::Send);
    assert_eq!(pane.said(), []);
    assert_eq!(pane.view().notice, Some(PetitionsNotice::NotWritten));
    let AnswerView::Writing { start, .. } = pane.answer() else {
        panic!("{:?}", pane.answer());
    };
    assert_eq!(start, words("고쳤습니다"));
    // Whoever only reads is not bothered.
    pane.touch(PetitionsTouch::Back);
    assert_eq!(pane.view().notice, None);
}

#[test]
fn an_answer_the_journal_cannot_forget_is_not_taken_back() {
    let mut pane = Pane::answered();
    pane.said();
    pane.hears(sent(Err(PetitionsFault::Unreachable)));
    pane.hears(PetitionsEvent::JournalBroken);

    pane.touch(PetitionsTouch::TakeBack);

    assert_eq!(pane.said(), []);
    assert_eq!(pane.view().notice, Some(PetitionsNotice::NotWritten));
    let text = words("고쳤습니다");
    assert_eq!(pane.answer(), AnswerView::OnItsWay { text });
}
