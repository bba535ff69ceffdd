//! Both machines, by table and against each other, in virtual time.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

#[path = "ends/desk.rs"]
mod desk;
#[path = "ends/kiosk.rs"]
mod kiosk;

use std::time::{Duration, Instant};

use badge::SignedBadge;
use cti::{
    Claim, Closing, Event, FrameFault, FromDesk, FromSwitch, Proof, Request, SignInRefusal,
    SignedIn, SwitchCommand, SwitchEnd, SwitchEvent, VERSION,
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
        badge: SignedBadge::new("badge"),
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
