//! RTP and RTCP (RFC 3550): packets, numbers that wrap, and what they tell of a line.

mod jitter;
mod outgoing;
mod packet;
mod reception;
mod report;
mod sequence;

pub use jitter::{Inserted, JitterBuffer, Taken};
pub use outgoing::OutgoingStream;
pub(crate) use packet::payload_offset;
pub use packet::{Header, NotRtp, Packet, is_rtcp};
pub use reception::Reception;
pub use report::{Block, NotRtcp, Report, SenderInfo, ntp_middle};
pub use sequence::{Arrival, SequenceTracker};
