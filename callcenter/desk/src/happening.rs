//! Everything that reaches a desk from outside, through one channel.

use station::EditionEvent;

use crate::{
    attention::AttentionEvent, content::Content, knowledge::KnowledgeEvent,
    petitions::PetitionsEvent, postings::PostingsEvent, sending::SendingEvent,
    shift_number::ShiftNumber, telephone::TelephoneEvent, workplace::Touch,
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
    /// From whatever takes editions of the catalogue.
    Edition(EditionEvent<Content>),
    /// The exchange's answer about documents for agencies.
    Sending(SendingEvent),
    /// The program ends.
    Ended,
}
