//! Calls out of the house.

use std::net::SocketAddr;

use flows::Peer;
use privacy::Personal;
use signalling::{Call, Cause, Command, Event, LegId, Signalling, Target};
use sip::sdp::{Abilities, Direction, Offer, Origin};

use crate::{
    operator::{Operator, abilities},
    sipp::Sipp,
};

/// The house calls whoever has this address.
pub(crate) fn calls(operator: &mut Operator, telephone: SocketAddr) -> (LegId, Offer) {
    let leg = operator.lines.new_leg();
    let origin = Origin::first(leg.number(), operator.address().ip());
    let offer = Offer::of(&abilities(), origin);
    operator.does(Command::Call(Box::new(Call {
        leg,
        to: Target::Uri(Personal::new(format!("sip:2001@{telephone}"))),
        from: Personal::new("0212345678".to_owned()),
        display: Some(Personal::new("홍길동".to_owned())),
        offer: offer.clone(),
        request: Some("R-77".to_owned()),
        headers: Vec::new(),
    })));
    (leg, offer)
}

#[tokio::test]
async fn a_telephone_answers_and_the_house_hangs_up() {
    let trial = flows::tried("lines: called, and we hang up", Peer::SippUdp);
    let mut operator = Operator::open().await;
    let telephone = Sipp::built_in("uas", operator.address(), &[]);
    let (leg, _) = calls(&mut operator, telephone.address);

    let (answered, answer) = operator.hears_answer().await;
    operator.does(Command::End { leg });

    assert_eq!(answered, leg);
    assert!(answer.audio().is_some());
    assert_eq!(operator.hears_end().await, (leg, Cause::Released));
    telephone.succeeds().await;
    operator.has_nothing_left();
    trial.saw("200, BYE");
}

#[tokio::test]
async fn a_busy_telephone_refuses() {
    let trial = flows::tried("lines: called, and busy", Peer::SippUdp);
    let mut operator = Operator::open().await;
    let telephone = Sipp::scenario("called_is_busy", operator.address(), &[]);
    let (leg, _) = calls(&mut operator, telephone.address);

    let refused = operator.hears().await;

    assert!(matches!(refused, Event::Refused { leg: it, status: 486 } if it == leg));
    telephone.succeeds().await;
    operator.has_nothing_left();
    trial.saw("486");
}

#[tokio::test]
async fn a_call_is_taken_back_while_it_rings() {
    let trial = flows::tried(
        "lines: called, and taken back while it rings",
        Peer::SippUdp,
    );
    let mut operator = Operator::open().await;
    let telephone = Sipp::scenario("called_stops_ringing", operator.address(), &[]);
    let (leg, _) = calls(&mut operator, telephone.address);

    operator.hears_progress().await;
    operator.does(Command::Cancel { leg });

    assert_eq!(operator.hears_end().await, (leg, Cause::Released));
    telephone.succeeds().await;
    operator.has_nothing_left();
    trial.saw("CANCEL, 487");
}

#[tokio::test]
async fn a_call_taken_back_at_once_never_stays() {
    let mut operator = Operator::open().await;
    let telephone = Sipp::scenario("called_stops_ringing", operator.address(), &[]);
    let (leg, _) = calls(&mut operator, telephone.address);

    // Before anything was heard of it: no CANCEL may go out yet.
    operator.does(Command::End { leg });

    operator.hears_progress().await;
    assert_eq!(operator.hears_end().await, (leg, Cause::Released));
    telephone.succeeds().await;
    operator.has_nothing_left();
}

#[tokio::test]
async fn an_answer_that_crosses_the_cancel_is_hung_up() {
    let trial = flows::tried(
        "lines: called, and the answer crosses our CANCEL",
        Peer::SippUdp,
    );
    let mut operator = Operator::open().await;
    let telephone = Sipp::scenario("called_crosses_the_cancel", operator.address(), &[]);
    let (leg, _) = calls(&mut operator, telephone.address);

    operator.hears_progress().await;
    operator.does(Command::Cancel { leg });

    assert_eq!(operator.hears_end().await, (leg, Cause::Released));
    telephone.succeeds().await;
    operator.has_nothing_left();
    trial.saw("CANCEL, 200, BYE");
}

#[tokio::test]
async fn a_telephone_is_put_on_hold() {
    let trial = flows::tried("lines: called, and put on hold", Peer::SippUdp);
    let mut operator = Operator::open().await;
    let telephone = Sipp::scenario("called_is_held", operator.address(), &[]);
    let (leg, offer) = calls(&mut operator, telephone.address);
    operator.hears_answer().await;

    let hold = Abilities {
        direction: Direction::SendOnly,
        ..abilities()
    };
    let offer = Offer::following(offer.description(), &hold);
    operator.does(Command::Reoffer { leg, offer });
    let (_, answer) = operator.hears_answer().await;
    operator.does(Command::End { leg });

    assert_eq!(answer.audio().unwrap().direction, Direction::ReceiveOnly);
    assert_eq!(operator.hears_end().await, (leg, Cause::Released));
    telephone.succeeds().await;
    trial.saw("sendonly, recvonly");
}

#[tokio::test]
async fn an_account_without_a_telephone_is_unavailable() {
    let mut operator = Operator::open().await;
    let leg = operator.lines.new_leg();
    let origin = Origin::first(1, operator.address().ip());

    operator.does(Command::Call(Box::new(Call {
        leg,
        to: Target::Account("agent1".to_owned()),
        from: Personal::new("110".to_owned()),
        display: None,
        offer: Offer::of(&abilities(), origin),
        request: None,
        headers: Vec::new(),
    })));

    let refused = operator.hears().await;
    assert!(matches!(refused, Event::Refused { leg: it, status: 480 } if it == leg));
}
