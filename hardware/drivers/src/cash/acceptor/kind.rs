//! What distinguishes the two kinds of acceptors on the wire.

use crate::cash::cctalk::header;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cash) enum Kind {
    Coins,
    Notes,
}

impl Kind {
    /// Part 2, header 245.
    pub(super) fn category(self) -> &'static [u8] {
        match self {
            Kind::Coins => b"Coin Acceptor",
            Kind::Notes => b"Bill Validator",
        }
    }

    pub(super) fn id_header(self) -> u8 {
        match self {
            Kind::Coins => header::REQUEST_COIN_ID,
            Kind::Notes => header::REQUEST_BILL_ID,
        }
    }

    pub(super) fn events_header(self) -> u8 {
        match self {
            Kind::Coins => header::READ_CREDIT,
            Kind::Notes => header::READ_BILL_EVENTS,
        }
    }
}
