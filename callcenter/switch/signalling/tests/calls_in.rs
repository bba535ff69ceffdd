//! Calls into the house, by SIPp.

#![allow(clippy::unwrap_used)]

#[path = "calls/operator.rs"]
mod operator;
#[path = "calls/sipp.rs"]
mod sipp;

use operator::Operator;
use signalling::{Cause, Event};
use sipp::Sipp;

#[tokio::test]
async fn a_call_is_answered_and_the_caller_hangs_up() {
    let mut operator = Operator::open().await;
    let caller = Sipp::built_in("uac", operator.address(), &[]);

    let (leg, offer) = operator.is_called().await;
    operator.answers(leg, &offer.unwrap());

    assert!(matches!(operator.hears().await, Event::Confirmed { leg: it } if it == leg));
    let ended = operator.hears().await;
    assert!(matches!(ended, Event::Ended { leg: it, why: Cause::HungUp } if it == leg));
    caller.succeeds().await;
    assert_eq!(operator.lines.legs(), 0);
}
