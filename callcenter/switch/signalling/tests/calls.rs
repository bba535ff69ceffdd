//! Calls by telephones nobody here wrote (SIPp), over real sockets.

#![allow(clippy::unwrap_used)]

#[path = "calls/calling.rs"]
mod calling;
#[path = "calls/door.rs"]
mod door;
#[path = "calls/early.rs"]
mod early;
#[path = "calls/operator.rs"]
mod operator;
#[path = "calls/ordering.rs"]
mod ordering;
#[path = "calls/racing.rs"]
mod racing;
#[path = "calls/receiving.rs"]
mod receiving;
#[path = "calls/refreshing.rs"]
mod refreshing;
#[path = "calls/registering.rs"]
mod registering;
#[path = "calls/secure.rs"]
mod secure;
#[path = "calls/sipp.rs"]
mod sipp;
#[path = "calls/telephone.rs"]
mod telephone;
#[path = "calls/transferring.rs"]
mod transferring;
#[path = "calls/user_agent.rs"]
mod user_agent;
