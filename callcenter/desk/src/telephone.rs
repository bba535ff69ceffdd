//! The telephone as the desk sees it: a narrow port, and the call under way.
//!
//! The far end (a softphone, a switch) is not the desk's. It says
//! [`TelephoneEvent`]s and is told [`TelephoneOrder`]s; a desk without one says
//! so and works all the same.

mod port;
#[cfg(test)]
mod tests;

use std::{collections::VecDeque, time::Instant};

pub use cti::{
    AgentState, Colleague, Destination, Directory, Disposition, DispositionRefusal, Dispositions,
    MonitorMode, Monitoring, Office, RecordingState, TalkState, Visit, WrapUp,
};
pub use figures::Board;
pub use port::{
    Levels, NotDone, Ringing, SignInFault, SoundNews, SoundOrder, TelephoneEvent, TelephoneOrder,
};

use crate::shift::Presence;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallState {
    /// No telephone belongs to this desk.
    NotConfigured,
    Unregistered,
    Resting,
    Ringing,
    Talking {
        with: TalkState,
        muted: bool,
    },
}

/// What follows from what the telephone says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TelephoneCommand {
    Order(TelephoneOrder),
    CallBegan,
    CallEnded,
}

/// The call under way, if any.
#[derive(Debug)]
pub struct Telephone {
    state: CallState,
    call: Option<Ringing>,
    monitored: Option<MonitorMode>,
    recording: RecordingState,
    since: Option<Instant>,
    commands: VecDeque<TelephoneCommand>,
}

/// What an agent does with a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallTouch {
    Answer,
    /// Holds, or takes back.
    Hold,
    /// Mutes, or lets be heard again.
    Mute,
    /// Pauses the recording, or goes on with it.
    Record,
    Transfer {
        to: Destination,
    },
    Consult {
        to: Destination,
    },
    Reconnect,
    GiveOver,
    Conference,
    HangUp,
}

/// Why a key does nothing now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallRefusal {
    #[error("there is no call for it")]
    NoCall,
    #[error("nobody was asked yet who could join or take over")]
    NobodyConsulted,
    #[error("who is asked has not answered yet")]
    NotAnswered,
    #[error("a consultation is not finished")]
    Consulting,
    #[error("another agent leads the call")]
    NotLeading,
    #[error("the call is not recorded")]
    NotRecorded,
}

impl Telephone {
    pub fn new(configured: bool) -> Self {
        Self {
            state: if configured {
                CallState::Unregistered
            } else {
                CallState::NotConfigured
            },
            call: None,
            monitored: None,
            recording: RecordingState::Off,
            since: None,
            commands: VecDeque::new(),
        }
    }

    /// Takes over what happens to the call; what it says of the agent is the
    /// workplace's.
    pub fn handle(&mut self, event: TelephoneEvent, now: Instant) {
        match (self.state, event) {
            (CallState::NotConfigured, _) => {}
            (CallState::Unregistered, TelephoneEvent::Registered) => {
                self.enter(CallState::Resting, now);
            }
            (CallState::Resting | CallState::Unregistered, TelephoneEvent::Ringing(ringing)) => {
                self.call = Some(ringing);
                self.enter(CallState::Ringing, now);
            }
            (CallState::Resting, TelephoneEvent::Unregistered) => {
                self.enter(CallState::Unregistered, now);
            }
            (CallState::Ringing, TelephoneEvent::Answered) => {
                let with = TalkState::Established;
                self.enter(CallState::Talking { with, muted: false }, now);
                // Who helps at a kiosk is occupied already, and wraps up nothing.
                if !self.is_from_kiosk() {
                    self.commands.push_back(TelephoneCommand::CallBegan);
                }
            }
            (CallState::Ringing, TelephoneEvent::Ended) => self.rest(now),
            (CallState::Talking { .. }, TelephoneEvent::Ended) => {
                if !self.is_from_kiosk() {
                    self.commands.push_back(TelephoneCommand::CallEnded);
                }
                self.rest(now);
            }
            (CallState::Talking { muted, .. }, TelephoneEvent::Talk(with)) => {
                self.state = CallState::Talking { with, muted };
            }
            (CallState::Talking { with, .. }, TelephoneEvent::Muted) => {
                self.state = CallState::Talking { with, muted: true };
            }
            (CallState::Talking { with, .. }, TelephoneEvent::Unmuted) => {
                self.state = CallState::Talking { with, muted: false };
            }
            (CallState::Talking { .. }, TelephoneEvent::Monitored(mode)) => self.monitored = mode,
            (CallState::Talking { .. }, TelephoneEvent::Recording(state)) => {
                self.recording = state;
            }
            // A second call, or word about one that is over.
            (
                CallState::Unregistered
                | CallState::Resting
                | CallState::Ringing
                | CallState::Talking { .. },
                _,
            ) => {}
        }
    }

