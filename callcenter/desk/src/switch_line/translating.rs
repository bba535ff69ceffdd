//! Between the telephone's port and the words of the line.

use std::time::Duration;

use cti::{
    AgentState, CallInfo, Destination, Directory, Event, Request, RequestRefusal, RequestedState,
    SignInRefusal, TalkState,
};
use privacy::Personal;
use request::RequestId;

use crate::{
    shift::{BreakReason, Presence},
    telephone::{NotDone, Ringing, SignInFault, TelephoneEvent, TelephoneOrder},
};

/// Knows whom a call can be given to.
#[derive(Debug, Default)]
pub(super) struct Translator {
    directory: Directory,
}

impl Translator {
    /// `None` for what is done at the telephone itself, or is no request.
    pub(super) fn request(&self, order: TelephoneOrder) -> Option<Request> {
        Some(match order {
            TelephoneOrder::Present(presence) => Request::SetAgentState {
                state: requested(presence)?,
            },
            TelephoneOrder::Hold => Request::HoldCall,
            TelephoneOrder::Retrieve => Request::RetrieveCall,
            TelephoneOrder::HangUp => Request::ClearConnection,
            TelephoneOrder::Transfer { to } => Request::SingleStepTransferCall {
                to: self.destination(&to),
            },
            TelephoneOrder::Answer
            | TelephoneOrder::Mute
            | TelephoneOrder::Unmute
            | TelephoneOrder::SignIn { .. } => return None,
        })
    }

    /// What the telephone's port says of it; nothing where the desk shows nothing.
    pub(super) fn events(&mut self, event: Event) -> Vec<TelephoneEvent> {
        match event {
            Event::Directory(mut part) => {
                self.directory.offices.append(&mut part.offices);
                self.directory.queues.append(&mut part.queues);
                self.directory.colleagues.append(&mut part.colleagues);
                Vec::new()
            }
            Event::Registered { registered: true } => vec![TelephoneEvent::Registered],
            Event::Registered { registered: false } => vec![TelephoneEvent::Unregistered],
            Event::Delivered { call } => vec![TelephoneEvent::Ringing(ringing(*call))],
            Event::Talking { talk } => {
                let held = match talk.state {
                    TalkState::Held => TelephoneEvent::Held,
                    TalkState::Established
                    | TalkState::Conferenced
                    | TalkState::Consulting { .. }
                    | TalkState::Consulted
                    | TalkState::Waiting
                    | TalkState::Transferring => TelephoneEvent::Retrieved,
                };
                // A desk that comes back has not seen how it began.
                let call = TelephoneEvent::Ringing(ringing(talk.call));
                vec![call, TelephoneEvent::Answered, held]
            }
            Event::NotAnswered | Event::ConnectionCleared => vec![TelephoneEvent::Ended],
            Event::AgentState {
                state: AgentState::NotReady { reason: None },
            } => vec![TelephoneEvent::SentOnBreak],
            Event::RequestRefused { why } => {
                vec![TelephoneEvent::NotDone(match why {
                    RequestRefusal::NotNow | RequestRefusal::SupervisorsOnly => NotDone::NotNow,
                    RequestRefusal::UnknownDestination => NotDone::UnknownDestination,
                })]
            }
            Event::AgentState { .. }
            | Event::Colleagues { .. }
            | Event::Monitored { .. }
            | Event::Reminder { .. }
            | Event::HelpWanted { .. }
            | Event::Board { .. } => Vec::new(),
        }
    }

    /// An entry of the directory by its name, else what was typed as a number.
    fn destination(&self, typed: &Personal<String>) -> Destination {
        let text = typed.reveal().trim();
        let mut offices = self.directory.offices.iter();
        if let Some(office) = offices.find(|it| it.name == text || it.id == text) {
            let id = office.id.clone();
            return Destination::Office { id };
        }
        let mut colleagues = self.directory.colleagues.iter();
        if let Some(colleague) = colleagues.find(|it| it.account == text) {
            let id = colleague.agent;
            return Destination::Agent { id };
        }
        if self.directory.queues.iter().any(|it| it == text) {
            let id = text.to_owned();
            return Destination::Queue { id };
        }
        let number = typed.clone();
        Destination::Number { number }
    }
}

fn requested(presence: Presence) -> Option<RequestedState> {
    Some(match presence {
        Presence::SignedOut => return None,
        Presence::Ready { .. } => RequestedState::Ready,
        Presence::WrapUp { .. } => RequestedState::WorkingAfterCall,
        Presence::Break { reason, .. } => RequestedState::NotReady {
            reason: match reason {
                BreakReason::Rest => "rest",
                BreakReason::Meal => "meal",
                BreakReason::Training => "training",
                BreakReason::Errand => "errand",
            }
            .to_owned(),
        },
    })
}

fn ringing(call: CallInfo) -> Ringing {
    Ringing {
        queue: call.queue,
        waited: Duration::from_secs(call.waited_seconds),
        caller: call.caller,
        requests: call.requests.into_iter().map(RequestId::new).collect(),
    }
}

pub(super) fn fault(why: SignInRefusal) -> SignInFault {
    match why {
        SignInRefusal::WrongPassphrase => SignInFault::WrongPassphrase,
        SignInRefusal::LockedOut { seconds } => SignInFault::LockedOut(seconds),
        SignInRefusal::SignedInElsewhere { station } => SignInFault::Elsewhere(station),
        SignInRefusal::Unknown => SignInFault::Unknown,
        SignInRefusal::SessionOver => SignInFault::Over,
        SignInRefusal::Busy => SignInFault::Busy,
    }
}
