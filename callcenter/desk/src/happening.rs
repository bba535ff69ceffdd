//! Everything that reaches a desk from outside, through one channel.

use crate::{
    attention::AttentionEvent, knowledge::KnowledgeEvent, petitions::PetitionsEvent,
    postings::PostingsEvent, sending::SendingEvent, telephone::TelephoneEvent, workplace::Touch,
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
    /// The exchange's answer about the knowledge base.
    Knowledge(KnowledgeEvent),
    /// The exchange's answer about a posting.
    Postings(PostingsEvent),
    /// The exchange's answer about documents for agencies.
    Sending(SendingEvent),
    /// The program ends.
    Ended,
}
