//! What the switchboard shows, in the words of the line.

use cti::{
    CallInfo, Colleague, Directory, Disposition, Dispositions, Event, MonitorMode, Monitoring,
    Office, RecordingState, RequestRefusal, Talk, TalkState, Visit, WrapUp,
};
use distributor::{AgentId, AgentState, BreakReason, Mode, PartyState, Reminder};

use crate::{
    center::{Center, DispositionSettings},
    switchboard::{Refusal, Ringing, Shown, ShownTalk, Tape},
    wrap_up::DispositionRefusal,
};

/// So many entries fit a frame with room to spare.
pub(crate) const ENTRIES_MOST: usize = 200;

pub(crate) fn told(shown: Shown) -> Event {
    match shown {
        Shown::State(state) => Event::AgentState {
            state: state_of(state),
        },
        Shown::Registered(registered) => Event::Registered { registered },
        Shown::Ringing(ringing) => Event::Delivered {
            call: Box::new(call(*ringing)),
        },
        Shown::RingingOver => Event::NotAnswered,
        Shown::Talk(shown) => {
            let ShownTalk {
                call: ringing,
                lasted,
                state,
            } = *shown;
            Event::Talking {
                talk: Box::new(Talk {
                    call: call(ringing),
                    talking_seconds: lasted.as_secs(),
                    state: talk_state(state),
                }),
            }
        }
        Shown::TalkOver => Event::ConnectionCleared,
        Shown::Recording(tape) => Event::Recording {
            state: match tape {
                Tape::Off => RecordingState::Off,
                Tape::On => RecordingState::On,
                Tape::Paused => RecordingState::Paused,
            },
        },
        Shown::Monitored(mode) => Event::Monitored {
            mode: mode.map(monitor_mode),
        },
        Shown::Monitoring(monitoring) => Event::Monitoring {
            of: monitoring.map(|(AgentId(agent), mode)| Monitoring {
                agent,
                mode: monitor_mode(mode),
            }),
        },
        Shown::WrapUp(shown) => Event::WrapUp(WrapUp {
            call: shown.call.0,
            choices: shown.choices,
            said: shown.said,
        }),
        Shown::DispositionRefused { call, why } => Event::DispositionRefused {
            call: call.0,
            why: match why {
                DispositionRefusal::UnknownCode => cti::DispositionRefusal::UnknownCode,
                DispositionRefusal::WrapUpOver => cti::DispositionRefusal::WrapUpOver,
                DispositionRefusal::NotWritten => cti::DispositionRefusal::NotWritten,
            },
        },
        Shown::Remind(of) => Event::Reminder {
            of: match of {
                Reminder::CallerHeld => cti::Reminder::CallerHeld,
                Reminder::RecordingPaused => cti::Reminder::RecordingPaused,
            },
        },
        Shown::HelpWanted(AgentId(agent)) => Event::HelpWanted { agent },
        Shown::Refused(why) => Event::RequestRefused {
            why: match why {
                Refusal::NotNow => RequestRefusal::NotNow,
                Refusal::UnknownDestination => RequestRefusal::UnknownDestination,
                Refusal::SupervisorsOnly => RequestRefusal::SupervisorsOnly,
            },
        },
    }
}

fn monitor_mode(mode: Mode) -> MonitorMode {
    match mode {
        Mode::Listen => MonitorMode::Listen,
        Mode::Whisper => MonitorMode::Whisper,
        Mode::Barge => MonitorMode::Barge,
    }
}

fn call(ringing: Ringing) -> CallInfo {
    CallInfo {
        call: ringing.call.0,
        queue: ringing.queue,
        language: ringing.language.0,
        waited_seconds: ringing.waited.as_secs(),
        caller: Some(ringing.from),
        requests: ringing.request.into_iter().collect(),
        callback: ringing.callback,
        cut_off: ringing.cut_off,
        visit: ringing.visit.map(|it| Visit {
            kiosk: it.kiosk.to_string(),
            room: it.room,
        }),
    }
}

fn talk_state(state: PartyState) -> TalkState {
    match state {
        PartyState::Talking => TalkState::Established,
        PartyState::Conferenced => TalkState::Conferenced,
        PartyState::Held => TalkState::Held,
        PartyState::Consulting { answered } => TalkState::Consulting { answered },
        PartyState::Consulted => TalkState::Consulted,
        PartyState::LeftWithCaller => TalkState::Waiting,
        PartyState::Transferring => TalkState::Transferring,
    }
}

pub(crate) fn state_of(state: AgentState) -> cti::AgentState {
    match state {
        AgentState::SignedOut => cti::AgentState::SignedOut,
        AgentState::Break(BreakReason::Asked(reason)) => cti::AgentState::NotReady {
            reason: Some(reason),
        },
        AgentState::Break(BreakReason::OffersMissed) => cti::AgentState::NotReady { reason: None },
        AgentState::NoDevice => cti::AgentState::Unreachable,
        AgentState::Idle => cti::AgentState::Ready,
        AgentState::Offered => cti::AgentState::Offered,
        AgentState::Talking => cti::AgentState::Busy,
        AgentState::WrapUp => cti::AgentState::WorkingAfterCall,
        AgentState::Resting => cti::AgentState::Resting,
        AgentState::AtKiosk => cti::AgentState::AtKiosk,
    }
}

/// What agents choose from in their wrap-ups.
pub(crate) fn dispositions(settings: &DispositionSettings) -> Dispositions {
    let codes = settings.codes.iter().map(|it| Disposition {
        id: it.id.clone(),
        title: it.title.clone(),
    });
    Dispositions {
        required: settings.required,
        codes: codes.collect(),
    }
}

/// Whom a call can be given to, in as many parts as frames are needed for.
pub(crate) fn parts_of_directory(
    center: &Center,
    mut colleagues: Vec<Colleague>,
) -> Vec<Directory> {
    let office = |it: &crate::center::Office| Office {
        id: it.id.0.clone(),
        name: it.name.clone().unwrap_or_else(|| it.id.0.clone()),
    };
    let mut offices: Vec<Office> = center.offices.iter().map(office).collect();
    let mut queues: Vec<String> = (center.plan.queues.iter())
        .map(|it| it.id.0.clone())
        .collect();
    let mut parts = Vec::new();
    while parts.is_empty() || !(offices.is_empty() && queues.is_empty() && colleagues.is_empty()) {
        parts.push(Directory {
            offices: first_of(&mut offices),
            queues: first_of(&mut queues),
            colleagues: first_of(&mut colleagues),
        });
    }
    parts
}

fn first_of<T>(entries: &mut Vec<T>) -> Vec<T> {
    let count = entries.len().min(ENTRIES_MOST);
    entries.drain(..count).collect()
}
