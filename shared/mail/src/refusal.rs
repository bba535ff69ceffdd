//! Why a message is no petition.

use crate::Automatic;

/// Says nothing of what is in the message: it may be logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAPetition {
    #[error("the message is too large")]
    TooLarge,
    #[error("the message has too many parts")]
    TooManyParts,
    #[error("it is no message")]
    NotAMessage,
    #[error("the message does not say by one address who wrote it")]
    NoSender,
    #[error("no person wrote the message: {0}")]
    Automatic(Automatic),
    #[error("nothing in the message can be read")]
    NothingReadable,
}
