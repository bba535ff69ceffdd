//! Why the exchange says no to a kiosk or a desk.

/// Carries nothing personal: it may be logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckRefusal {
    #[error("there is no such check, or it is over")]
    Gone,
    #[error("another desk has taken the check")]
    Taken,
    #[error("only a kiosk opens checks, and only a desk takes them")]
    NotForYou,
    #[error("this agent at this desk has not taken the check")]
    NotYours,
    #[error("the second person sits at the first one's desk")]
    SameDesk,
    #[error("the second person is the first one")]
    SameAgent,
    #[error("only a supervisor is the second person")]
    NotASupervisor,
    #[error("nothing proves who speaks from this desk")]
    Unproven,
    #[error("that is not to be done now")]
    NotNow,
    #[error("there is no such question")]
    NoSuchQuestion,
    #[error("an answer without a letter or a digit is none")]
    Empty,
    #[error("an answer is shorter than that")]
    TooLong,
    #[error("this service is not for persons without a card")]
    NotOffered,
    #[error("the register has nobody of this number and name")]
    NoSuchPerson,
    #[error("the register says too little to ask about")]
    TooFewQuestions,
    #[error("the register cannot be asked now")]
    NetworkAway,
    #[error("this number was checked too often today")]
    TooManyTries,
    #[error("too many checks were opened at this kiosk today")]
    KioskTries,
    #[error("no more checks can be opened now")]
    Full,
}

impl CheckRefusal {
    pub const ALL: [Self; 19] = [
        Self::Gone,
        Self::Taken,
        Self::NotForYou,
        Self::NotYours,
        Self::SameDesk,
        Self::SameAgent,
        Self::NotASupervisor,
        Self::Unproven,
        Self::NotNow,
        Self::NoSuchQuestion,
        Self::Empty,
        Self::TooLong,
        Self::NotOffered,
        Self::NoSuchPerson,
        Self::TooFewQuestions,
        Self::NetworkAway,
        Self::TooManyTries,
        Self::KioskTries,
        Self::Full,
    ];

    /// The type of its problem document (RFC 9457, 3.1.1).
    pub fn urn(self) -> &'static str {
        match self {
            Self::Gone => "urn:minwon:check-gone",
            Self::Taken => "urn:minwon:check-taken",
            Self::NotForYou => "urn:minwon:check-not-for-you",
            Self::NotYours => "urn:minwon:check-not-yours",
            Self::SameDesk => "urn:minwon:check-same-desk",
            Self::SameAgent => "urn:minwon:check-same-agent",
            Self::NotASupervisor => "urn:minwon:check-not-a-supervisor",
            Self::Unproven => "urn:minwon:check-unproven",
            Self::NotNow => "urn:minwon:check-not-now",
            Self::NoSuchQuestion => "urn:minwon:check-no-such-question",
            Self::Empty => "urn:minwon:check-empty",
            Self::TooLong => "urn:minwon:check-too-long",
            Self::NotOffered => "urn:minwon:check-not-offered",
            Self::NoSuchPerson => "urn:minwon:check-no-such-person",
            Self::TooFewQuestions => "urn:minwon:check-too-few-questions",
            Self::NetworkAway => "urn:minwon:check-network-away",
            Self::TooManyTries => "urn:minwon:check-too-many-tries",
            Self::KioskTries => "urn:minwon:check-kiosk-tries",
            Self::Full => "urn:minwon:check-full",
        }
    }

    pub fn from_urn(urn: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.urn() == urn)
    }
}
