//! A session description as a value.

use std::net::{IpAddr, SocketAddr};

use super::{CryptoAttribute, Direction, Format, Profile, TelephoneEvent};

/// Whose description this is and which edition of it, the `o=` line (RFC 8866 §5.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    pub session_id: u64,
    /// Grows by one with each description that differs (RFC 3264 §8).
    pub version: u64,
    pub address: IpAddr,
}

impl Origin {
    /// The first edition.
    pub fn first(session_id: u64, address: IpAddr) -> Self {
        Self {
            session_id,
            version: 1,
            address,
        }
    }
}

/// What one end says about the session: all of an offer or of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    pub origin: Origin,
    /// In the order of the `m=` lines, which an answer keeps (RFC 3264 §6).
    pub media: Vec<Media>,
}

/// One `m=` line and what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Media {
    Audio(Audio),
    Unknown(UnknownMedia),
}

/// A stream of sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audio {
    /// Where its writer listens; port 0 is a stream refused or taken away.
    pub address: SocketAddr,
    pub profile: Profile,
    /// The best first; codecs nobody here knows are left out.
    pub formats: Vec<Format>,
    pub telephone_events: Vec<TelephoneEvent>,
    /// Milliseconds of sound in a packet its writer would like to receive.
    pub ptime_ms: Option<u16>,
    pub direction: Direction,
    /// The best first.
    pub crypto: Vec<CryptoAttribute>,
    /// The payload types as they stood in the `m=` line, for a refusal in place.
    pub(super) listed: Vec<String>,
}

/// A stream that is no sound this house can carry. It is refused in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownMedia {
    pub(super) kind: String,
    pub(super) port: u16,
    pub(super) protocol: String,
    pub(super) formats: String,
}

impl Description {
    /// The stream of sound that is used: the first one with a port.
    pub fn audio(&self) -> Option<&Audio> {
        self.media.iter().find_map(|media| match media {
            Media::Audio(audio) if audio.address.port() != 0 => Some(audio),
            Media::Audio(_) | Media::Unknown(_) => None,
        })
    }
}

impl Audio {
    /// Whether its writer keeps the other end waiting: it does not listen, or
    /// it names no address as telephones did before RFC 3264 (§8.4).
    pub fn is_on_hold(&self) -> bool {
        !self.effective_direction().receives()
    }

    /// The direction, with `c=0.0.0.0` counted as not listening.
    pub fn effective_direction(&self) -> Direction {
        if self.address.ip().is_unspecified() {
            Direction::of(self.direction.sends(), false)
        } else {
            self.direction
        }
    }
}
