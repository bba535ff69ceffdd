//! What a terminal has begun, step by step.

use std::{collections::VecDeque, time::Instant};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Says it, and waits for the kiosk to have heard it.
    Say([u8; 2], Vec<u8>),
    /// Waits for a card.
    Card,
    Charge,
    Reverse {
        receipt: u32,
    },
}

impl Step {
    pub(super) fn say(control: [u8; 2], data: &[u8]) -> Self {
        Step::Say(control, data.to_vec())
    }
}

pub(super) struct Dialogue {
    pub(super) steps: VecDeque<Step>,
    pub(super) amount_won: u32,
    pub(super) next_at: Instant,
    pub(super) waits_for_kiosk: bool,
    pub(super) gives_up_at: Instant,
}

/// What it says of a card that it does not charge.
pub(super) fn refused(code: u8) -> [Step; 2] {
    [
        Step::say([0x04, 0x0f], &[0x27, code]),
        Step::say([0x06, 0x1e], &[code]),
    ]
}
