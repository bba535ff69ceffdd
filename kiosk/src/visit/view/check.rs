//! A two-person check as the citizen sees it. Name, number and answers are typed on
//! the screens where such things are typed.

use super::Consent;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// May two agents ask?
    Agreeing(Consent),
    /// The register is asked.
    Opening,
    /// So many came before.
    Waiting {
        ahead: u32,
    },
    /// The agent has the typed answer.
    Said,
    Considered,
    WaitingForSecond,
    Supervised,
    Ended {
        end: CheckEnd,
        may_retry: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckEnd {
    /// Wrong answers, or an agent who does not believe it.
    NotBelieved,
    /// Of this number, or at this kiosk.
    TooManyTries,
    NoSuchPerson,
    TooFewQuestions,
    RegisterAway,
    NobodyCame,
    LineLost,
    Unavailable,
}

impl CheckEnd {
    /// Whether it may go better at once.
    pub(in crate::visit) fn may_retry(self) -> bool {
        match self {
            CheckEnd::NoSuchPerson
            | CheckEnd::RegisterAway
            | CheckEnd::NobodyCame
            | CheckEnd::LineLost => true,
            CheckEnd::NotBelieved
            | CheckEnd::TooManyTries
            | CheckEnd::TooFewQuestions
            | CheckEnd::Unavailable => false,
        }
    }
}
