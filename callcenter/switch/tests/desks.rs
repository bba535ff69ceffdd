//! Agents' desks at the real switch: over TLS, with telephones nobody here wrote.

#![allow(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test that cannot set itself up has failed; a story looks for one thing among many"
)]

#[path = "calls/center.rs"]
#[expect(dead_code, reason = "other stories open it without desks")]
mod center;
#[path = "desks/desk.rs"]
mod desk;
#[path = "desks/judging.rs"]
mod judging;
#[path = "desks/kiosk.rs"]
mod kiosk;
#[path = "desks/office.rs"]
mod office;
#[path = "calls/sipp.rs"]
#[expect(dead_code, reason = "other stories play what is written")]
mod sipp;
#[path = "desks/together.rs"]
mod together;

use badge::Role;
use cti::{
    AgentState, Closing, Event, FRAME_MAX, FromDesk, Request, RequestRefusal, RequestedState,
    SignInRefusal, Talk, TalkState, VERSION,
};
use desk::DeskLine;
use distributor::BreakReason;
use figures::Share;
use office::Office;
use sipp::{Sipp, free_port};

/// The agent is in a talk that goes like this.
fn talk(state: TalkState) -> impl Fn(&Event) -> Option<Talk> {
    move |event| match event {
        Event::Talking { talk } if talk.state == state => Some((**talk).clone()),
        _ => None,
    }
}

