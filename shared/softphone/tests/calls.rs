//! A telephone and software nobody here wrote: SIPp as registrar, caller and callee;
//! with `make call-test` baresip as the other end, and a sound server.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

#[path = "calls/desk.rs"]
mod desk;
#[path = "calls/sipp.rs"]
mod sipp;

use privacy::Personal;
use softphone::{Ended, Event, Order, Unregistered};

use desk::Desk;
use sipp::Sipp;

#[test]
fn a_telephone_registers_with_its_password_and_goes() {
    let registrar = Sipp::listens("registrar");
    let desk = Desk::at(registrar.address);

    desk.order(Order::Register);
    desk.hears(&Event::Registered);
    desk.order(Order::Unregister);
    desk.hears(&Event::Unregistered(Unregistered::Asked));

    registrar.succeeds();
}

#[test]
fn a_wrong_password_is_told_and_not_tried_again() {
    let registrar = Sipp::listens("registrar_does_not_believe");
    let desk = Desk::at(registrar.address);

    desk.order(Order::Register);
    desk.hears(&Event::Unregistered(Unregistered::WrongPassword));

    // It waits for three seconds, and fails when a third REGISTER comes.
    registrar.succeeds();
}

#[test]
fn a_caller_is_answered_and_hangs_up() {
    let (sipp, desk) = Sipp::calls("caller_hangs_up", Desk::at);
    let ringing = desk.hears_ringing();
    assert_eq!(ringing.as_deref(), Some("42"));

    desk.order(Order::Answer);
    desk.hears(&Event::Answered);
    desk.hears(&Event::Ended(Ended::There));

    sipp.succeeds();
}

#[test]
fn a_caller_who_rings_gives_up() {
    let (sipp, desk) = Sipp::calls("caller_gives_up", Desk::at);
    desk.hears_ringing();

    desk.hears(&Event::Ended(Ended::GaveUp));

    sipp.succeeds();
}

#[test]
fn a_caller_who_rings_is_refused() {
    let (sipp, desk) = Sipp::calls("caller_is_refused", Desk::at);
    desk.hears_ringing();

    desk.order(Order::HangUp);
    desk.hears(&Event::Ended(Ended::Here));

    sipp.succeeds();
}

#[test]
fn a_caller_is_hung_up_on() {
    let (sipp, desk) = Sipp::calls("caller_is_hung_up_on", Desk::at);
    desk.hears_ringing();
    desk.order(Order::Answer);
    desk.hears(&Event::Answered);

    desk.order(Order::HangUp);
    desk.hears(&Event::Ended(Ended::Here));

    sipp.succeeds();
}

#[test]
fn a_call_of_ours_is_taken_back_while_it_rings() {
    let callee = Sipp::listens("called_is_given_up");
    let desk = Desk::at(callee.address);

    desk.calls("110");
    desk.hears(&Event::Progress { status: 180 });
    desk.order(Order::HangUp);
    desk.hears(&Event::Ended(Ended::Here));

    callee.succeeds();
}

#[test]
fn a_call_of_ours_is_answered_and_keys_are_pressed() {
    let callee = Sipp::listens("called_answers");
    let desk = Desk::at(callee.address);

    desk.calls("110");
    desk.hears(&Event::Progress { status: 180 });
    desk.hears(&Event::Answered);
    desk.order(Order::Press(Personal::new("5#".to_owned())));
    desk.hears_levels();
    desk.order(Order::HangUp);
    desk.hears(&Event::Ended(Ended::Here));

    callee.succeeds();
}

#[test]
fn a_busy_callee_is_told_of() {
    let callee = Sipp::listens("called_is_busy");
    let desk = Desk::at(callee.address);

    desk.calls("110");
    desk.hears(&Event::Ended(Ended::Refused { status: 486 }));

    callee.succeeds();
}
