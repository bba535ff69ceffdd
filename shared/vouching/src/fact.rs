//! What has happened to a check; the only thing the exchange's ledger keeps of it.

use request::{Consent, RequestId, ServiceId, StationId};
use serde::{Deserialize, Serialize};

use crate::Seat;

/// One fact. It names agents and desks, never the citizen, the record or an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum CheckFact {
    /// Written before the network is asked.
    Opened {
        kiosk: StationId,
        request: RequestId,
        service: ServiceId,
        consent: Consent,
    },
    /// The first person has come.
    Taken {
        seat: Seat,
    },
    /// Whoever had it has left it or gone silent; another may take it.
    LetGo {
        seat: Seat,
    },
    /// A question, by its id in the catalogue, and whether the answer was right.
    Answered {
        seat: Seat,
        question: String,
        right: bool,
    },
    /// The first person believes the citizen.
    Believed {
        seat: Seat,
        ground: Ground,
    },
    /// The second person has come.
    Joined {
        seat: Seat,
    },
    /// The second person wants to hear one more answer.
    AskedMore {
        seat: Seat,
    },
    /// The second person believes it too: the check is passed.
    Agreed {
        seat: Seat,
        ground: Ground,
    },
    Ended {
        by: CheckEnding,
    },
}

/// What an agent goes by besides the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// The answers came readily and from nobody else.
    AnsweredReadily,
    /// The agent has spoken with the person.
    SpokenWith,
    /// The agent has seen the person, by a camera or through the glass.
    Seen,
    /// Another document was shown.
    DocumentShown,
    /// The log of questions was read, and it is convincing.
    LogRead,
}

/// Why an agent does not believe it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Somebody else said the answers.
    Prompted,
    /// The answers came too slowly, or were looked up.
    Hesitated,
    /// Voice, age or face do not fit.
    NotThePerson,
    /// The person acts under duress, or does not know what for.
    NotOfFreeWill,
    Other,
}

/// Why a check is over without having been passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckEnding {
    /// Too many answers were wrong.
    WrongAnswers,
    /// The first person does not believe it.
    Refused(Doubt),
    /// The second person does not.
    Overruled(Doubt),
    /// The citizen has ended it.
    Left,
    /// The kiosk has gone silent.
    KioskSilent,
    TimeUp,
    /// The exchange was started anew.
    Interrupted,
    /// The register has nobody of this number and name.
    NoSuchPerson,
    /// The register says too little to ask about.
    TooFewQuestions,
    /// The register could not be asked.
    NetworkAway,
}

impl CheckEnding {
    /// Whether it counts among the day's tries: not where nothing was asked for a
    /// reason that lies with us.
    pub fn is_a_try(self) -> bool {
        match self {
            CheckEnding::WrongAnswers
            | CheckEnding::Refused(_)
            | CheckEnding::Overruled(_)
            | CheckEnding::Left
            | CheckEnding::KioskSilent
            | CheckEnding::TimeUp
            | CheckEnding::NoSuchPerson => true,
            CheckEnding::Interrupted | CheckEnding::TooFewQuestions | CheckEnding::NetworkAway => {
                false
            }
        }
    }
}
