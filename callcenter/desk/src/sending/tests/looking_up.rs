//! A document is found by its number.

use super::*;

fn refused(refusal: DeliveryRefusal) -> Option<SendingNotice> {
    Some(SendingNotice::Fault(SendingFault::Refused(refusal)))
}

#[test]
fn a_number_is_looked_at_while_it_is_typed() {
    let mut pane = Pane::open();
    let whole = NumberCheck::Whole(NUMBER.to_owned());
    for (typed, check) in [
        ("", NumberCheck::Empty),
        ("2611-7K", NumberCheck::Short(6)),
        ("26l1 7kqm x4td o9rw", whole),
        (
            "2611-7KQM-X4TD-09RWA",
            NumberCheck::Wrong(NotANumber::Length(17)),
        ),
        ("2611-7U", NumberCheck::Wrong(NotANumber::Letter('U'))),
        ("2613-7KQM-X4TD-09RW", NumberCheck::Wrong(NotANumber::Month)),
        (
            "2612-7KQM-X4TD-09RW",
            NumberCheck::Wrong(NotANumber::NotYet),
        ),
    ] {
        pane.touch(SendingTouch::Number(words(typed)));
        assert_eq!(pane.check(), check, "{typed}");
    }

    pane.touch(SendingTouch::Next);

    assert_eq!(pane.notice(), Some(SendingNotice::Number));
    assert_eq!(pane.said(), [], "nothing is asked about what is no number");
}

#[test]
fn the_exchange_is_asked_once_and_about_what_is_typed_last() {
    let mut pane = Pane::open();
    pane.touch(SendingTouch::Number(words(NUMBER)));
    pane.touch(SendingTouch::Next);
    pane.touch(SendingTouch::Next);
    assert_eq!(pane.said(), [looked_up()]);

    pane.touch(SendingTouch::Number(words("2611-7KQM")));
    pane.hears(found(None, &[]));

    assert_eq!(pane.check(), NumberCheck::Short(8));
}

#[test]
fn a_document_that_cannot_be_sent_and_never_was_is_named_and_its_number_stays() {
    for refusal in [
        DeliveryRefusal::NoDocument,
        DeliveryRefusal::Void,
        DeliveryRefusal::Over,
        DeliveryRefusal::NoFile,
    ] {
        let mut pane = Pane::open();
        pane.touch(SendingTouch::Number(words(NUMBER)));
        pane.touch(SendingTouch::Next);

        pane.hears(found(Some(refusal), &[]));

        assert_eq!(pane.notice(), refused(refusal));
        assert_eq!(pane.check(), NumberCheck::Whole(NUMBER.to_owned()));
    }
}

#[test]
fn one_that_was_sent_before_it_was_void_shows_where_it_went_and_goes_nowhere() {
    let mut pane = Pane::open();
    pane.touch(SendingTouch::Number(words(NUMBER)));
    pane.touch(SendingTouch::Next);
    let void = Some(DeliveryRefusal::Void);
    pane.said();

    pane.hears(found(
        void,
        &[delivery(WELFARE, Some(DeliveryEnd::Expired))],
    ));
    pane.touch(SendingTouch::Next);

    assert_eq!(pane.paper().refusal, void);
    assert_eq!(pane.paper().rows[0].agency, "복지정책과");
    assert!(!pane.paper().again);
    assert_eq!(pane.notice(), refused(DeliveryRefusal::Void));
    pane.touch(SendingTouch::Again);
    assert_eq!(pane.notice(), refused(DeliveryRefusal::Void));
    assert_eq!(pane.said(), []);
}

#[test]
fn an_exchange_that_was_away_is_asked_again_about_the_same_number() {
    let mut pane = Pane::open();
    pane.touch(SendingTouch::Number(words(NUMBER)));
    pane.touch(SendingTouch::Next);

    pane.hears(SendingEvent::Found(
        number(),
        Err(SendingFault::Unreachable),
    ));
    let away = SendingNotice::Fault(SendingFault::Unreachable);
    assert_eq!(pane.notice(), Some(away));
    pane.touch(SendingTouch::Next);
    pane.hears(found(None, &[]));

    assert_eq!(pane.notice(), None);
    assert_eq!(pane.agencies().number, NUMBER);
}

#[test]
fn a_desk_without_a_way_to_say_who_sends_asks_nothing_and_takes_nothing() {
    let mut pane = Pane {
        sending: Sending::new(false),
        ..Pane::open()
    };

    pane.hears(SendingEvent::Works(Some("kim.2".to_owned())));
    pane.hears(SendingEvent::Shown(true));
    pane.touch(SendingTouch::Number(words(NUMBER)));
    pane.touch(SendingTouch::Next);

    assert!(pane.view().no_way);
    assert_eq!(pane.said(), []);
}

#[test]
fn nothing_of_one_shift_stays_for_the_next() {
    let mut pane = Pane::sent();

    pane.hears(SendingEvent::Works(Some("lee.1".to_owned())));
    pane.hears(SendingEvent::Sent(number(), Ok(())));
    pane.hears(found(None, &[delivery(WELFARE, None)]));

    assert_eq!(pane.view().notice, None);
    assert_eq!(pane.check(), NumberCheck::Empty);
}
