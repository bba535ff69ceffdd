//! Everything that reaches a desk from outside, through one channel.

use crate::{
    attention::AttentionEvent, petitions::PetitionsEvent, telephone::TelephoneEvent,
    workplace::Touch,
};

#[derive(Debug)]
pub(crate) enum Happening {
    Touched(Touch),
    Link(link::Event),
    Telephone(TelephoneEvent),
    /// The exchange's answer to an agent.
    Attention(AttentionEvent),
    /// The exchange's answer about a petition.
    Petitions(PetitionsEvent),
    /// The program ends.
    Ended,
}
