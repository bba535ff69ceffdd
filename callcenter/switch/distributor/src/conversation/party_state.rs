//! A talk as one of its agents has it.

use super::{Conversation, LegId, Phase};

/// What goes on, seen from one agent's leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartyState {
    /// With the caller, or with whoever is left.
    Talking,
    /// With the caller and others.
    Conferenced,
    /// The caller hears music.
    Held,
    /// Speaks with somebody who was asked for advice, or waits for the answer.
    Consulting { answered: bool },
    /// Was asked for advice.
    Consulted,
    /// With the caller while another agent consults.
    LeftWithCaller,
    /// The caller is being handed on.
    Transferring,
}

impl Conversation {
    /// `None` for who does not take part, or when it is over.
    pub fn state_of(&self, leg: LegId) -> Option<PartyState> {
        self.legs.get(&leg).filter(|it| it.talks())?;
        Some(match self.phase {
            Phase::Talking => {
                let talking = self.legs.values().filter(|it| it.is_up() && it.talks());
                match talking.count() > 2 {
                    true => PartyState::Conferenced,
                    false => PartyState::Talking,
                }
            }
            Phase::Held { .. } => PartyState::Held,
            Phase::Consulting { by, with } if by == leg => PartyState::Consulting {
                answered: self.is_up(with),
            },
            Phase::Consulting { with, .. } if with == leg => PartyState::Consulted,
            Phase::Consulting { .. } => PartyState::LeftWithCaller,
            Phase::Forwarding { .. } | Phase::HandingOver { .. } => PartyState::Transferring,
            Phase::Over => return None,
        })
    }
}
