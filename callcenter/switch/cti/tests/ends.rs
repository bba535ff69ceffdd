//! Both machines, by table and against each other, in virtual time.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use std::time::{Duration, Instant};

use cti::{
    Claim, Closing, DeskCommand, DeskEnd, DeskEvent, Event, FrameFault, FromDesk, FromSwitch,
    GONE_AFTER, Proof, Report, Request, SignInRefusal, SignedIn, SwitchCommand, SwitchEnd,
    SwitchEvent, VERSION,
};
use privacy::Personal;

fn personal(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}

fn claim(proof: Proof) -> Claim {
    let account = "agent-1".to_owned();
    Claim { account, proof }
}

fn signed_in() -> Box<SignedIn> {
    Box::new(SignedIn {
        agent: 1,
        account: "agent-1".to_owned(),
        supervisor: false,
        resumption: personal("token"),
        telephone: None,
    })
}

fn sign_in() -> FromDesk {
    FromDesk::SignIn {
        account: "agent-1".to_owned(),
        passphrase: personal("right"),
    }
}

fn ordered(end: &mut SwitchEnd) -> Vec<SwitchCommand> {
    std::iter::from_fn(|| end.poll_command()).collect()
}

/// A switch's end that has been greeted.
fn greeted(now: Instant) -> SwitchEnd {
    let mut end = SwitchEnd::new(now);
    let hello = FromDesk::Hello { version: VERSION };
    end.handle(SwitchEvent::Received(Ok(hello)), now);
    assert_eq!(ordered(&mut end).len(), 1);
    end
}

fn at_work(now: Instant) -> SwitchEnd {
    let mut end = greeted(now);
    end.handle(SwitchEvent::Received(Ok(sign_in())), now);
    end.handle(SwitchEvent::SignInAnswered(Ok(signed_in())), now);
    ordered(&mut end);
    end
}

#[test]
fn what_does_not_belong_closes_the_line_and_says_why() {
    type Start = fn(Instant) -> SwitchEnd;
    let now = Instant::now();
    let hello = |version| Ok(FromDesk::Hello { version });
    let cases: [(Start, Result<FromDesk, FrameFault>, Closing); 9] = [
        (SwitchEnd::new, hello(0), Closing::Version { ours: VERSION }),
        (
            SwitchEnd::new,
            hello(VERSION + 1),
            Closing::Version { ours: VERSION },
        ),
        (SwitchEnd::new, Ok(sign_in()), Closing::OutOfPlace),
        (
            SwitchEnd::new,
            Ok(FromDesk::Heartbeat { number: 1 }),
            Closing::OutOfPlace,
        ),
        (greeted, hello(VERSION), Closing::OutOfPlace),
        (at_work, Ok(sign_in()), Closing::OutOfPlace),
        (
            at_work,
            Ok(FromDesk::Resume {
                account: "agent-2".to_owned(),
                resumption: personal("token"),
            }),
            Closing::OutOfPlace,
        ),
        (
            greeted,
            Err(FrameFault::Malformed { column: 4 }),
            Closing::Malformed,
        ),
        (at_work, Err(FrameFault::TooLong), Closing::TooLong),
    ];

    for (start, frame, why) in cases {
        let mut end = start(now);
        ordered(&mut end);
        let told = format!("{frame:?}");
        end.handle(SwitchEvent::Received(frame), now);

        let said = SwitchCommand::Send(FromSwitch::Closing { why });
        assert_eq!(
            ordered(&mut end),
            [said, SwitchCommand::Close(why)],
            "{told}"
        );
        assert_eq!(end.poll_timeout(), None);
        end.handle(SwitchEvent::Received(Ok(sign_in())), now);
        assert_eq!(ordered(&mut end), []);
    }
}

#[test]
fn a_desk_asks_for_nothing_before_it_has_signed_in() {
    let now = Instant::now();
    let mut end = greeted(now);

    end.handle(
        SwitchEvent::Received(Ok(FromDesk::Request(Request::HoldCall))),
        now,
    );
    let event = Event::Registered { registered: true };
    end.handle(SwitchEvent::Show(event), now);

    assert_eq!(ordered(&mut end), []);
}

#[test]
fn a_wrong_passphrase_may_be_said_again_and_a_right_one_lets_in() {
    let now = Instant::now();
    let mut end = greeted(now);

    end.handle(SwitchEvent::Received(Ok(sign_in())), now);
    let asked = claim(Proof::Passphrase(personal("right")));
    assert_eq!(ordered(&mut end), [SwitchCommand::SignIn(asked)]);
    let why = SignInRefusal::WrongPassphrase;
    end.handle(SwitchEvent::SignInAnswered(Err(why.clone())), now);
    assert_eq!(
        ordered(&mut end),
        [SwitchCommand::Send(FromSwitch::SignInRefused { why })]
    );
    end.handle(SwitchEvent::Received(Ok(sign_in())), now);
    ordered(&mut end);
    end.handle(SwitchEvent::SignInAnswered(Ok(signed_in())), now);
    assert_eq!(
        ordered(&mut end),
        [SwitchCommand::Send(FromSwitch::SignedIn(signed_in()))]
    );
    end.handle(
        SwitchEvent::Received(Ok(FromDesk::Request(Request::HoldCall))),
        now,
    );

    assert_eq!(ordered(&mut end), [SwitchCommand::Ask(Request::HoldCall)]);
}

