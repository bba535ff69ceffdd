//! Why an agent's deed with a petition was not done, as the exchange's problem documents
//! name it (RFC 9457).

/// Names no person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PetitionRefusal {
    #[error("another agent has taken it")]
    Taken,
    #[error("it has been answered")]
    Answered,
    #[error("it is over")]
    Over,
    #[error("that office has it")]
    SameOffice,
    #[error("it was extended before")]
    Extended,
    #[error("its service allows no extension")]
    NoExtension,
    #[error("it is joined to another already")]
    Joined,
    #[error("it is joined to none")]
    NotJoined,
    #[error("the other one does not lead, or this one leads others")]
    NoLead,
}

impl PetitionRefusal {
    const ALL: [Self; 9] = [
        Self::Taken,
        Self::Answered,
        Self::Over,
        Self::SameOffice,
        Self::Extended,
        Self::NoExtension,
        Self::Joined,
        Self::NotJoined,
        Self::NoLead,
    ];

    /// The problem's type.
    pub fn urn(self) -> &'static str {
        match self {
            Self::Taken => "urn:minwon:petition-taken",
            Self::Answered => "urn:minwon:petition-answered",
            Self::Over => "urn:minwon:petition-over",
            Self::SameOffice => "urn:minwon:petition-same-office",
            Self::Extended => "urn:minwon:petition-extended",
            Self::NoExtension => "urn:minwon:petition-no-extension",
            Self::Joined => "urn:minwon:petition-joined",
            Self::NotJoined => "urn:minwon:petition-not-joined",
            Self::NoLead => "urn:minwon:petition-no-lead",
        }
    }

    pub fn from_urn(urn: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.urn() == urn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_is_known_by_its_type_and_no_other_is() {
        for refusal in PetitionRefusal::ALL {
            assert_eq!(PetitionRefusal::from_urn(refusal.urn()), Some(refusal));
        }
        assert_eq!(PetitionRefusal::from_urn("about:blank"), None);
    }
}
