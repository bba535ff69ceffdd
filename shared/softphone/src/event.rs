//! What happened to a telephone.

use std::time::Duration;

use privacy::Personal;

/// What a telephone tells.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The registrar knows where it is.
    Registered,
    /// It cannot be called. Unless it was asked to go, it goes on trying by itself,
    /// ever more seldom.
    Unregistered(Unregistered),
    /// Somebody calls.
    Ringing {
        /// The number or account, as it was claimed.
        from: Personal<String>,
        /// The name beside it.
        display: Option<Personal<String>>,
        /// The header `X-Minwon-Call`: the call the switch offers.
        call: Option<String>,
        /// The header `X-Minwon-Request`: the request a kiosk calls about.
        request: Option<String>,
    },
    /// Our call rings there or waits: a provisional status, 180 to 199.
    Progress { status: u16 },
    /// Both ends hear each other.
    Answered,
    /// The call is over; told once for each that rang or was made.
    Ended(Ended),
    /// A key was pressed at the other end.
    Digit(Personal<char>),
    /// How loud it is, in dB below overload (−127: nothing), five times a second
    /// while devices are open. A microphone that is muted still tells.
    Levels { microphone: f64, loudspeaker: f64 },
    /// A device cannot be opened or has vanished; there is silence in its place.
    DeviceGone(Side),
    /// It is there again, and used.
    DeviceBack(Side),
    /// The test of the devices is over.
    TestEnded,
}

/// Which device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Microphone,
    Loudspeaker,
}

/// Why a telephone cannot be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unregistered {
    /// It was asked to go.
    Asked,
    /// The registrar does not answer or cannot be reached.
    RegistrarGone,
    /// It does not believe account and password.
    WrongPassword,
    /// It says no, for now.
    Refused {
        status: u16,
        retry_after: Option<Duration>,
    },
    /// Account or registrar do not fit into a SIP URI: nothing is tried again.
    Malformed,
}

/// Why a call is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It was hung up or refused here.
    Here,
    /// It was hung up there.
    There,
    /// The caller gave up before the answer.
    GaveUp,
    /// Our call was refused: a SIP status, such as 486 for busy.
    Refused { status: u16 },
    /// No sound both ends can carry.
    NoCommonSound,
    /// No port for the sound.
    NoSound,
    /// The other end no longer answers.
    Lost,
}
