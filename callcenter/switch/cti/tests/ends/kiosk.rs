//! A kiosk's end of the line, and the switch's end that lends.

use std::time::Instant;

use cti::{
    Closing, Event, FromDesk, FromSwitch, GONE_AFTER, KioskCommand, KioskEnd, KioskReport,
    LineEvent, LoanRefusal, SwitchCommand, SwitchEvent, TelephoneAccount, VERSION,
};

use super::{at_work, greeted, ordered, personal, sign_in};

fn account() -> TelephoneAccount {
    TelephoneAccount {
        uri: "sip:kiosk-1@10.0.0.1:5060".to_owned(),
        account: "kiosk-1".to_owned(),
        password: personal("secret"),
    }
}

fn told(end: &mut KioskEnd) -> Vec<KioskCommand> {
    std::iter::from_fn(|| end.poll_command()).collect()
}

fn hears(end: &mut KioskEnd, frame: FromSwitch, now: Instant) -> Vec<KioskCommand> {
    end.handle(LineEvent::Received(Ok(frame)), now);
    told(end)
}

/// A kiosk's end that is connected and greeted.
fn reached(now: Instant) -> KioskEnd {
    let mut end = KioskEnd::new(1, now);
    end.handle_timeout(now);
    assert_eq!(told(&mut end), [KioskCommand::Connect]);
    comes_up(&mut end, now);
    end
}

fn comes_up(end: &mut KioskEnd, now: Instant) {
    let said = |frame| KioskCommand::Send(frame);
    end.handle(LineEvent::Connected, now);
    assert_eq!(told(end), [said(FromDesk::Hello { version: VERSION })]);
    let borrows = hears(end, FromSwitch::Hello { version: VERSION }, now);
    assert_eq!(borrows, [said(FromDesk::BorrowTelephone)]);
}

#[test]
fn a_kiosk_borrows_a_telephone_each_time_its_line_comes_up() {
    let now = Instant::now();
    let mut end = reached(now);
    let lent = || KioskCommand::Report(KioskReport::Lent(account()));
    let again = FromSwitch::TelephoneLent(account());
    assert_eq!(hears(&mut end, again.clone(), now), [lent()]);

    end.handle(LineEvent::Disconnected, now);
    let away = KioskCommand::Report(KioskReport::Away);
    assert_eq!(told(&mut end), [away]);
    let at = end.poll_timeout().unwrap();
    end.handle_timeout(at);
    assert_eq!(told(&mut end), [KioskCommand::Connect]);
    comes_up(&mut end, at);

    assert_eq!(hears(&mut end, again, at), [lent()]);
}

#[test]
fn a_kiosk_that_is_lent_nothing_says_so_and_does_not_ask_again_by_itself() {
    let now = Instant::now();
    let mut end = reached(now);
    let why = LoanRefusal::NotAKiosk;

    let refused = hears(&mut end, FromSwitch::TelephoneRefused { why }, now);

    let report = KioskCommand::Report(KioskReport::Refused(why));
    assert_eq!(refused, [report]);
    let beat = end.poll_timeout().unwrap();
    end.handle_timeout(beat);
    let beats = FromDesk::Heartbeat { number: 1 };
    assert_eq!(told(&mut end), [KioskCommand::Send(beats)]);
}

#[test]
fn a_switch_that_falls_silent_speaks_another_version_or_of_other_things_is_left() {
    let now = Instant::now();
    let left = [
        KioskCommand::Disconnect,
        KioskCommand::Report(KioskReport::Away),
    ];

    let mut silent = reached(now);
    silent.handle_timeout(now + GONE_AFTER);
    assert_eq!(told(&mut silent), left);

    let mut confused = reached(now);
    let event = FromSwitch::Event(Box::new(Event::ConnectionCleared));
    assert_eq!(hears(&mut confused, event, now), left);

    let mut older = KioskEnd::new(1, now);
    older.handle_timeout(now);
    older.handle(LineEvent::Connected, now);
    told(&mut older);
    let hello = FromSwitch::Hello { version: 1 };
    let why = Closing::Version { ours: 1 };
    let closed = KioskCommand::Report(KioskReport::Closed(why));
    assert_eq!(hears(&mut older, hello, now)[0], closed);
}

#[test]
fn the_switch_lends_to_who_has_not_signed_in_and_nothing_follows_a_loan() {
    let now = Instant::now();
    let borrow = || SwitchEvent::Received(Ok(FromDesk::BorrowTelephone));
    let mut end = greeted(now);
    end.handle(borrow(), now);
    assert_eq!(ordered(&mut end), [SwitchCommand::LendTelephone]);
    end.handle(SwitchEvent::LoanAnswered(Ok(account())), now);
    let lent = SwitchCommand::Send(FromSwitch::TelephoneLent(account()));
    assert_eq!(ordered(&mut end), [lent]);

    let why = Closing::OutOfPlace;
    let said = SwitchCommand::Send(FromSwitch::Closing { why });
    let closed = [said, SwitchCommand::Close(why)];
    end.handle(SwitchEvent::Received(Ok(sign_in())), now);
    assert_eq!(ordered(&mut end), closed);

    let mut at_work = at_work(now);
    at_work.handle(borrow(), now);
    assert_eq!(ordered(&mut at_work), closed);
}
