//! What this house can do for one stream of sound.

use std::net::SocketAddr;

use super::{Codec, Direction, MasterKey};

/// What an offer or an answer of ours is made of.
#[derive(Clone, Debug)]
pub struct Abilities {
    /// Where the sound shall be sent to.
    pub address: SocketAddr,
    /// The dearest first.
    pub codecs: Vec<Codec>,
    /// Whether keys pressed are understood as packets (RFC 4733).
    pub telephone_events: bool,
    /// Milliseconds of sound in a packet.
    pub ptime_ms: u16,
    /// What we would like to do; the offer may allow less.
    pub direction: Direction,
    pub encryption: Encryption,
}

/// Whether sound goes encrypted, and with which key of ours.
///
/// Keys come from outside: this crate has no dice.
#[derive(Clone, Debug)]
pub enum Encryption {
    /// In plain alone: for lines that are encrypted otherwise.
    Never,
    /// Whatever the other end offers; offers of ours are in plain.
    Possible(MasterKey),
    /// Encrypted or not at all.
    Required(MasterKey),
}

impl Encryption {
    pub(super) fn key(&self) -> Option<&MasterKey> {
        match self {
            Self::Never => None,
            Self::Possible(key) | Self::Required(key) => Some(key),
        }
    }
}
