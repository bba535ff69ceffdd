//! What a bill validator says when it is polled (5.4, POLL).

use super::BillValidatorFault;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It has started and waits to be reset.
    PowerUp(Lying),
    Initialising,
    Idling,
    Accepting,
    Stacking,
    Returning,
    /// It takes no note.
    Disabled,
    /// A note stays in the escrow, as it was asked to.
    Holding,
    Busy,
    /// Two notes came too close; or somebody tries to pull one out again.
    Hindered,
    Rejecting,
    Fault(BillValidatorFault),
    Escrow(u8),
    Stacked(u8),
    Returned(u8),
}

/// Where a note lay when the power came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lying {
    Nowhere,
    InValidator,
    InStacker,
}

/// `None` for what is no state, or none that is known.
pub(super) fn read(data: &[u8]) -> Option<State> {
    Some(match *data {
        [0x10] => State::PowerUp(Lying::Nowhere),
        [0x11] => State::PowerUp(Lying::InValidator),
        [0x12] => State::PowerUp(Lying::InStacker),
        [0x13] => State::Initialising,
        [0x14] => State::Idling,
        [0x15] => State::Accepting,
        [0x17] => State::Stacking,
        [0x18] => State::Returning,
        [0x19] => State::Disabled,
        [0x1a] => State::Holding,
        [0x1b, ..] => State::Busy,
        [0x1c, reason] => {
            tracing::debug!(reason = rejection(reason), "A note was rejected");
            State::Rejecting
        }
        [0x41] => State::Fault(BillValidatorFault::BoxFull),
        [0x42] => State::Fault(BillValidatorFault::BoxOut),
        [0x43] => State::Fault(BillValidatorFault::Jammed),
        [0x44] => State::Fault(BillValidatorFault::BoxJammed),
        [0x45 | 0x46] => State::Hindered,
        [0x47, code] => {
            tracing::debug!(code, "The bill validator told a failure");
            State::Fault(BillValidatorFault::Broken)
        }
        [0x80, kind] => State::Escrow(kind),
        [0x81, kind] => State::Stacked(kind),
        [0x82, kind] => State::Returned(kind),
        _ => {
            let code = data.first().copied();
            tracing::debug!(code, "The bill validator told an unknown state");
            return None;
        }
    })
}

fn rejection(reason: u8) -> &'static str {
    match reason {
        0x60 => "insertion",
        0x61 => "magnetic",
        0x62 => "a note remained in the head",
        0x63 => "multiplying",
        0x64 => "conveying",
        0x65 => "identification",
        0x66 => "verification",
        0x67 => "optic",
        0x68 => "inhibited",
        0x69 => "capacitance",
        0x6a => "operation",
        0x6c => "length",
        _ => "unknown",
    }
}
