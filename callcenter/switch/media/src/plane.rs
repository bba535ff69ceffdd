//! What a switch asks of whoever moves the sound, and what it is told.

use std::{collections::BTreeSet, net::SocketAddr, path::PathBuf, time::Duration};

use privacy::Personal;

use crate::{codec::Codec, prompt::Prompt, srtp::SrtpKeys};

/// One end of a call: a caller, an agent, a supervisor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LegId(pub u64);

/// One recording, and the name of its files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordingId(pub u64);

/// Moves sound between legs. Nothing here waits; what happens is told as [`Event`]s.
pub trait MediaPlane: Send {
    /// Makes room for a leg and answers the address its sound is awaited at; the port
    /// is even, and the next one is for reports (RFC 3550 §11).
    ///
    /// # Errors
    /// When the leg is open already, or there is no port left.
    fn open(&mut self, leg: LegId) -> Result<SocketAddr, PlaneError>;

    /// Takes over what offer and answer agreed on, at first and at every re-offer.
    ///
    /// # Errors
    /// When the leg is not open.
    fn connect(&mut self, leg: LegId, remote: Remote) -> Result<(), PlaneError>;

    /// Whom a leg hears, in place of whom it heard before. Nobody hears himself.
    ///
    /// # Errors
    /// When the leg is not open. Sources that are not open are silent.
    fn hears(&mut self, leg: LegId, sources: BTreeSet<LegId>) -> Result<(), PlaneError>;

    /// Plays to a leg, in place of what was played and besides whom it hears.
    ///
    /// # Errors
    /// When the leg is not open.
    fn play(&mut self, leg: LegId, prompt: Prompt, repeat: Repeat) -> Result<(), PlaneError>;

    /// Ends what is played to a leg; [`Event::PlayedOut`] is not told.
    ///
    /// # Errors
    /// When the leg is not open.
    fn stop(&mut self, leg: LegId) -> Result<(), PlaneError>;

    /// Presses keys towards a leg, after those that still wait.
    ///
    /// # Errors
    /// When the leg is not open, or something is no key.
    fn press(&mut self, leg: LegId, digits: Personal<String>) -> Result<(), PlaneError>;

    /// Records a caller on the left and on the right whom he hears. A recording that
    /// has begun goes on with these, in place of who was recorded before.
    ///
    /// # Errors
    /// When the caller's leg is not open, or there is nowhere to keep a recording. Legs
    /// on the right that are not open are silent.
    fn record(&mut self, recording: RecordingId, tracks: Tracks) -> Result<(), PlaneError>;

    /// Leaves out what is said from now on; a mark is heard in its place.
    ///
    /// # Errors
    /// When there is no such recording.
    fn pause(&mut self, recording: RecordingId, reason: PauseReason) -> Result<(), PlaneError>;

    /// # Errors
    /// When there is no such recording.
    fn resume(&mut self, recording: RecordingId) -> Result<(), PlaneError>;

    /// Ends a recording; [`Event::Recorded`] tells when it is on the disk.
    ///
    /// # Errors
    /// When there is no such recording.
    fn finish(&mut self, recording: RecordingId) -> Result<(), PlaneError>;

    /// Ends a leg. Its ports are free again, and who heard it hears it no more.
    ///
    /// # Errors
    /// When the leg is not open.
    fn close(&mut self, leg: LegId) -> Result<(), PlaneError>;
}

/// The other end of a leg, as offer and answer have agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remote {
    /// Where its session description awaits sound.
    pub address: SocketAddr,
    pub codec: Codec,
    /// The number both ends know the codec by, 0 to 127.
    pub payload_type: u8,
    /// The number of `telephone-event`, if it was agreed on; its clock is the codec's.
    pub digits: Option<u8>,
    /// None is plain RTP.
    pub srtp: Option<SrtpKeys>,
    pub direction: Direction,
    pub source: SourceRule,
}

