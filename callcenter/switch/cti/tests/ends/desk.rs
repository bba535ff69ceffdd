//! The desk's end of the line.

use std::time::{Duration, Instant};

use cti::{
    Claim, Closing, DeskCommand, DeskEnd, DeskEvent, FromDesk, FromSwitch, GONE_AFTER, LineEvent,
    Proof, Report, SignInRefusal, VERSION,
};

use super::{claim, personal, sign_in, signed_in};

fn told(end: &mut DeskEnd) -> Vec<DeskCommand> {
    std::iter::from_fn(|| end.poll_command()).collect()
}

/// A desk's end that is connected and greeted.
fn reached(now: Instant) -> DeskEnd {
    let mut end = DeskEnd::new(1, now);
    end.handle_timeout(now);
    assert_eq!(told(&mut end), [DeskCommand::Connect]);
    end.handle(DeskEvent::Line(LineEvent::Connected), now);
    let hello = FromSwitch::Hello { version: VERSION };
    end.handle(DeskEvent::Line(LineEvent::Received(Ok(hello))), now);
    let said = told(&mut end);
    assert_eq!(said.last(), Some(&DeskCommand::Report(Report::Reached)));
    end
}

#[test]
fn after_a_broken_line_the_desk_goes_on_without_the_passphrase() {
    let now = Instant::now();
    let mut end = reached(now);
    let mine = claim(Proof::Passphrase(personal("right")));
    end.handle(DeskEvent::SignIn(mine), now);
    assert_eq!(told(&mut end), [DeskCommand::Send(sign_in())]);
    let answer = FromSwitch::SignedIn(signed_in());
    end.handle(DeskEvent::Line(LineEvent::Received(Ok(answer))), now);
    told(&mut end);

    end.handle(DeskEvent::Line(LineEvent::Disconnected), now);
    assert_eq!(told(&mut end), [DeskCommand::Report(Report::Away)]);
    let at = end.poll_timeout().unwrap();
    end.handle_timeout(at);
    end.handle(DeskEvent::Line(LineEvent::Connected), at);
    let hello = FromSwitch::Hello { version: VERSION };
    end.handle(DeskEvent::Line(LineEvent::Received(Ok(hello))), at);

    let resume = DeskCommand::Send(FromDesk::Resume {
        account: "agent-1".to_owned(),
        resumption: personal("token"),
    });
    assert_eq!(told(&mut end).last(), Some(&resume));
}

#[test]
fn a_wrong_passphrase_is_said_once_and_not_again_by_itself() {
    let now = Instant::now();
    let mut end = reached(now);
    end.handle(
        DeskEvent::SignIn(claim(Proof::Passphrase(personal("wrong")))),
        now,
    );
    told(&mut end);
    let why = SignInRefusal::WrongPassphrase;
    let refused = FromSwitch::SignInRefused { why: why.clone() };
    end.handle(DeskEvent::Line(LineEvent::Received(Ok(refused))), now);
    assert_eq!(told(&mut end), [DeskCommand::Report(Report::Refused(why))]);

    end.handle(DeskEvent::Line(LineEvent::Disconnected), now);
    let at = end.poll_timeout().unwrap();
    end.handle_timeout(at);
    end.handle(DeskEvent::Line(LineEvent::Connected), at);
    let hello = FromSwitch::Hello { version: VERSION };
    end.handle(DeskEvent::Line(LineEvent::Received(Ok(hello))), at);

    let signs_in = |it: &DeskCommand| {
        matches!(
            it,
            DeskCommand::Send(FromDesk::SignIn { .. } | FromDesk::Resume { .. })
        )
    };
    assert!(!told(&mut end).iter().any(signs_in));
}

#[test]
fn who_signs_in_while_the_switch_is_away_is_told_and_signed_in_when_it_is_back() {
    let now = Instant::now();
    let mut end = DeskEnd::new(1, now);

    end.handle(
        DeskEvent::SignIn(claim(Proof::Passphrase(personal("right")))),
        now,
    );
    assert_eq!(told(&mut end), [DeskCommand::Report(Report::Away)]);
    end.handle_timeout(now);
    end.handle(DeskEvent::Line(LineEvent::Connected), now);
    let hello = FromSwitch::Hello { version: VERSION };
    end.handle(DeskEvent::Line(LineEvent::Received(Ok(hello))), now);

    assert_eq!(told(&mut end).last(), Some(&DeskCommand::Send(sign_in())));
}

#[test]
fn who_signs_in_after_somebody_who_left_at_once_is_not_taken_for_them() {
    let now = Instant::now();
    let mut end = reached(now);
    let first = claim(Proof::Passphrase(personal("right")));
    let second = Claim {
        account: "agent-2".to_owned(),
        ..first.clone()
    };

    end.handle(DeskEvent::SignIn(first), now);
    end.handle(DeskEvent::SignOut, now);
    end.handle(DeskEvent::SignIn(second), now);
    assert_eq!(told(&mut end), [DeskCommand::Send(sign_in())]);
    let answer = FromSwitch::SignedIn(signed_in());
    end.handle(DeskEvent::Line(LineEvent::Received(Ok(answer))), now);

    let next = FromDesk::SignIn {
        account: "agent-2".to_owned(),
        passphrase: personal("right"),
    };
    assert_eq!(
        told(&mut end),
        [FromDesk::SignOut, next].map(DeskCommand::Send)
    );
}

#[test]
fn desks_do_not_all_come_back_at_once_and_wait_longer_each_time() {
    let now = Instant::now();
    let waits = |seed: u64| {
        let mut end = DeskEnd::new(seed, now);
        let mut at = now;
        let mut waits = Vec::new();
        for _ in 0..12 {
            end.handle_timeout(at);
            end.handle(DeskEvent::Line(LineEvent::Disconnected), at);
            let next = end.poll_timeout().unwrap();
            waits.push(next - at);
            at = next;
        }
        waits
    };

    let (one, other) = (waits(11), waits(1_234_567));

    assert_ne!(one, other);
    for waits in [one, other] {
        assert!(waits[0] <= Duration::from_millis(500), "{waits:?}");
        assert!(waits[11] >= Duration::from_secs(10), "{waits:?}");
        assert!(waits[11] <= Duration::from_secs(20), "{waits:?}");
    }
}

#[test]
fn a_silent_switch_is_given_up() {
    let now = Instant::now();
    let mut end = reached(now);

    let until = now + GONE_AFTER;
    while let Some(due) = end.poll_timeout().filter(|it| *it <= until) {
        end.handle_timeout(due);
        if told(&mut end).contains(&DeskCommand::Disconnect) {
            return;
        }
    }

    panic!("the switch was silent and the desk still waits");
}

#[test]
fn a_newer_switch_is_named_and_not_talked_to() {
    let now = Instant::now();
    let mut end = DeskEnd::new(1, now);
    end.handle_timeout(now);
    end.handle(DeskEvent::Line(LineEvent::Connected), now);
    told(&mut end);

    let ours = VERSION + 1;
    let hello = FromSwitch::Hello { version: ours };
    end.handle(DeskEvent::Line(LineEvent::Received(Ok(hello))), now);

    let why = Closing::Version { ours };
    let said = told(&mut end);
    assert_eq!(said[0], DeskCommand::Report(Report::Closed(why)));
    assert_eq!(said[1], DeskCommand::Disconnect);
}
