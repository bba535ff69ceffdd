//! What is heard in a call: RTP in and out, mixing, digits, prompts, recording.

pub mod bridge;
pub mod codec;
pub mod digits;
pub mod local;
pub mod mixing;
pub mod plane;
pub mod prompt;
pub mod recording;
pub mod rtp;
pub mod srtp;
