//! SIP as rules: what may reach the stack, what is answered, what is believed.

pub mod escape;
pub mod list;
pub mod sdp;
pub mod session_timer;
