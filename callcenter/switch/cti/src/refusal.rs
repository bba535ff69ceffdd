//! What is refused, and why a line is closed.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why an agent is not signed in.
#[derive(Clone, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum SignInRefusal {
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    #[error("too many wrong passphrases; the next try is in {seconds} seconds")]
    LockedOut { seconds: u64 },
    #[error("the agent is signed in at {station}")]
    SignedInElsewhere { station: String },
    #[error("the center has no such agent, or no passphrase for it")]
    Unknown,
    /// The switch was started anew, or has signed the agent out.
    #[error("the session is over; the passphrase is asked for again")]
    SessionOver,
    #[error("the switch cannot look at it now")]
    Busy,
}

/// Why a kiosk is lent no telephone.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LoanRefusal {
    #[error("the station is not a kiosk of this center")]
    NotAKiosk,
    /// An agent's account, or one with a password of its own, is called like the kiosk.
    #[error("the kiosk's name is taken by another telephone")]
    NameTaken,
    #[error("the switch has no line a telephone can register at")]
    NoLine,
}

/// Why a request is not carried out. Nothing has changed.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequestRefusal {
    #[error("this cannot be done now")]
    NotNow,
    #[error("the destination is unknown")]
    UnknownDestination,
    #[error("only a supervisor may do this")]
    SupervisorsOnly,
}

/// Why a line is closed.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum Closing {
    #[error("the switch speaks version {ours} of the protocol")]
    Version { ours: u32 },
    #[error("a frame came that does not belong here")]
    OutOfPlace,
    #[error("a frame was malformed")]
    Malformed,
    #[error("a frame was too long")]
    TooLong,
    #[error("too many frames came at once")]
    Flooding,
    #[error("nothing was heard for too long")]
    Silent,
    #[error("what was sent was not read")]
    TooSlow,
    /// The same desk has come again.
    #[error("the agent came back on another line")]
    Superseded,
    #[error("the agent was signed out")]
    SignedOut,
}
