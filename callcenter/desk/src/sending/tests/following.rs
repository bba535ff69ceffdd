//! What becomes of a document at its agencies, and what goes again.

use super::*;

impl Pane {
    /// Time passes until something is due.
    fn waits(&mut self) -> Duration {
        let due = self.sending.poll_timeout().unwrap();
        let passed = due - self.now.instant;
        self.now.instant = due;
        self.sending.handle_timeout(due);
        passed
    }
}

#[test]
fn what_is_on_its_way_is_asked_about_less_and_less_often_until_it_is_there() {
    let mut pane = Pane::sent();
    pane.hears(SendingEvent::Sent(number(), Ok(())));
    pane.said();
    let mut waited = Vec::new();
    for _ in 0..8 {
        pane.hears(found(None, &[delivery(WELFARE, None)]));
        waited.push(pane.waits().as_secs());
        assert_eq!(pane.said(), [looked_up()]);
    }
    assert_eq!(waited, [2, 4, 8, 16, 32, 60, 60, 60]);

    let there = delivery(WELFARE, Some(DeliveryEnd::Delivered));
    pane.hears(found(None, &[there]));

    assert_eq!(pane.sending.poll_timeout(), None);
    assert_eq!(pane.paper().rows[0].end, Some(DeliveryEnd::Delivered));
}

#[test]
fn nothing_is_asked_while_nobody_looks() {
    let mut pane = Pane::with(&[delivery(WELFARE, None)]);
    pane.said();

    pane.hears(SendingEvent::Shown(false));
    assert_eq!(pane.sending.poll_timeout(), None);
    pane.hears(SendingEvent::Shown(true));

    assert_eq!(pane.said(), [SendingCommand::AskRecipients, looked_up()]);
}

#[test]
fn an_exchange_that_is_away_is_asked_again_about_what_is_on_its_way() {
    let mut pane = Pane::with(&[delivery(WELFARE, None)]);
    pane.waits();
    pane.said();

    pane.hears(SendingEvent::Found(
        number(),
        Err(SendingFault::Unreachable),
    ));
    let away = SendingNotice::Fault(SendingFault::Unreachable);
    assert_eq!(pane.notice(), Some(away));
    pane.waits();

    assert_eq!(pane.said(), [looked_up()]);
    pane.hears(found(None, &[delivery(WELFARE, None)]));
    assert_eq!(pane.notice(), None, "it has answered");
}

#[test]
fn what_was_not_taken_in_time_goes_again_as_it_was() {
    let missed = delivery(WELFARE, Some(DeliveryEnd::Expired));
    let mut pane = Pane::with(&[missed]);
    assert!(pane.paper().again);

    pane.touch(SendingTouch::Again);

    let again = SendingCommand::SendAgain {
        number: number(),
        delivery: format!("to {WELFARE}"),
    };
    assert_eq!(pane.said(), [again]);
    pane.touch(SendingTouch::Back);
    assert!(pane.paper().sending, "it is on its way to the exchange");
    pane.hears(SendingEvent::Sent(number(), Ok(())));
    assert_eq!(pane.notice(), Some(SendingNotice::Sent));
    assert_eq!(pane.said(), [looked_up()]);
}

#[test]
fn what_an_agency_has_refused_goes_again_with_a_consent_of_its_own() {
    let refused = delivery(WELFARE, Some(DeliveryEnd::Refused));
    let mut pane = Pane::with(&[delivery("tax", Some(DeliveryEnd::Delivered)), refused]);
    pane.touch(SendingTouch::Again);
    assert_eq!(pane.notice(), Some(SendingNotice::NothingAgain));

    pane.touch(SendingTouch::Down);
    pane.touch(SendingTouch::Again);

    assert_eq!(pane.purpose().agency, "복지정책과");
    pane.touch(SendingTouch::Purpose(words("기초연금 신청")));
    pane.touch(SendingTouch::Next);
    pane.touch(SendingTouch::Consented);
    pane.touch(SendingTouch::Next);
    assert_eq!(pane.said(), [SendingCommand::Send(wanted())]);
}

#[test]
fn an_agency_that_has_it_or_is_to_get_it_is_not_sent_another() {
    for (end, notice) in [
        (None, SendingNotice::OnItsWay),
        (Some(DeliveryEnd::Delivered), SendingNotice::Delivered),
        (Some(DeliveryEnd::Expired), SendingNotice::Expired),
    ] {
        let mut pane = Pane::with(&[delivery(WELFARE, end)]);
        pane.touch(SendingTouch::Next);
        pane.touch(SendingTouch::Agency(words("복지")));

        pane.touch(SendingTouch::Next);

        assert_eq!(pane.notice(), Some(notice));
        assert_eq!(pane.agencies().rows[0].went, Some(end));
        pane.touch(SendingTouch::Back);
        assert_eq!(pane.paper().rows.len(), 1);
    }
}

#[test]
fn the_delivery_that_was_chosen_stays_chosen_when_another_one_comes_before_it() {
    let mut pane = Pane::with(&[
        delivery("tax", Some(DeliveryEnd::Delivered)),
        delivery(WELFARE, None),
    ]);
    pane.touch(SendingTouch::Down);

    pane.touch(SendingTouch::LookAgain);
    pane.hears(found(
        None,
        &[
            delivery("archives", None),
            delivery("tax", Some(DeliveryEnd::Delivered)),
            delivery(WELFARE, None),
        ],
    ));

    assert_eq!(pane.paper().selected, 2);
}

#[test]
fn an_agency_that_takes_documents_no_longer_is_named_by_its_id() {
    let pane = Pane::with(&[delivery("moon", Some(DeliveryEnd::Delivered))]);

    assert_eq!(pane.paper().rows[0].agency, "moon");
}

#[test]
fn another_document_begins_with_an_empty_line() {
    let mut pane = Pane::with(&[delivery(WELFARE, None)]);

    pane.touch(SendingTouch::Back);

    assert_eq!(pane.check(), NumberCheck::Empty);
    assert_eq!(pane.sending.poll_timeout(), None);
}
