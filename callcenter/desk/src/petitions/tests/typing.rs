//! What is typed of an answer.

use super::*;

#[test]
fn an_answer_without_words_or_with_too_many_is_not_written_down() {
    for (text, notice) in [
        (" \n".to_owned(), PetitionsNotice::NoWords),
        ("가".repeat(20_001), PetitionsNotice::TooLong),
    ] {
        let mut pane = Pane::writing();
        pane.touch(PetitionsTouch::Type(words(&text)));

        pane.touch(PetitionsTouch::Send);

        assert_eq!(pane.said(), []);
        assert_eq!(pane.view().notice, Some(notice));
    }
}

#[test]
fn what_is_typed_stays_with_its_letter_and_goes_with_its_agent() {
    let mut pane = Pane::writing();
    pane.touch(PetitionsTouch::Type(words("쓰다 만 답")));
    let begun = |pane: &Pane| {
        let AnswerView::Writing { start, .. } = pane.answer() else {
            panic!("{:?}", pane.answer());
        };
        start
    };

    pane.touch(PetitionsTouch::Back);
    pane.touch(PetitionsTouch::Next);
    let mine = letter(petition("a", 14, Some("kim.2")));
    pane.hears(PetitionsEvent::Opened(RequestId::new("a"), Ok(mine)));
    assert_eq!(begun(&pane), words("쓰다 만 답"));
    pane.hears(PetitionsEvent::Works(None));

    assert!(pane.view().letter.is_none());
    assert!(pane.view().rows.is_empty());
    pane.hears(PetitionsEvent::Works(Some("kim.2".to_owned())));
    assert!(pane.petitions.typed.is_empty());
}
