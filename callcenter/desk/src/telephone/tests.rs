//! The call as the desk has it: what keys order and what the far end says.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use std::time::Duration;

use super::*;

fn ringing() -> TelephoneEvent {
    TelephoneEvent::Ringing(Ringing {
        queue: "증명".to_owned(),
        waited: Duration::from_secs(40),
        ..Ringing::default()
    })
}

fn said(telephone: &mut Telephone) -> Vec<TelephoneCommand> {
    std::iter::from_fn(|| telephone.poll_command()).collect()
}

#[test]
fn a_call_is_up_when_the_far_end_says_so_and_not_before() {
    let now = Instant::now();
    let mut telephone = Telephone::new(true);
    telephone.handle(TelephoneEvent::Registered, now);
    telephone.handle(ringing(), now);

    telephone.touch(CallTouch::Answer).unwrap();
    assert_eq!(telephone.state(), CallState::Ringing);
    telephone.handle(TelephoneEvent::Answered, now);

    let answered = TelephoneCommand::Order(TelephoneOrder::Answer);
    assert_eq!(
        said(&mut telephone),
        [answered, TelephoneCommand::CallBegan]
    );
}

#[test]
fn a_caller_who_gives_up_while_it_rings_leaves_no_call_behind() {
    let now = Instant::now();
    let mut telephone = Telephone::new(true);
    telephone.handle(TelephoneEvent::Registered, now);
    telephone.handle(ringing(), now);

    telephone.handle(TelephoneEvent::Ended, now);
    assert_eq!(telephone.touch(CallTouch::Answer), Err(CallRefusal::NoCall));
    telephone.handle(TelephoneEvent::Answered, now);

    assert_eq!(telephone.state(), CallState::Resting);
    assert_eq!(said(&mut telephone), []);
}

#[test]
fn one_key_holds_and_takes_back() {
    let now = Instant::now();
    let mut telephone = Telephone::new(true);
    telephone.handle(TelephoneEvent::Registered, now);
    telephone.handle(ringing(), now);
    telephone.handle(TelephoneEvent::Answered, now);
    said(&mut telephone);

    telephone.touch(CallTouch::Hold).unwrap();
    telephone.handle(TelephoneEvent::Talk(TalkState::Held), now);
    telephone.touch(CallTouch::Hold).unwrap();

    let orders = [TelephoneOrder::Hold, TelephoneOrder::Retrieve];
    assert_eq!(said(&mut telephone), orders.map(TelephoneCommand::Order));
}

#[test]
fn a_desk_without_a_telephone_orders_nothing() {
    let mut telephone = Telephone::new(false);

    telephone.handle(ringing(), Instant::now());
    telephone.touch(CallTouch::Answer).unwrap_err();
    telephone.present(Presence::SignedOut);

    assert_eq!(telephone.state(), CallState::NotConfigured);
    assert_eq!(said(&mut telephone), []);
}

fn to() -> Destination {
    Destination::Agent { id: 4 }
}

/// A call with the caller, taken over from there by what the far end says.
fn talking(with: TalkState) -> Telephone {
    let now = Instant::now();
    let mut telephone = Telephone::new(true);
    telephone.handle(TelephoneEvent::Registered, now);
    telephone.handle(ringing(), now);
    telephone.handle(TelephoneEvent::Answered, now);
    telephone.handle(TelephoneEvent::Talk(with), now);
    said(&mut telephone);
    telephone
}

#[test]
fn a_colleague_is_asked_first_and_then_joins_takes_over_or_goes() {
    let consulting = TalkState::Consulting { answered: true };
    let cases = [
        (
            TalkState::Established,
            CallTouch::Consult { to: to() },
            TelephoneOrder::Consult { to: to() },
        ),
        (
            TalkState::Held,
            CallTouch::Consult { to: to() },
            TelephoneOrder::Consult { to: to() },
        ),
        (consulting, CallTouch::GiveOver, TelephoneOrder::GiveOver),
        (
            consulting,
            CallTouch::Conference,
            TelephoneOrder::Conference,
        ),
        (consulting, CallTouch::Reconnect, TelephoneOrder::Reconnect),
        (
            TalkState::Consulting { answered: false },
            CallTouch::Reconnect,
            TelephoneOrder::Reconnect,
        ),
    ];

    for (with, touch, order) in cases {
        let mut telephone = talking(with);
        telephone.touch(touch).unwrap();
        assert_eq!(said(&mut telephone), [TelephoneCommand::Order(order)]);
    }
}

#[test]
fn what_makes_no_sense_now_is_refused_with_its_reason() {
    let waiting = TalkState::Consulting { answered: false };
    let cases = [
        (
            TalkState::Established,
            CallTouch::GiveOver,
            CallRefusal::NobodyConsulted,
        ),
        (waiting, CallTouch::Conference, CallRefusal::NotAnswered),
        (
            waiting,
            CallTouch::Consult { to: to() },
            CallRefusal::Consulting,
        ),
        (waiting, CallTouch::Hold, CallRefusal::Consulting),
        (
            TalkState::Consulted,
            CallTouch::Transfer { to: to() },
            CallRefusal::NotLeading,
        ),
    ];

    for (with, touch, why) in cases {
        let mut telephone = talking(with);
        assert_eq!(telephone.touch(touch), Err(why));
        assert_eq!(said(&mut telephone), []);
    }
}

#[test]
fn a_supervisor_is_shown_as_long_as_the_call_and_no_longer() {
    let now = Instant::now();
    let mut telephone = talking(TalkState::Established);

    telephone.handle(TelephoneEvent::Monitored(Some(MonitorMode::Listen)), now);
    assert_eq!(telephone.monitored(), Some(MonitorMode::Listen));
    telephone.handle(TelephoneEvent::Ended, now);

    assert_eq!(telephone.monitored(), None);
}

#[test]
fn one_key_pauses_a_recording_and_goes_on_with_it_until_the_call_is_over() {
    let now = Instant::now();
    let mut telephone = talking(TalkState::Held);
    assert_eq!(
        telephone.touch(CallTouch::Record),
        Err(CallRefusal::NotRecorded)
    );
    for (state, order) in [
        (RecordingState::On, TelephoneOrder::PauseRecording),
        (RecordingState::Paused, TelephoneOrder::ResumeRecording),
    ] {
        telephone.handle(TelephoneEvent::Recording(state), now);

        telephone.touch(CallTouch::Record).unwrap();

        assert_eq!(said(&mut telephone), [TelephoneCommand::Order(order)]);
    }

    telephone.handle(TelephoneEvent::Ended, now);

    assert_eq!(telephone.recording(), RecordingState::Off);
}
