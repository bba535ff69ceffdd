//! Between the telephone's port and the words of the line.

use std::time::Duration;

use cti::{AgentState, CallInfo, Event, Request, RequestRefusal, RequestedState, SignInRefusal};
use request::RequestId;

use crate::{
    shift::{BreakReason, Presence},
    telephone::{NotDone, Ringing, SignInFault, TelephoneEvent, TelephoneOrder},
};

/// `None` for what is done at the telephone itself, or is no request.
pub(super) fn request(order: TelephoneOrder) -> Option<Request> {
    Some(match order {
        TelephoneOrder::Present(presence) => Request::SetAgentState {
            state: requested(presence)?,
        },
        TelephoneOrder::Hold => Request::HoldCall,
        TelephoneOrder::Retrieve => Request::RetrieveCall,
        TelephoneOrder::PauseRecording => Request::PauseRecording,
        TelephoneOrder::ResumeRecording => Request::ResumeRecording,
        TelephoneOrder::HangUp => Request::ClearConnection,
        TelephoneOrder::Transfer { to } => Request::SingleStepTransferCall { to },
        TelephoneOrder::Consult { to } => Request::ConsultationCall { to },
        TelephoneOrder::Reconnect => Request::ReconnectCall,
        TelephoneOrder::GiveOver => Request::TransferCall,
        TelephoneOrder::Conference => Request::ConferenceCall,
        TelephoneOrder::SayDisposition(said) => Request::SayDisposition {
            call: said.call,
            disposition: said.disposition,
        },
        TelephoneOrder::AskForHelp => Request::AskForHelp,
        TelephoneOrder::Monitor { agent, mode } => Request::Monitor { agent, mode },
        TelephoneOrder::StopMonitoring => Request::StopMonitoring,
        TelephoneOrder::TakeKiosk { visit } => Request::TakeKiosk { visit },
        TelephoneOrder::LeaveKiosk => Request::LeaveKiosk,
        TelephoneOrder::Quality(asked) => Request::Quality(asked),
        TelephoneOrder::Answer
        | TelephoneOrder::Mute
        | TelephoneOrder::Unmute
        | TelephoneOrder::Sound(_)
        | TelephoneOrder::SignIn { .. } => return None,
    })
}

/// What the telephone's port says of it; nothing where the desk shows nothing.
pub(super) fn events(event: Event) -> Vec<TelephoneEvent> {
    match event {
        Event::Directory(part) => vec![TelephoneEvent::Directory(part)],
        Event::Colleagues { changed } => vec![TelephoneEvent::Colleagues(changed)],
        Event::Registered { registered: true } => vec![TelephoneEvent::Registered],
        Event::Registered { registered: false } => vec![TelephoneEvent::Unregistered],
        Event::Delivered { call } => vec![TelephoneEvent::Ringing(ringing(*call))],
        Event::Talking { talk } => {
            // A desk that comes back has not seen how it began.
            let call = TelephoneEvent::Ringing(ringing(talk.call));
            let with = TelephoneEvent::Talk(talk.state);
            vec![call, TelephoneEvent::Answered, with]
        }
        Event::NotAnswered | Event::ConnectionCleared => vec![TelephoneEvent::Ended],
        Event::AgentState {
            state: AgentState::NotReady { reason: None },
        } => vec![TelephoneEvent::SentOnBreak],
        Event::RequestRefused { why } => {
            vec![TelephoneEvent::NotDone(match why {
                RequestRefusal::NotNow => NotDone::NotNow,
                RequestRefusal::SupervisorsOnly => NotDone::SupervisorsOnly,
                RequestRefusal::UnknownDestination => NotDone::UnknownDestination,
            })]
        }
        Event::Recording { state } => vec![TelephoneEvent::Recording(state)],
        Event::Monitored { mode } => vec![TelephoneEvent::Monitored(mode)],
        Event::Monitoring { of } => vec![TelephoneEvent::Monitoring(of)],
        Event::HelpWanted { agent } => vec![TelephoneEvent::HelpWanted { agent }],
        Event::Badge { badge } => vec![TelephoneEvent::Badge(badge)],
        Event::Board { board } => vec![TelephoneEvent::Board(board)],
        Event::Dispositions(codes) => vec![TelephoneEvent::Dispositions(codes)],
        Event::WrapUp(wrap_up) => vec![TelephoneEvent::WrapUp(wrap_up)],
        Event::DispositionRefused { call, why } => {
            vec![TelephoneEvent::DispositionRefused { call, why }]
        }
        Event::Quality(told) => vec![TelephoneEvent::Quality(Box::new(told))],
        Event::AgentState { .. } | Event::Reminder { .. } => Vec::new(),
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
        language: call.language,
        waited: Duration::from_secs(call.waited_seconds),
        // A kiosk's account is nobody's number.
        caller: call.caller.filter(|_| call.visit.is_none()),
        requests: call.requests.into_iter().map(RequestId::new).collect(),
        callback: call.callback,
        cut_off: call.cut_off,
        visit: call.visit,
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
