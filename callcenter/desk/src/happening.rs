//! Everything that reaches a desk from outside, through one channel.

use crate::{
    attention::AttentionEvent, knowledge::KnowledgeEvent, petitions::PetitionsEvent,
    postings::PostingsEvent, shift_number::ShiftNumber, telephone::TelephoneEvent,
    workplace::Touch,
};

#[derive(Debug)]
pub(crate) enum Happening {
    Touched(Touch),
    Link(link::Event),
    Telephone(TelephoneEvent),
    /// The exchange's answer to an agent.
    Attention(AttentionEvent),
    /// The exchange's answer about a petition, and in which shift it was asked for.
    Petitions(ShiftNumber, PetitionsEvent),
    /// The exchange's answer about the knowledge base.
    Knowledge(KnowledgeEvent),
    /// The exchange's answer about a posting.
    Postings(PostingsEvent),
    /// The program ends.
    Ended,
}
