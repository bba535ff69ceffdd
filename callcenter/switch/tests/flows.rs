//! Every flow of a call through the real switch, by telephones nobody here wrote.
//!
//! `make call-test` plays them and prints the table. After each the switch is asked
//! what is left of it: no caller, offer, talk, leg, line or port.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

#[path = "flows/abandoning.rs"]
mod abandoning;
#[path = "flows/agents.rs"]
mod agents;
#[path = "../sip/tests/torture/cases.rs"]
#[allow(dead_code, reason = "the screen's own tests look more closely")]
mod cases;
#[path = "calls/center.rs"]
#[allow(dead_code, reason = "other stories furnish it with desks")]
mod center;
#[path = "flows/crowds.rs"]
mod crowds;
#[path = "flows/early.rs"]
mod early;
#[path = "flows/holding.rs"]
mod holding;
#[path = "flows/house.rs"]
mod house;
#[path = "flows/losing.rs"]
mod losing;
#[path = "../sip/tests/torture/messages.rs"]
#[allow(dead_code, reason = "the screen's own tests write more of them")]
mod messages;
#[path = "flows/opening.rs"]
mod opening;
#[path = "flows/recorded.rs"]
mod recorded;
#[path = "flows/refusing.rs"]
mod refusing;
#[path = "flows/scenario.rs"]
mod scenario;
#[path = "calls/sipp.rs"]
#[allow(dead_code, reason = "other stories call with more of it")]
mod sipp;
#[path = "flows/sound.rs"]
mod sound;
#[path = "flows/surveying.rs"]
mod surveying;
#[path = "../signalling/tests/calls/telephone.rs"]
#[allow(dead_code, reason = "other stories are more talkative")]
mod telephone;
#[path = "flows/timers.rs"]
mod timers;
#[path = "flows/torture.rs"]
mod torture;
#[path = "flows/transferring.rs"]
mod transferring;
#[path = "flows/transports.rs"]
mod transports;
