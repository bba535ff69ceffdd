//! A citizen agrees, and the document goes to an agency.

use super::*;

#[test]
fn an_agency_is_found_by_part_of_its_name_in_either_language() {
    let mut pane = Pane::with(&[]);
    let titles = |pane: &Pane| -> Vec<String> {
        let rows = pane.agencies().rows.into_iter();
        rows.map(|it| it.title).collect()
    };
    assert_eq!(titles(&pane), ["기록관리과", "복지정책과", "세무과"]);
    for (typed, fitting) in [
        ("정책", ["복지정책과"]),
        ("ㅅㅁ", ["세무과"]),
        ("arch", ["기록관리과"]),
    ] {
        pane.touch(SendingTouch::Agency(words(typed)));
        assert_eq!(titles(&pane), fitting, "{typed}");
    }

    pane.touch(SendingTouch::Agency(words("달")));
    pane.touch(SendingTouch::Next);

    assert_eq!(pane.notice(), Some(SendingNotice::Agency));
    pane.touch(SendingTouch::Agency(words("")));
    pane.touch(SendingTouch::Pick(2));
    assert_eq!(pane.purpose().agency, "세무과");
}

#[test]
fn a_document_goes_out_when_the_citizen_has_agreed_to_agency_number_and_purpose() {
    let mut pane = Pane::reading();
    let read = pane.consent();
    assert_eq!(
        (read.number.as_str(), read.agency.as_str(), &read.purpose),
        (NUMBER, "복지정책과", &words("기초연금 신청"))
    );
    pane.touch(SendingTouch::Next);
    assert_eq!(pane.notice(), Some(SendingNotice::NoConsent));
    assert_eq!(pane.said(), []);

    pane.touch(SendingTouch::Pick(0));
    pane.touch(SendingTouch::Next);

    assert_eq!(pane.said(), [SendingCommand::Send(wanted())]);
    pane.hears(SendingEvent::Sent(number(), Ok(())));
    assert_eq!(pane.notice(), Some(SendingNotice::Sent));
    assert_eq!(pane.said(), [looked_up()], "what becomes of it is asked");
}

#[test]
fn a_consent_in_writing_is_said_to_be_one() {
    let mut pane = Pane::reading();

    pane.touch(SendingTouch::Pick(1));
    pane.touch(SendingTouch::Next);

    let consent = Consent::Written;
    let written = Wanted {
        consent,
        ..wanted()
    };
    assert_eq!(pane.said(), [SendingCommand::Send(written)]);
}

#[test]
fn a_purpose_is_asked_for_and_has_its_length() {
    let mut pane = Pane::with(&[]);
    pane.touch(SendingTouch::Pick(1));
    for (purpose, notice) in [
        ("  ".to_owned(), SendingNotice::NoPurpose),
        ("가".repeat(201), SendingNotice::LongPurpose),
    ] {
        pane.touch(SendingTouch::Purpose(words(&purpose)));
        pane.touch(SendingTouch::Next);
        assert_eq!(pane.notice(), Some(notice));
    }

    pane.touch(SendingTouch::Purpose(words(&"가".repeat(200))));
    pane.touch(SendingTouch::Next);

    assert_eq!(pane.consent().agency, "복지정책과");
}

#[test]
fn a_consent_is_taken_anew_when_the_purpose_or_the_agency_is_another() {
    let mut pane = Pane::reading();
    pane.touch(SendingTouch::Consented);
    pane.touch(SendingTouch::Back);
    assert_eq!(pane.purpose().purpose, words("기초연금 신청"));
    pane.touch(SendingTouch::Purpose(words("장학금 신청")));
    pane.touch(SendingTouch::Next);
    assert_eq!(pane.consent().consent, None);

    pane.touch(SendingTouch::Consented);
    pane.touch(SendingTouch::Back);
    pane.touch(SendingTouch::Back);
    pane.touch(SendingTouch::Agency(words("세무")));
    pane.touch(SendingTouch::Next);
    pane.touch(SendingTouch::Next);

    let consent = pane.consent();
    assert_eq!((consent.agency.as_str(), consent.consent), ("세무과", None));
}

#[test]
fn whoever_says_no_leaves_nothing_behind() {
    let mut pane = Pane::reading();

    pane.touch(SendingTouch::Declined);

    assert_eq!(pane.check(), NumberCheck::Empty);
    assert_eq!(pane.said(), []);
}

#[test]
fn nothing_is_taken_until_the_exchange_has_spoken_and_what_was_typed_stays() {
    let mut pane = Pane::sent();
    for touch in [
        SendingTouch::Next,
        SendingTouch::Back,
        SendingTouch::Declined,
        SendingTouch::Pick(1),
    ] {
        pane.touch(touch);
    }
    assert!(pane.consent().sending);
    assert_eq!(pane.said(), []);

    pane.hears(SendingEvent::Sent(number(), Err(SendingFault::Unreachable)));

    let consent = pane.consent();
    assert_eq!(consent.purpose, words("기초연금 신청"));
    assert_eq!(
        (consent.consent, consent.sending),
        (Some(Consent::ReadAloud), false)
    );
    pane.touch(SendingTouch::Next);
    assert_eq!(
        pane.said(),
        [SendingCommand::Send(wanted())],
        "said as before"
    );
}

#[test]
fn a_document_that_was_void_by_then_is_named_and_looked_at_anew() {
    let mut pane = Pane::sent();
    let void = SendingFault::Refused(DeliveryRefusal::Void);

    pane.hears(SendingEvent::Sent(number(), Err(void)));

    assert_eq!(pane.notice(), Some(SendingNotice::Fault(void)));
    assert_eq!(pane.said(), [looked_up()]);
}

#[test]
fn a_form_that_was_left_for_another_pane_is_found_as_it_was() {
    let mut pane = Pane::reading();

    pane.hears(SendingEvent::Shown(false));
    pane.hears(SendingEvent::Shown(true));

    assert_eq!(pane.consent().purpose, words("기초연금 신청"));
}
