//! What an agent's desk and the switch say to each other: computer telephony
//! integration, in the terms of ECMA-269 (CSTA) where they fit.
//!
//! Frames are lines of JSON ([`frame`]), at most 64 KiB long. Each end begins
//! with its hello, which names the protocol's version; then an agent signs in
//! with a passphrase, or goes on where the line broke, with the token the
//! switch gave. From then on the desk sends [`Request`]s and is told
//! [`Event`]s. A kiosk borrows a telephone's account instead, and nothing else. Both
//! ends send heartbeats.
//!
//! [`SwitchEnd`], [`DeskEnd`] and [`KioskEnd`] are the ends' machines: four verbs, no
//! I/O, the time is an argument.

mod call;
mod desk_end;
mod directory;
mod disposition;
mod event;
pub mod frame;
mod heartbeat;
mod kiosk_end;
mod line_end;
mod message;
mod quality;
mod refusal;
mod request;
mod retry;
mod sign_in;
mod switch_end;
mod throttle;

pub use call::{CallInfo, Talk, TalkState, Visit};
pub use desk_end::{DeskCommand, DeskEnd, DeskEvent, Report};
pub use directory::{Colleague, Directory, Office};
pub use disposition::{Disposition, DispositionRefusal, Dispositions, WrapUp};
pub use event::{AgentState, Event, RecordingState, Reminder};
pub use frame::{FRAME_MAX, FrameFault, Frames};
pub use heartbeat::{BEAT_EVERY, GONE_AFTER};
pub use kiosk_end::{KioskCommand, KioskEnd, KioskReport};
pub use line_end::{LineCommand, LineEvent};
pub use message::{FromDesk, FromSwitch, VERSION};
pub use quality::{
    AgentMerit, Judgment, QualityEvent, QualityRefusal, QualityRequest, TalkDisposition,
    TalkEnding, TalkLine, TalkName, TalkSheet, WrittenReview,
};
pub use refusal::{Closing, LoanRefusal, RequestRefusal, SignInRefusal};
pub use request::{Destination, MonitorMode, Monitoring, Request, RequestedState};
pub use sign_in::{Claim, Proof, SignedIn, TelephoneAccount};
pub use switch_end::{SwitchCommand, SwitchEnd, SwitchEvent};