    /// Passes an agent's wish on.
    ///
    /// # Errors
    /// Why it makes no sense now; nothing is ordered then.
    pub fn touch(&mut self, touch: CallTouch) -> Result<(), CallRefusal> {
        let order = match (self.state, touch) {
            (CallState::Ringing, CallTouch::Answer) => TelephoneOrder::Answer,
            (CallState::Ringing | CallState::Talking { .. }, CallTouch::HangUp) => {
                TelephoneOrder::HangUp
            }
            (CallState::Talking { muted: false, .. }, CallTouch::Mute) => TelephoneOrder::Mute,
            (CallState::Talking { muted: true, .. }, CallTouch::Mute) => TelephoneOrder::Unmute,
            (CallState::Talking { .. }, CallTouch::Record) => match self.recording {
                RecordingState::Off => return Err(CallRefusal::NotRecorded),
                RecordingState::On => TelephoneOrder::PauseRecording,
                RecordingState::Paused => TelephoneOrder::ResumeRecording,
            },
            (CallState::Talking { with, .. }, touch) => meant(with, touch)?,
            (
                CallState::NotConfigured
                | CallState::Unregistered
                | CallState::Resting
                | CallState::Ringing,
                _,
            ) => return Err(CallRefusal::NoCall),
        };
        self.commands.push_back(TelephoneCommand::Order(order));
        Ok(())
    }

    /// Tells the far end about the agent.
    pub fn present(&mut self, presence: Presence) {
        self.order(TelephoneOrder::Present(presence));
    }

    /// Asks for what needs no call of the agent's own.
    pub fn order(&mut self, order: TelephoneOrder) {
        if self.state != CallState::NotConfigured {
            self.commands.push_back(TelephoneCommand::Order(order));
        }
    }

    pub fn poll_command(&mut self) -> Option<TelephoneCommand> {
        self.commands.pop_front()
    }

    pub fn state(&self) -> CallState {
        self.state
    }

    pub fn call(&self) -> Option<&Ringing> {
        self.call.as_ref()
    }

    fn is_from_kiosk(&self) -> bool {
        self.call.as_ref().is_some_and(|it| it.visit.is_some())
    }

    /// How a supervisor takes part.
    pub fn monitored(&self) -> Option<MonitorMode> {
        self.monitored
    }

    pub fn recording(&self) -> RecordingState {
        self.recording
    }

    /// When the present state began.
    pub fn since(&self) -> Option<Instant> {
        self.since
    }

    fn rest(&mut self, now: Instant) {
        self.call = None;
        self.monitored = None;
        self.recording = RecordingState::Off;
        self.enter(CallState::Resting, now);
    }

    fn enter(&mut self, state: CallState, now: Instant) {
        self.state = state;
        self.since = Some(now);
    }
}

/// What a key means in a call that is up.
fn meant(with: TalkState, touch: CallTouch) -> Result<TelephoneOrder, CallRefusal> {
    match (with, touch) {
        (TalkState::Held, CallTouch::Hold) => Ok(TelephoneOrder::Retrieve),
        (TalkState::Established | TalkState::Conferenced, CallTouch::Hold) => {
            Ok(TelephoneOrder::Hold)
        }
        (
            TalkState::Established | TalkState::Conferenced | TalkState::Held,
            CallTouch::Transfer { to },
        ) => Ok(TelephoneOrder::Transfer { to }),
        (
            TalkState::Established | TalkState::Conferenced | TalkState::Held,
            CallTouch::Consult { to },
        ) => Ok(TelephoneOrder::Consult { to }),
        (TalkState::Consulting { .. }, CallTouch::Reconnect) => Ok(TelephoneOrder::Reconnect),
        (TalkState::Consulting { answered: true }, CallTouch::GiveOver) => {
            Ok(TelephoneOrder::GiveOver)
        }
        (TalkState::Consulting { answered: true }, CallTouch::Conference) => {
            Ok(TelephoneOrder::Conference)
        }
        (
            TalkState::Consulting { answered: false },
            CallTouch::GiveOver | CallTouch::Conference,
        ) => Err(CallRefusal::NotAnswered),
        (
            TalkState::Consulting { .. },
            CallTouch::Hold | CallTouch::Transfer { .. } | CallTouch::Consult { .. },
        ) => Err(CallRefusal::Consulting),
        (
            TalkState::Established | TalkState::Conferenced | TalkState::Held,
            CallTouch::Reconnect | CallTouch::GiveOver | CallTouch::Conference,
        ) => Err(CallRefusal::NobodyConsulted),
        (
            TalkState::Consulted | TalkState::Waiting | TalkState::Transferring,
            CallTouch::Hold
            | CallTouch::Transfer { .. }
            | CallTouch::Consult { .. }
            | CallTouch::Reconnect
            | CallTouch::GiveOver
            | CallTouch::Conference,
        ) => Err(CallRefusal::NotLeading),
        (_, CallTouch::Answer | CallTouch::Mute | CallTouch::Record | CallTouch::HangUp) => {
            Err(CallRefusal::NoCall)
        }
    }
}
