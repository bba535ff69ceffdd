//! Calls into the house.

use std::time::Duration;

use flows::Peer;
use signalling::{Cause, Command, Event};
use sip::sdp::{Answer, Direction, Offer, Origin};

use crate::{
    operator::{Operator, abilities},
    sipp::Sipp,
};

#[tokio::test]
async fn a_call_is_answered_and_the_caller_hangs_up() {
    let trial = flows::tried("lines: answered, the caller hangs up", Peer::SippUdp);
    let mut operator = Operator::open().await;
    let caller = Sipp::built_in("uac", operator.address(), &[]);

    let (leg, offer) = operator.is_called().await;
    operator.answers(leg, &offer.unwrap());

    assert_eq!(operator.hears_confirmed().await, leg);
    assert_eq!(operator.hears_end().await, (leg, Cause::HungUp));
    caller.succeeds().await;
    operator.has_nothing_left();
    trial.saw("200, BYE");
}

#[tokio::test]
async fn a_call_over_tcp_is_answered_and_the_caller_hangs_up() {
    let trial = flows::tried("lines: answered, the caller hangs up", Peer::SippTcp);
    let mut operator = Operator::open().await;
    let address = operator.lines.tcp_address().unwrap();
    let caller = Sipp::built_in("uac", address, &["-t", "t1"]);

    let (leg, offer) = operator.is_called().await;
    operator.answers(leg, &offer.unwrap());

    assert_eq!(operator.hears_confirmed().await, leg);
    assert_eq!(operator.hears_end().await, (leg, Cause::HungUp));
    caller.succeeds().await;
    operator.has_nothing_left();
    trial.saw("200, BYE");
}

#[tokio::test]
async fn a_hundred_calls_are_a_hundred_legs() {
    let trial = flows::tried("lines: a hundred calls", Peer::SippUdp);
    let mut operator = Operator::open().await;
    let many = ["-m", "100", "-r", "50"];
    let caller = Sipp::built_in("uac", operator.address(), &many);

    let mut ended = std::collections::BTreeSet::new();
    while ended.len() < 100 {
        let event = operator.hears().await;
        if let Event::Called { leg, offer, .. } = event {
            operator.answers(leg, &offer.unwrap());
        } else if let Event::Ended { leg, why } = event {
            assert_eq!(why, Cause::HungUp);
            assert!(ended.insert(leg), "{leg} ended twice");
        } else {
            assert!(matches!(event, Event::Confirmed { .. }), "{event:?}");
        }
    }

    caller.succeeds().await;
    operator.has_nothing_left();
    trial.saw("100 legs, none left");
}

#[tokio::test]
async fn who_gives_up_while_it_rings_is_gone_once() {
    let trial = flows::tried("lines: the caller gives up while it rings", Peer::SippUdp);
    let mut operator = Operator::open().await;
    let caller = Sipp::scenario("caller_gives_up", operator.address(), &[]);

    let (leg, _) = operator.is_called().await;
    operator.does(Command::Queue { leg });
    operator.does(Command::Ring { leg });

    assert_eq!(operator.hears_end().await, (leg, Cause::GaveUp));
    caller.succeeds().await;
    operator.has_nothing_left();
    trial.saw("182, 180, 487");
}

#[tokio::test]
async fn a_refused_caller_is_told_when_to_try_again() {
    let trial = flows::tried("lines: refused, and told when to try again", Peer::SippUdp);
    let mut operator = Operator::open().await;
    let caller = Sipp::scenario("caller_is_refused", operator.address(), &[]);

    let (leg, _) = operator.is_called().await;
    operator.does(Command::Refuse {
        leg,
        status: 486,
        retry_after: Some(Duration::from_secs(30)),
    });

    let why = Cause::Declined { status: 486 };
    assert_eq!(operator.hears_end().await, (leg, why));
    caller.succeeds().await;
    trial.saw("486, Retry-After");
}

#[tokio::test]
async fn a_caller_without_an_offer_is_made_one() {
    let trial = flows::tried("lines: a call without an offer", Peer::SippUdp);
    let mut operator = Operator::open().await;
    let caller = Sipp::scenario("caller_without_offer", operator.address(), &[]);

    let (leg, offer) = operator.is_called().await;
    assert_eq!(offer, None);
    let origin = Origin::first(7, operator.address().ip());
    let offer = Offer::of(&abilities(), origin);
    operator.does(Command::AnswerWithOffer { leg, offer });

    assert_eq!(operator.hears_confirmed().await, leg);
    let (answered, answer) = operator.hears_answer().await;
    assert_eq!(answered, leg);
    assert!(answer.audio().is_some());
    operator.does(Command::End { leg });
    assert_eq!(operator.hears_end().await, (leg, Cause::Released));
    caller.succeeds().await;
    trial.saw("offer in 200, answer in ACK");
}

#[tokio::test]
async fn the_house_hangs_up() {
    let mut operator = Operator::open().await;
    let caller = Sipp::scenario("caller_is_hung_up_on", operator.address(), &[]);

    let (leg, offer) = operator.is_called().await;
    operator.answers(leg, &offer.unwrap());
    // Before the ACK has come: the BYE waits for it.
    operator.does(Command::End { leg });

    assert_eq!(operator.hears_confirmed().await, leg);
    assert_eq!(operator.hears_end().await, (leg, Cause::Released));
    caller.succeeds().await;
    operator.has_nothing_left();
}

