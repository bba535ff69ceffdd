//! Sound that nobody on the way can hear or alter: SRTP with keys from the session
//! description (RFC 3711, RFC 4568).

mod cipher;
mod inbound;
mod keys;
mod outbound;
mod replay;

pub use inbound::InboundSrtp;
pub use keys::{BadKey, MasterKey, SrtpKeys, Suite};
pub use outbound::OutboundSrtp;

/// Why a protected packet was not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotBelieved {
    #[error("a protected packet is cut short or no RTP")]
    Malformed,
    #[error("a protected packet was not written by who has the key")]
    Forged,
    #[error("a protected packet came once more")]
    Replayed,
}
