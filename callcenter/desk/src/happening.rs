//! Everything that reaches a desk from outside, through one channel.

use crate::{attention::AttentionEvent, telephone::TelephoneEvent, workplace::Touch};

#[derive(Debug)]
pub(crate) enum Happening {
    Touched(Touch),
    Link(link::Event),
    Telephone(TelephoneEvent),
    /// The exchange's answer to an agent.
    Attention(AttentionEvent),
    /// The program ends.
    Ended,
}
