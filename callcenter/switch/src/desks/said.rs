//! What a desk's requests mean to the switchboard.

use std::time::Duration;

use cti::{Destination, MonitorMode, Request, RequestedState};
use distributor::{Action, AgentId, CallId, EntryId, Mode, QueueId, Sensitive};
use request::StationId;

use crate::switchboard::{KioskVisit, Recipient, Wish};

/// The distributor cuts it down to what the queue allows.
const AS_LONG_AS_MAY_BE: Duration = Duration::from_hours(24);

/// A break's reason is one of the center's codes, and everybody's board has room for it.
const CODE_LETTERS_MOST: usize = 16;

pub(super) fn wishes(request: Request) -> Vec<Wish> {
    match request {
        Request::SetAgentState { state } => match state {
            // Whoever is ready, or on a break, wraps up no more.
            RequestedState::Ready => vec![Wish::Ready, Wish::WrapUpDone],
            RequestedState::NotReady { reason } => {
                vec![Wish::Break(code(&reason)), Wish::WrapUpDone]
            }
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
        Request::PauseRecording => {
            vec![Wish::Act(Action::PauseRecording(Sensitive::AgentsWish))]
        }
        Request::ResumeRecording => {
            vec![Wish::Act(Action::ResumeRecording(Sensitive::AgentsWish))]
        }
        Request::SayDisposition { call, disposition } => {
            vec![Wish::SayDisposition(CallId(call), disposition)]
        }
        Request::AskForHelp => vec![Wish::Help],
        Request::Monitor { agent, mode } => vec![Wish::Watch(AgentId(agent), how(mode))],
        Request::StopMonitoring => vec![Wish::StopWatching],
        Request::TakeKiosk { visit } => vec![Wish::TakeKiosk(KioskVisit {
            kiosk: StationId::new(visit.kiosk),
            room: visit.room,
        })],
        Request::LeaveKiosk => vec![Wish::LeaveKiosk],
        // No call changes by it.
        Request::Quality(_) => Vec::new(),
    }
}

fn code(reason: &str) -> String {
    let plain = reason.chars().filter(|it| !it.is_control());
    plain.take(CODE_LETTERS_MOST).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_break_has_a_code_and_no_story() {
        let state = |reason: &str| Request::SetAgentState {
            state: RequestedState::NotReady {
                reason: reason.to_owned(),
            },
        };

        let meal = Wish::Break("meal".to_owned());
        assert_eq!(wishes(state("meal")), [meal, Wish::WrapUpDone]);
        let long = wishes(state(&"\u{1}점심".repeat(5_000)));
        assert_eq!(long[0], Wish::Break("점심".repeat(8)));
    }
}
