//! The telephones at the other end of a flow.

use std::fmt;

/// Who drives a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Peer {
    SippUdp,
    SippTcp,
    Baresip,
    /// A telephone of the tests that says what it is told to, octet for octet, over
    /// UDP: for what a telephone in its right mind does not do.
    Octets,
    /// The same over TLS.
    OctetsTls,
}

impl Peer {
    pub const ALL: [Peer; 5] = [
        Peer::SippUdp,
        Peer::SippTcp,
        Peer::Baresip,
        Peer::Octets,
        Peer::OctetsTls,
    ];

    /// Its name in reports and above its column.
    pub fn name(self) -> &'static str {
        match self {
            Peer::SippUdp => "SIPp/UDP",
            Peer::SippTcp => "SIPp/TCP",
            Peer::Baresip => "baresip",
            Peer::Octets => "octets/UDP",
            Peer::OctetsTls => "octets/TLS",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

impl fmt::Display for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
