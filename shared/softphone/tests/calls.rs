//! A telephone and software nobody here wrote: SIPp as registrar, caller and callee;
//! with `make call-test` baresip as the other end, and both ends listen.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

#[path = "calls/baresip.rs"]
mod baresip;
#[path = "calls/desk.rs"]
mod desk;
#[path = "calls/sipp.rs"]
mod sipp;
#[path = "calls/sound_server.rs"]
mod sound_server;

use privacy::Personal;
use softphone::{Device, Ended, Event, Order, SoundSettings, Unregistered};

use baresip::Baresip;
use desk::Desk;
use sipp::Sipp;
use sound_server::SoundServer;

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
    desk.talks_for_seconds(1);
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

/// Ten seconds, in a network of its own: `make call-test`.
#[test]
#[ignore = "needs a network namespace; `make call-test` runs it"]
fn baresip_and_a_telephone_hear_each_other_and_nothing_else() {
    if !baresip::is_within_a_network("baresip_and_a_telephone_hear_each_other_and_nothing_else") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let heard = folder.path().join("heard.wav");
    let other = Baresip::answers();
    let sound = SoundSettings {
        microphone: Device::File(baresip::microphone(folder.path())),
        loudspeaker: Device::File(heard.clone()),
    };
    let address = format!("{}:5060", baresip::THERE);
    let desk = Desk::with(address.parse().unwrap(), sound);

    desk.calls_until_answered("110");
    desk.talks_for_seconds(6);
    desk.order(Order::HangUp);
    desk.hears(&Event::Ended(Ended::Here));
    drop(desk);

    for (who, [of_the_other, of_itself]) in [
        ("baresip", other.heard()),
        ("the telephone", baresip::heard_here(&heard)),
    ] {
        eprintln!("{who} hears {of_the_other:.4} of the other and {of_itself:.6} of itself");
        assert!(of_the_other > 0.9, "{who} hears {of_the_other}");
        assert!(of_itself < 0.01, "{who} hears an echo: {of_itself}");
    }
}

/// A sound server that is killed in the middle: `make call-test`.
#[test]
#[ignore = "needs PulseAudio; `make call-test` runs it"]
fn a_sound_server_is_heard_lost_and_found_again() {
    if !sound_server::has_a_home("a_sound_server_is_heard_lost_and_found_again") {
        return;
    }
    let desk = Desk::with("127.0.0.1:9".parse().unwrap(), SoundSettings::default());

    desk.order(Order::BeginTest);
    desk.misses_both_devices();
    let server = SoundServer::starts();
    desk.has_both_devices_back();
    drop(server);
    desk.misses_both_devices();
    desk.order(Order::EndTest);
    desk.hears(&Event::TestEnded);
}
