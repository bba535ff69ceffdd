//! Why a document is not sent to an agency, as the exchange's problem documents name it
//! (RFC 9457).

/// Names no person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryRefusal {
    #[error("no document has this number")]
    NoDocument,
    #[error("the document does not count any more")]
    Void,
    #[error("the document's term is over, and its pages are erased")]
    Over,
    #[error("a station made the paper under a lease, and there is no file of it")]
    NoFile,
    #[error("no such agency takes documents")]
    NoRecipient,
    #[error("a purpose has one character at least and 200 at most")]
    Purpose,
    #[error("the agency has it, or it is on its way there")]
    NotExpired,
}

impl DeliveryRefusal {
    const ALL: [Self; 7] = [
        Self::NoDocument,
        Self::Void,
        Self::Over,
        Self::NoFile,
        Self::NoRecipient,
        Self::Purpose,
        Self::NotExpired,
    ];

    /// The problem's type.
    pub fn urn(self) -> &'static str {
        match self {
            Self::NoDocument => "urn:minwon:delivery-no-document",
            Self::Void => "urn:minwon:delivery-void",
            Self::Over => "urn:minwon:delivery-over",
            Self::NoFile => "urn:minwon:delivery-no-file",
            Self::NoRecipient => "urn:minwon:delivery-no-recipient",
            Self::Purpose => "urn:minwon:delivery-purpose",
            Self::NotExpired => "urn:minwon:delivery-not-expired",
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
        for refusal in DeliveryRefusal::ALL {
            assert_eq!(DeliveryRefusal::from_urn(refusal.urn()), Some(refusal));
        }
        assert_eq!(DeliveryRefusal::from_urn("urn:minwon:petition-taken"), None);
    }
}
