//! What the lines are told to do.

use std::time::Duration;

use privacy::Personal;
use sip::sdp::{Answer, Offer};

use crate::LegId;

/// An order to the lines. An order to a leg that is over, or that cannot be
/// carried out where the leg stands, is left undone: both ends of a telephone
/// call act at the same time.
#[derive(Clone, Debug)]
pub enum Command {
    /// 180 Ringing.
    Ring { leg: LegId },
    /// 182 Queued.
    Queue { leg: LegId },
    /// 183 Session Progress: sound before the answer, at nobody's cost.
    EarlyMedia { leg: LegId, answer: Answer },
    /// 200 to a call that came with an offer.
    Answer { leg: LegId, answer: Answer },
    /// 200 to a call that came without; the answer comes as [`crate::Event::Answered`].
    AnswerWithOffer { leg: LegId, offer: Offer },
    /// A final refusal, 300 to 699.
    Refuse {
        leg: LegId,
        status: u16,
        retry_after: Option<Duration>,
    },
    /// Calls somebody on a leg of [`crate::Signalling::new_leg`].
    Call(Box<Call>),
    /// Takes a call of ours back.
    Cancel { leg: LegId },
    /// Asks the other end to change the session.
    Reoffer { leg: LegId, offer: Offer },
    /// Takes a change the other end has asked for.
    AnswerReoffer { leg: LegId, answer: Answer },
    /// Leaves the session as it is (488 for what cannot be taken).
    RefuseReoffer { leg: LegId, status: u16 },
    /// Hangs up, whatever the leg is doing.
    End { leg: LegId },
    /// The transfer that was asked for has been made.
    TransferDone { leg: LegId },
    /// It could not be made.
    TransferFailed { leg: LegId, status: u16 },
}

/// A call of ours.
#[derive(Clone, Debug)]
pub struct Call {
    pub leg: LegId,
    pub to: Target,
    /// The number shown to whom is called: the user part of `From`.
    pub from: Personal<String>,
    /// The name shown beside it.
    pub display: Option<Personal<String>>,
    pub offer: Offer,
    /// Goes as header `X-Minwon-Request`.
    pub request: Option<String>,
    /// Further headers, name and value; never personal ones. What cannot stand
    /// in a header is left out.
    pub headers: Vec<(String, String)>,
}

/// Whom to call.
#[derive(Clone, Debug)]
pub enum Target {
    /// The telephone registered under this account.
    Account(String),
    /// A SIP URI, such as a number behind a trunk.
    Uri(Personal<String>),
}

impl Command {
    /// The leg it is about.
    pub fn leg(&self) -> LegId {
        match self {
            Self::Ring { leg }
            | Self::Queue { leg }
            | Self::EarlyMedia { leg, .. }
            | Self::Answer { leg, .. }
            | Self::AnswerWithOffer { leg, .. }
            | Self::Refuse { leg, .. }
            | Self::Cancel { leg }
            | Self::Reoffer { leg, .. }
            | Self::AnswerReoffer { leg, .. }
            | Self::RefuseReoffer { leg, .. }
            | Self::End { leg }
            | Self::TransferDone { leg }
            | Self::TransferFailed { leg, .. } => *leg,
            Self::Call(call) => call.leg,
        }
    }
}