#[test]
fn who_floods_is_closed_and_who_works_fast_is_not() {
    let now = Instant::now();
    let mut fast = at_work(now);
    for tick in 0..200 {
        let at = now + Duration::from_millis(100) * tick;
        let frame = FromDesk::Request(Request::HoldCall);
        fast.handle(SwitchEvent::Received(Ok(frame)), at);
    }
    assert!(
        ordered(&mut fast)
            .iter()
            .all(|it| matches!(it, SwitchCommand::Ask(_)))
    );

    let mut flooded = at_work(now);
    for number in 0..1_000 {
        let frame = FromDesk::Heartbeat { number };
        flooded.handle(SwitchEvent::Received(Ok(frame)), now);
    }

    let said = ordered(&mut flooded);
    assert_eq!(said.last(), Some(&SwitchCommand::Close(Closing::Flooding)));
    assert!(said.len() < 100, "{} orders for a flood", said.len());
}

/// Lets time pass at one end; what it says in it.
fn passes(end: &mut SwitchEnd, until: Instant) -> Vec<SwitchCommand> {
    while let Some(due) = end.poll_timeout().filter(|it| *it <= until) {
        end.handle_timeout(due);
    }
    ordered(end)
}

#[test]
fn a_line_that_says_nothing_first_is_closed() {
    let now = Instant::now();
    let mut end = SwitchEnd::new(now);
    ordered(&mut end);

    let said = passes(&mut end, now + Duration::from_secs(6));

    assert_eq!(said.last(), Some(&SwitchCommand::Close(Closing::Silent)));
}

#[test]
fn a_desk_that_sends_but_does_not_read_is_gone_all_the_same() {
    let now = Instant::now();
    let mut end = at_work(now);

    let mut said = Vec::new();
    for second in 1..=20 {
        let at = now + Duration::from_secs(second);
        let number = second;
        end.handle(
            SwitchEvent::Received(Ok(FromDesk::Heartbeat { number })),
            at,
        );
        said.extend(passes(&mut end, at));
    }

    let closed = SwitchCommand::Close(Closing::Silent);
    assert!(said.contains(&closed));
}

#[test]
fn who_answers_beats_that_were_never_sent_is_gone_all_the_same() {
    let now = Instant::now();
    let mut end = at_work(now);

    let mut said = Vec::new();
    for second in 1..=20 {
        let at = now + Duration::from_secs(second);
        let number = 1_000 + second;
        let heard = FromDesk::HeartbeatHeard { number };
        end.handle(SwitchEvent::Received(Ok(heard)), at);
        said.extend(passes(&mut end, at));
    }

    assert!(said.contains(&SwitchCommand::Close(Closing::Silent)));
}

#[test]
fn a_desk_that_answers_every_beat_stays() {
    let now = Instant::now();
    let mut end = at_work(now);

    for second in 1..=600 {
        let at = now + Duration::from_secs(second);
        for said in passes(&mut end, at) {
            if let SwitchCommand::Send(FromSwitch::Heartbeat { number }) = said {
                let heard = FromDesk::HeartbeatHeard { number };
                end.handle(SwitchEvent::Received(Ok(heard)), at);
            }
        }
    }

    assert!(end.poll_timeout().is_some());
}

fn told(end: &mut DeskEnd) -> Vec<DeskCommand> {
    std::iter::from_fn(|| end.poll_command()).collect()
}

/// A desk's end that is connected and greeted.
fn reached(now: Instant) -> DeskEnd {
    let mut end = DeskEnd::new(1, now);
    end.handle_timeout(now);
    assert_eq!(told(&mut end), [DeskCommand::Connect]);
    end.handle(DeskEvent::Connected, now);
    let hello = FromSwitch::Hello { version: VERSION };
    end.handle(DeskEvent::Received(Ok(hello)), now);
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
    end.handle(DeskEvent::Received(Ok(answer)), now);
    told(&mut end);

    end.handle(DeskEvent::Disconnected, now);
    assert_eq!(told(&mut end), [DeskCommand::Report(Report::Away)]);
    let at = end.poll_timeout().unwrap();
    end.handle_timeout(at);
    end.handle(DeskEvent::Connected, at);
    let hello = FromSwitch::Hello { version: VERSION };
    end.handle(DeskEvent::Received(Ok(hello)), at);

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
    end.handle(DeskEvent::Received(Ok(refused)), now);
    assert_eq!(told(&mut end), [DeskCommand::Report(Report::Refused(why))]);

    end.handle(DeskEvent::Disconnected, now);
    let at = end.poll_timeout().unwrap();
    end.handle_timeout(at);
    end.handle(DeskEvent::Connected, at);
    let hello = FromSwitch::Hello { version: VERSION };
    end.handle(DeskEvent::Received(Ok(hello)), at);

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
    end.handle(DeskEvent::Connected, now);
    let hello = FromSwitch::Hello { version: VERSION };
    end.handle(DeskEvent::Received(Ok(hello)), now);

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
    end.handle(DeskEvent::Received(Ok(answer)), now);

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
            end.handle(DeskEvent::Disconnected, at);
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
    end.handle(DeskEvent::Connected, now);
    told(&mut end);

    let ours = VERSION + 1;
    let hello = FromSwitch::Hello { version: ours };
    end.handle(DeskEvent::Received(Ok(hello)), now);

    let why = Closing::Version { ours };
    let said = told(&mut end);
    assert_eq!(said[0], DeskCommand::Report(Report::Closed(why)));
    assert_eq!(said[1], DeskCommand::Disconnect);
}
