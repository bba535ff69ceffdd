//! What a desk's requests mean to the switchboard.

use std::time::Duration;

use cti::{Destination, MonitorMode, Request, RequestedState};
use distributor::{Action, AgentId, EntryId, Mode, QueueId};

use crate::switchboard::{Recipient, Wish};

/// The distributor cuts it down to what the queue allows.
const AS_LONG_AS_MAY_BE: Duration = Duration::from_hours(24);

pub(super) fn wishes(request: Request) -> Vec<Wish> {
    match request {
        Request::SetAgentState { state } => match state {
            // Whoever is ready, or on a break, wraps up no more.
            RequestedState::Ready => vec![Wish::Ready, Wish::WrapUpDone],
            RequestedState::NotReady { reason } => vec![Wish::Break(reason), Wish::WrapUpDone],
            RequestedState::WorkingAfterCall => vec![Wish::ExtendWrapUp(AS_LONG_AS_MAY_BE)],
        },
        Request::HoldCall => vec![Wish::Act(Action::Hold)],
        Request::RetrieveCall => vec![Wish::Act(Action::Retrieve)],
        Request::ClearConnection => vec![Wish::HangUp],
        Request::SingleStepTransferCall { to } => vec![Wish::Transfer(recipient(to))],
        Request::ConsultationCall { to } => vec![Wish::Consult(recipient(to))],
        Request::ReconnectCall => vec![Wish::Act(Action::EndConsultation)],
        Request::TransferCall => vec![Wish::Act(Action::CompleteTransfer)],
        Request::ConferenceCall => vec![Wish::Act(Action::Conference)],
        Request::AskForHelp => vec![Wish::Help],
        Request::Monitor { agent, mode } => vec![Wish::Watch(AgentId(agent), how(mode))],
        Request::StopMonitoring => vec![Wish::StopWatching],
    }
}

fn recipient(to: Destination) -> Recipient {
    match to {
        Destination::Office { id } => Recipient::Office(EntryId(id)),
        Destination::Agent { id } => Recipient::Agent(AgentId(id)),
        Destination::Queue { id } => Recipient::Queue(QueueId(id)),
        Destination::Number { number } => Recipient::Number(number),
    }
}

fn how(mode: MonitorMode) -> Mode {
    match mode {
        MonitorMode::Listen => Mode::Listen,
        MonitorMode::Whisper => Mode::Whisper,
        MonitorMode::Barge => Mode::Barge,
    }
}
