//! What happened on the lines.

use std::net::SocketAddr;

use privacy::Personal;
use sip::sdp::{Answer, Offer};

use crate::LegId;

/// What the lines tell. Every leg ends in exactly one [`Event::Ended`] or
/// [`Event::Refused`], and nothing is told of it afterwards.
#[derive(Clone, Debug)]
pub enum Event {
    /// Somebody calls. The leg waits for [`crate::Command::Answer`] or another final word.
    Called {
        leg: LegId,
        /// The user part of `From`: a telephone number, as it was claimed.
        from: Personal<String>,
        /// The name beside it.
        display: Option<Personal<String>>,
        /// The account that proved itself, where proof was asked for.
        account: Option<String>,
        /// The user part of the Request-URI: what was dialled.
        to: String,
        /// `None`: the caller waits for an offer (RFC 3261 §13.2.1).
        offer: Option<Offer>,
        /// The header `X-Minwon-Request`: the request a kiosk calls about.
        request: Option<String>,
        /// The header `X-Minwon-Call`: the call a switch offers to an agent.
        call: Option<String>,
        source: SocketAddr,
    },
    /// A leg of ours rings or waits: a provisional response of 180 to 199.
    Progress { leg: LegId, status: u16 },
    /// A leg of ours was answered; or a caller without offer, or a telephone
    /// that was asked anew, has sent its answer.
    Answered { leg: LegId, answer: Answer },
    /// The caller has acknowledged: the leg is up.
    Confirmed { leg: LegId },
    /// A leg of ours was refused, and is over.
    Refused { leg: LegId, status: u16 },
    /// The other end wants to change the session (hold, another codec).
    Reoffered { leg: LegId, offer: Offer },
    /// The other end does not take a change of ours; the session is as it was.
    ReofferRefused { leg: LegId, status: u16 },
    /// A key was pressed and came as INFO.
    Digit { leg: LegId, digit: Personal<char> },
    /// The other end asks to be transferred (RFC 3515); to be answered with
    /// [`crate::Command::TransferDone`] or [`crate::Command::TransferFailed`].
    TransferAsked {
        leg: LegId,
        /// The user part of `Refer-To`.
        to: Personal<String>,
        /// The leg to be taken over, in a transfer with consultation (RFC 3891).
        replaces: Option<LegId>,
    },
    /// A leg is over.
    Ended { leg: LegId, why: Cause },
    /// A telephone has registered, or changed where it is reached.
    Registered { account: String, source: SocketAddr },
    /// A telephone has gone or has not been heard of.
    Unregistered { account: String },
}

/// Why a leg is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The other end hung up.
    HungUp,
    /// The caller gave up before the answer (CANCEL).
    GaveUp,
    /// We hung up, or took a call of ours back.
    Released,
    /// We refused the call with this status.
    Declined { status: u16 },
    /// The answer was never acknowledged (RFC 3261 §13.3.1.4).
    Unacknowledged,
    /// Nobody refreshed the session (RFC 4028 §10).
    Expired,
    /// The other end no longer knows the session, or does not answer within it.
    Lost,
}
