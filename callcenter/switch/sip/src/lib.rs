//! SIP as rules: what may reach the stack, what is answered, what is believed.
//!
//! - [`screen`] and [`framing`] judge what comes in, byte for byte, before a
//!   stack reads it.
//! - [`admission`] and [`digest`] say who is let in.
//! - [`registrar`] knows where telephones are, [`session_timer`] when a call
//!   without an end is over.
//! - [`sdp`] is what the two ends of a call agree on.
//!
//! Nothing here has a clock, dice or a socket.

pub mod admission;
pub mod digest;
pub mod escape;
pub mod framing;
pub mod list;
pub mod registrar;
pub mod screen;
pub mod sdp;
pub mod session_timer;
