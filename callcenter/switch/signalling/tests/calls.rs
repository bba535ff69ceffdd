//! Calls by telephones nobody here wrote (SIPp), over real sockets.

#![allow(clippy::unwrap_used)]

#[path = "calls/calling.rs"]
mod calling;
#[path = "calls/operator.rs"]
mod operator;
#[path = "calls/receiving.rs"]
mod receiving;
#[path = "calls/refreshing.rs"]
mod refreshing;
#[path = "calls/registering.rs"]
mod registering;
#[path = "calls/sipp.rs"]
mod sipp;
