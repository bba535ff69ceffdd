//! What the terminal's codes mean to a citizen (PA00P015, chapters 3.7 and 10).

use devices::payment_terminal::{DeclineReason, Progress, TerminalFault};

/// Why a transaction ended without money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    Declined(DeclineReason),
    Fault(TerminalFault),
}

/// The terminal is busy with something else.
pub(super) const PLEASE_WAIT: u8 = 0x9c;
/// It has no receipt to repeat.
pub(super) const NO_RECEIPT: [u8; 2] = [0x6d, 0x83];

pub(super) fn refusal(code: u8) -> Refusal {
    let reason = match code {
        0x6c => DeclineReason::Cancelled,
        0x64 | 0x65 | 0x72 | 0x73 | 0x7b | 0x7c | 0x7e => DeclineReason::Unreadable,
        0x78 | 0x79 => DeclineReason::Expired,
        0x67 | 0x68 | 0x76 | 0x7a | 0xc5 | 0xd2 | 0xea => DeclineReason::NotAccepted,
        0x6e => DeclineReason::Blocked,
        0x71 | 0xc3 => DeclineReason::NotEnough,
        0x7d | 0x9b | 0xa0 | 0xa1 | 0xa3 => DeclineReason::IssuerAway,
        // Up to 99 the issuer's own answer, as ISO 8583 numbers them.
        33 | 54 => DeclineReason::Expired,
        34 | 41 | 43 | 62 => DeclineReason::Blocked,
        51 | 61 => DeclineReason::NotEnough,
        55 | 75 => DeclineReason::WrongPin,
        91 | 96 => DeclineReason::IssuerAway,
        1..=99 => DeclineReason::Refused,
        PLEASE_WAIT => return Refusal::Fault(TerminalFault::Busy),
        0x6b | 0xe4 => return Refusal::Fault(TerminalFault::NotRegistered),
        raw => return Refusal::Fault(TerminalFault::Other(raw)),
    };
    Refusal::Declined(reason)
}

/// From `41` on the same again, with "please remove your card" behind it.
const REMOVE_CARD: std::ops::RangeInclusive<u8> = 0x41..=0x5f;

pub(super) fn progress(code: u8) -> Progress {
    match code {
        0x0a => Progress::InsertCard,
        0x0b => Progress::RemoveCard,
        0x0c | 0x0d | 0x15 => Progress::TryAgain,
        0x04 | 0x05 | 0x06 | 0x0e | 0x0f | 0x17 | 0xd2 | 0xd3 => Progress::Processing,
        code if REMOVE_CARD.contains(&code) => Progress::RemoveCard,
        _ => Progress::FollowTerminal,
    }
}