fn state(wanted: AgentState) -> impl Fn(&Event) -> Option<()> {
    move |event| {
        let state = matches!(event, Event::AgentState { state } if *state == wanted);
        state.then_some(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_taken_at_a_desk_and_found_again_after_its_line_broke() {
    let office = Office::open([21_500, 21_599]);
    let (switch, desks) = (office.center.address, office.center.desks.unwrap());
    let own = office.credentials.path().join("desk-1");
    let mut desk = DeskLine::greets(desks, &own).await;
    let signed_in = desk.signs_in("agent-3").await;
    office.is_badge_of(&signed_in.badge, "agent-3", Role::Agent, "desk-1");
    let telephone = signed_in.telephone.unwrap();
    assert_eq!(telephone.uri, format!("sip:agent-3@{switch}"));
    let offices = desk
        .is_told(|event| match event {
            Event::Directory(directory) => Some(directory.offices.clone()),
            _ => None,
        })
        .await;
    assert_eq!(offices[0].name, "나래구 세무과");
    let port = free_port();
    let password = telephone.password.reveal().clone();
    let registering = move || Sipp::registering(switch, port, "agent-3", &password);
    let register = registering.clone();
    tokio::task::spawn_blocking(move || register().succeeds())
        .await
        .unwrap();
    desk.is_told(|it| (*it == Event::Registered { registered: true }).then_some(()))
        .await;
    desk.asks(Request::SetAgentState {
        state: RequestedState::Ready,
    })
    .await;
    desk.is_told(state(AgentState::Ready)).await;

    let agent = Sipp::agent("agent_answers", switch, port);
    let caller = Sipp::calls(switch, 8_000);
    let call = desk
        .is_told(|event| match event {
            Event::Delivered { call } => Some((**call).clone()),
            _ => None,
        })
        .await;
    assert_eq!(
        (call.queue.as_str(), call.language.as_str()),
        ("general", "ko")
    );
    desk.is_told(talk(TalkState::Established)).await;
    desk.asks(Request::HoldCall).await;
    desk.is_told(talk(TalkState::Held)).await;
    drop(desk);

    let mut desk = DeskLine::greets(desks, &own).await;
    desk.says(&FromDesk::Resume {
        account: "agent-3".to_owned(),
        resumption: signed_in.resumption.clone(),
    })
    .await;
    let again = desk.is_signed_in().await;
    assert_eq!(again.telephone.unwrap().password, telephone.password);
    let found = desk.is_told(talk(TalkState::Held)).await;
    assert_eq!(found.call.call, call.call);
    desk.asks(Request::HoldCall).await;
    let refused = desk
        .is_told(|event| match event {
            Event::RequestRefused { why } => Some(*why),
            _ => None,
        })
        .await;
    assert_eq!(refused, RequestRefusal::NotNow);
    desk.asks(Request::RetrieveCall).await;
    desk.is_told(talk(TalkState::Established)).await;
    tokio::task::spawn_blocking(move || caller.succeeds())
        .await
        .unwrap();
    desk.is_told(|it| (*it == Event::ConnectionCleared).then_some(()))
        .await;
    agent.succeeds();
    desk.says(&FromDesk::SignOut).await;
    desk.tries("agent-3", "not the blue kite").await;
    assert_eq!(desk.is_refused().await, SignInRefusal::WrongPassphrase);
    tokio::task::spawn_blocking(move || registering().fails())
        .await
        .unwrap();

    let log = office.center.log();
    assert!(!log.contains(telephone.password.reveal()), "{log}");
    let facts = office.center.closed();
    assert!(facts.of(1).contains(&"bridged".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_not_an_agent_at_a_desk_of_the_center_does_not_get_in() {
    let office = Office::open([21_600, 21_699]);
    let desks = office.center.desks.unwrap();
    let credentials = |station: &str| office.credentials.path().join(station);

    let mut kiosk = DeskLine::connect(desks, &credentials("kiosk-1")).await;
    assert_eq!(kiosk.hears().await, None);

    let mut guesser = DeskLine::greets(desks, &credentials("desk-1")).await;
    guesser.tries("nobody", "blue kite over narae").await;
    assert_eq!(guesser.is_refused().await, SignInRefusal::Unknown);
    for _ in 0..5 {
        guesser.tries("supervisor", "green kite").await;
        assert_eq!(guesser.is_refused().await, SignInRefusal::WrongPassphrase);
    }
    guesser.tries("supervisor", office::PASSPHRASE).await;
    assert!(matches!(
        guesser.is_refused().await,
        SignInRefusal::LockedOut { seconds: 1..=31 }
    ));

    let mut first = DeskLine::greets(desks, &credentials("desk-1")).await;
    first.signs_in("agent-3").await;
    let mut second = DeskLine::greets(desks, &credentials("desk-2")).await;
    second.tries("agent-3", office::PASSPHRASE).await;
    let station = "desk-1".to_owned();
    assert_eq!(
        second.is_refused().await,
        SignInRefusal::SignedInElsewhere { station }
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn rude_desks_are_told_why_and_closed_and_others_are_served() {
    let office = Office::open([21_700, 21_799]);
    let desks = office.center.desks.unwrap();
    let own = office.credentials.path().join("desk-1");
    let beats = |count| {
        let beat = cti::frame::write(&FromDesk::Heartbeat { number: 1 }).unwrap();
        beat.repeat(count)
    };
    let old = cti::frame::write(&FromDesk::Hello { version: 0 }).unwrap();
    let cases = [
        (
            "an old version",
            false,
            old,
            Closing::Version { ours: VERSION },
        ),
        ("no hello", false, beats(1), Closing::OutOfPlace),
        (
            "garbage",
            true,
            b"INVITE sip:110 SIP/2.0\r\n".to_vec(),
            Closing::Malformed,
        ),
        ("no end", true, vec![b'{'; 2 * FRAME_MAX], Closing::TooLong),
        ("a flood", true, beats(5_000), Closing::Flooding),
    ];

    for (what, greeted, octets, why) in cases {
        let mut rude = match greeted {
            true => DeskLine::greets(desks, &own).await,
            false => DeskLine::connect(desks, &own).await,
        };
        // What is left may find the line closed.
        let _ = rude.sends(&octets).await;
        assert_eq!(rude.is_closed().await, why, "{what}");
    }

    let mut honest = DeskLine::greets(desks, &own).await;
    let signed_in = honest.signs_in("supervisor").await;
    assert!(signed_in.supervisor);
    office.is_badge_of(&signed_in.badge, "supervisor", Role::Supervisor, "desk-1");
    let board = honest
        .is_told(|event| match event {
            Event::Board { board } => Some(board.clone()),
            _ => None,
        })
        .await;
    assert_eq!(board.queues[0].queue.0, "general");
    assert_eq!(board.queues[0].within_seconds, 20);
    assert_eq!(board.target, Some(Share(800)));
    let reason = BreakReason::Asked("signing-in".to_owned());
    assert_eq!(board.agents[0].reason, Some(reason));
}
