//! A telephone and software nobody here wrote: SIPp as registrar, caller and callee;
//! with `make call-test` baresip as the other end, and both ends listen.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

#[path = "calls/desk.rs"]
mod desk;
#[path = "calls/sipp.rs"]
mod sipp;
#[path = "calls/sound_server.rs"]
mod sound_server;

use std::time::Duration;

use baresip::{Baresip, Heard, tone};
use privacy::Personal;
use softphone::{Device, Ended, Event, Order, SoundSettings, Unregistered};

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

#[test]
#[ignore = "ten seconds of a talk; `make call-test` plays it"]
fn baresip_and_a_telephone_hear_each_other_and_nothing_else() {
    const ITS_TONE: f64 = 1_100.0;
    const OUR_TONE: f64 = 700.0;
    /// A sound card's.
    const RATE: u32 = 48_000;
    let folder = tempfile::tempdir().unwrap();
    let [said, heard] = ["said.wav", "heard.wav"].map(|it| folder.path().join(it));
    let ours = tone(OUR_TONE, baresip::PEAK, Duration::from_secs(20), RATE);
    baresip::write(&said, &ours, RATE);
    let other = Baresip::answers("110", ITS_TONE);
    let sound = SoundSettings {
        microphone: Device::File(said),
        loudspeaker: Device::File(heard.clone()),
    };
    let desk = Desk::with(other.address(), sound);

    desk.calls_until_answered("110");
    desk.talks_for_seconds(6);
    desk.order(Order::HangUp);
    desk.hears(&Event::Ended(Ended::Here));
    drop(desk);

    for (who, heard, tones) in [
        ("baresip", other.hangs_up(), [OUR_TONE, ITS_TONE]),
        ("the telephone", Heard::read(&heard), [ITS_TONE, OUR_TONE]),
    ] {
        let [of_the_other, of_itself] = heard.shares(3, tones);
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