/// As the answer says it, seen from here (RFC 3264 §5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    SendReceive,
    SendOnly,
    ReceiveOnly,
    Inactive,
}

impl Direction {
    pub const fn sends(self) -> bool {
        matches!(self, Self::SendReceive | Self::SendOnly)
    }

    pub const fn receives(self) -> bool {
        matches!(self, Self::SendReceive | Self::ReceiveOnly)
    }
}

/// From where sound is taken. Once the first right packet has come, only from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceRule {
    /// From the host in the session description; its port may be translated.
    SignaledHost,
    /// From whoever sends the first right packet: for telephones behind a router whose
    /// session description says an address of their own network.
    FirstComer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    Once,
    Forever,
}

/// What is recorded, and where to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tracks {
    /// Heard on the left.
    pub caller: LegId,
    /// Whom the caller hears: heard on the right, together.
    pub heard: BTreeSet<LegId>,
}

/// Why part of a talk is not recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PauseReason {
    /// A resident number is said or typed.
    ResidentNumber,
    /// A card's number or secret is said or typed.
    Card,
    /// The caller does not want it.
    CallersWish,
    /// The agent asked for it.
    AgentsWish,
    /// The caller is on hold.
    Hold,
}

/// What happened to a leg or a recording.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A key was pressed at the other end: once for each press.
    Digit { leg: LegId, digit: Personal<char> },
    /// A prompt that was played once has been heard to its end.
    PlayedOut { leg: LegId },
    /// Nothing has come for so long, though it should; told after each doubling.
    NoMediaFor { leg: LegId, duration: Duration },
    /// Sound comes, and nothing is in it; told after each doubling.
    SilentFor { leg: LegId, duration: Duration },
    /// Sound comes again after it had been missed.
    MediaAgain { leg: LegId },
    /// Every few seconds, and once when the leg is closed.
    Quality { leg: LegId, quality: Quality },
    /// A recording is whole on the disk.
    Recorded {
        recording: RecordingId,
        recorded: Recorded,
    },
    /// A recording cannot be written any more; what was written is kept.
    RecordingFailed { recording: RecordingId },
}

/// How well a leg is heard, in both directions, since it was connected.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Quality {
    pub received: u64,
    pub lost: u64,
    /// Came after their place had been played.
    pub late: u64,
    /// 20 ms pieces that were made up.
    pub concealed: u64,
    /// Not taken: from a wrong address, source or of a wrong kind, or not proven.
    pub refused: u64,
    /// Variation of the way here (RFC 3550 §6.4.1), as exact as packets are looked at: 2 ms.
    pub jitter: Duration,
    /// How long packets wait to be heard in order.
    pub delay: Duration,
    pub sent: u64,
    /// What the other end says of what it hears: none until it says so.
    pub heard_there: Option<HeardThere>,
    /// Of the last seconds, in dB below overload.
    pub level_dbov: f64,
}

/// The other end's report (RFC 3550 §6.4).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeardThere {
    pub lost: i32,
    /// 0 to 1, of late.
    pub share_lost: f64,
    pub jitter: Duration,
    /// There and back, when it could be measured.
    pub round_trip: Option<Duration>,
}

/// A finished recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    pub file: PathBuf,
    /// SHA-256 of the file, to be kept where nobody can alter it.
    pub digest: [u8; 32],
    pub duration: Duration,
    /// What could not be written in time and is silence in it.
    pub missing: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlaneError {
    #[error("the leg is not open")]
    UnknownLeg,
    #[error("the leg is open already")]
    LegOpen,
    #[error("no pair of ports is free")]
    NoPort,
    #[error("the recording has not begun")]
    UnknownRecording,
    #[error("nothing is set up to keep recordings")]
    NoShelf,
    #[error(transparent)]
    Digits(#[from] crate::digits::NotADigit),
    #[error("more is asked of the media plane than it can take over")]
    Busy,
    #[error("the media plane has stopped")]
    Stopped,
}
