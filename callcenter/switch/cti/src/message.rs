//! Everything that goes over the line, by who says it.

use privacy::Personal;
use serde::{Deserialize, Serialize};

use crate::{Closing, Event, LoanRefusal, Request, SignInRefusal, SignedIn, TelephoneAccount};

/// Changes with every change an older end does not understand.
pub const VERSION: u32 = 5;

/// What a desk says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum FromDesk {
    /// The first frame.
    Hello {
        version: u32,
    },
    /// To be answered at once with its number.
    Heartbeat {
        number: u64,
    },
    HeartbeatHeard {
        number: u64,
    },
    SignIn {
        account: String,
        passphrase: Personal<String>,
    },
    /// Goes on with what [`SignedIn`] began on a line that broke.
    Resume {
        account: String,
        resumption: Personal<String>,
    },
    SignOut,
    /// A kiosk has no agent: its certificate is proof enough for a telephone.
    BorrowTelephone,
    Request(Request),
}

/// What the switch says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum FromSwitch {
    /// The first frame.
    Hello {
        version: u32,
    },
    /// To be answered at once with its number.
    Heartbeat {
        number: u64,
    },
    HeartbeatHeard {
        number: u64,
    },
    SignedIn(Box<SignedIn>),
    SignInRefused {
        why: SignInRefusal,
    },
    Event(Box<Event>),
    /// To a kiosk; holds as long as its line is up.
    TelephoneLent(TelephoneAccount),
    TelephoneRefused {
        why: LoanRefusal,
    },
    /// The last frame.
    Closing {
        why: Closing,
    },
}
