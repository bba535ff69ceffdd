//! Session timers, at the pace of a test.

use std::time::Duration;

use flows::Peer;
use signalling::{Cause, Settings};
use sip::session_timer::Policy;

use crate::{
    operator::{Operator, for_anyone},
    sipp::Sipp,
};

/// Sessions of six seconds, and of two at least.
fn hurried() -> Settings {
    Settings {
        refreshing: Policy {
            interval: Duration::from_secs(6),
            minimum: Duration::from_secs(2),
        },
        ..for_anyone()
    }
}

#[tokio::test]
async fn a_caller_that_does_not_refresh_is_hung_up_on() {
    let trial = flows::tried("lines: nobody refreshes the session", Peer::SippUdp);
    let mut operator = Operator::open_with(hurried()).await;
    let caller = Sipp::scenario("caller_never_refreshes", operator.address(), &[]);

    let (leg, offer) = operator.is_called().await;
    operator.answers(leg, &offer.unwrap());

    operator.hears_confirmed().await;
    assert_eq!(operator.hears_end().await, (leg, Cause::Expired));
    caller.succeeds().await;
    trial.saw("BYE");
}

#[tokio::test]
async fn too_short_a_session_is_refused_before_it_rings() {
    let trial = flows::tried("lines: too short a session", Peer::SippUdp);
    let mut operator = Operator::open_with(hurried()).await;
    let name = "caller_asks_for_too_short_a_session";
    let caller = Sipp::scenario(name, operator.address(), &[]);

    caller.succeeds().await;

    operator.has_nothing_left();
    trial.saw("422, Min-SE");
}

#[tokio::test]
async fn the_house_refreshes_with_what_the_telephone_takes() {
    let trial = flows::tried("lines: we refresh by UPDATE and by INVITE", Peer::SippUdp);
    for name in [
        "caller_is_refreshed_by_update",
        "caller_is_refreshed_by_invite",
    ] {
        let mut operator = Operator::open_with(hurried()).await;
        let caller = Sipp::scenario(name, operator.address(), &[]);

        let (leg, offer) = operator.is_called().await;
        operator.answers(leg, &offer.unwrap());

        operator.hears_confirmed().await;
        assert_eq!(operator.hears_end().await, (leg, Cause::HungUp), "{name}");
        caller.succeeds().await;
    }
    trial.saw("refreshed");
}