#[tokio::test]
async fn orders_that_contradict_each_other_end_a_leg_once() {
    let mut operator = Operator::open().await;
    let caller = Sipp::scenario("caller_is_hung_up_on", operator.address(), &[]);
    let (leg, offer) = operator.is_called().await;
    let offer = offer.unwrap();

    operator.answers(leg, &offer);
    operator.does(Command::Refuse {
        leg,
        status: 486,
        retry_after: None,
    });
    operator.answers(leg, &offer);
    operator.does(Command::Cancel { leg });
    operator.does(Command::RefuseReoffer { leg, status: 488 });
    operator.does(Command::TransferDone { leg });
    for _ in 0..3 {
        operator.does(Command::End { leg });
    }

    assert_eq!(operator.hears_confirmed().await, leg);
    assert_eq!(operator.hears_end().await, (leg, Cause::Released));
    operator.does(Command::End { leg });
    caller.succeeds().await;
    operator.has_nothing_left();
}

#[tokio::test]
async fn a_caller_holds_and_comes_back() {
    let trial = flows::tried("lines: the caller holds and comes back", Peer::SippUdp);
    let mut operator = Operator::open().await;
    let caller = Sipp::scenario("caller_holds", operator.address(), &[]);
    let (leg, offer) = operator.is_called().await;
    let mut last = operator.answers(leg, &offer.unwrap());
    operator.hears_confirmed().await;

    for (held, direction) in [
        (true, Direction::ReceiveOnly),
        (false, Direction::SendReceive),
    ] {
        let offer = operator.hears_reoffer().await;
        assert_eq!(offer.audio().unwrap().is_on_hold(), held);
        let answer = Answer::following(&offer, &abilities(), last.description()).unwrap();
        assert_eq!(answer.audio().unwrap().direction, direction);
        last = answer.clone();
        operator.does(Command::AnswerReoffer { leg, answer });
    }

    assert_eq!(operator.hears_end().await, (leg, Cause::HungUp));
    caller.succeeds().await;
    trial.saw("recvonly, sendrecv");
}

#[tokio::test]
async fn a_repeated_invite_is_one_call() {
    let trial = flows::tried("lines: the INVITE comes twice", Peer::SippUdp);
    let mut operator = Operator::open().await;
    let caller = Sipp::scenario("caller_repeats_the_invite", operator.address(), &[]);

    let (leg, offer) = operator.is_called().await;
    operator.does(Command::Ring { leg });
    operator.answers(leg, &offer.unwrap());

    assert_eq!(operator.hears_confirmed().await, leg);
    assert_eq!(operator.hears_end().await, (leg, Cause::HungUp));
    caller.succeeds().await;
    operator.has_nothing_left();
    trial.saw("one leg");
}

#[tokio::test]
async fn an_answer_that_is_never_acknowledged_is_taken_back() {
    let trial = flows::tried("lines: the ACK never comes", Peer::SippUdp);
    let mut operator = Operator::open().await;
    let caller = Sipp::scenario("caller_loses_the_ack", operator.address(), &[]);

    let (leg, offer) = operator.is_called().await;
    operator.answers(leg, &offer.unwrap());

    assert_eq!(operator.hears_end().await, (leg, Cause::Unacknowledged));
    caller.succeeds().await;
    operator.has_nothing_left();
    trial.saw("BYE");
}

#[tokio::test]
async fn keys_are_heard_and_requests_out_of_order_are_not() {
    let trial = flows::tried("lines: keys as INFO, requests out of order", Peer::SippUdp);
    let mut operator = Operator::open().await;
    let caller = Sipp::scenario("caller_presses_keys", operator.address(), &[]);
    let (leg, offer) = operator.is_called().await;
    operator.answers(leg, &offer.unwrap());
    operator.hears_confirmed().await;

    let pressed = operator.hears().await;
    let Event::Digit { digit, .. } = pressed else {
        panic!("{pressed:?}");
    };

    assert_eq!(*digit.reveal(), '5');
    assert_eq!(operator.hears_end().await, (leg, Cause::HungUp));
    caller.succeeds().await;
    trial.saw("5 heard, then 500");
}

#[tokio::test]
async fn a_transfer_is_asked_for_and_its_outcome_told() {
    let trial = flows::tried("lines: a transfer and its outcome", Peer::SippUdp);
    let mut operator = Operator::open().await;
    let caller = Sipp::scenario("caller_transfers", operator.address(), &[]);
    let (leg, offer) = operator.is_called().await;
    operator.answers(leg, &offer.unwrap());
    operator.hears_confirmed().await;

    let asked = operator.hears().await;
    let Event::TransferAsked { to, replaces, .. } = asked else {
        panic!("{asked:?}");
    };
    operator.does(Command::TransferDone { leg });

    assert_eq!(to.reveal(), "2001");
    assert_eq!(replaces, None);
    assert_eq!(operator.hears_end().await, (leg, Cause::HungUp));
    caller.succeeds().await;
    trial.saw("202, NOTIFY 100 and 200");
}
