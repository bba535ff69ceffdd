//! The call: who is with whom, what is known of the caller, who listens.

use desk_ui::{CallName, Concern, DeskWindow, MonitorName, RecordingName, TalkName, TelephonePort};
use slint::ComponentHandle;

use super::{rows, sound, worklist};
use crate::{
    telephone::{CallState, MonitorMode, RecordingState, TalkState},
    workplace::view::TelephoneView,
};

pub(super) fn show(window: &DeskWindow, view: &TelephoneView) {
    let port = window.global::<TelephonePort>();
    let established = (TalkName::Established, false);
    let (state, (talk, muted)) = match view.state {
        CallState::NotConfigured => (CallName::NotConfigured, established),
        CallState::Unregistered => (CallName::Unregistered, established),
        CallState::Resting => (CallName::Resting, established),
        CallState::Ringing => (CallName::Ringing, established),
        CallState::Talking { with, muted } => (CallName::Talking, (name(with), muted)),
    };
    port.set_talk(talk);
    port.set_muted(muted);
    port.set_state(state);
    port.set_queue(view.queue.as_str().into());
    port.set_waited(view.waited.as_str().into());
    port.set_talking_for(view.talking_for.as_str().into());
    let caller = view.caller.as_ref().map(|it| it.reveal().as_str());
    port.set_caller(caller.unwrap_or_default().into());
    port.set_speaks(view.speaks.as_str().into());
    port.set_callback(view.callback);
    port.set_from_kiosk(view.from_kiosk);
    port.set_cut_off(view.cut_off);
    port.set_monitored(monitor(view.monitored));
    port.set_recording(match view.recording {
        RecordingState::Off => RecordingName::Off,
        RecordingState::On => RecordingName::On,
        RecordingState::Paused => RecordingName::Paused,
    });
    port.set_own(view.own);
    port.set_metered(view.levels.is_some());
    port.set_microphone(sound::height(view.levels.map(|it| it.microphone)));
    port.set_loudspeaker(sound::height(view.levels.map(|it| it.loudspeaker)));
    port.set_microphone_gone(view.sound_trouble.microphone_gone);
    port.set_loudspeaker_gone(view.sound_trouble.loudspeaker_gone);
    port.set_silent(view.sound_trouble.silent);
    let monitoring = view.monitoring.as_ref();
    let whom = monitoring.map_or("", |(whom, _)| whom.as_str());
    port.set_monitoring_whom(whom.into());
    port.set_monitoring(monitor(monitoring.map(|(_, mode)| *mode)));
    let concerns = view.concerns.iter().map(|it| Concern {
        title: it.title.as_str().into(),
        asked: it.asked.as_str().into(),
        state: worklist::state(it.state),
    });
    if let Some(model) = rows::update(&port.get_concerns(), concerns.collect()) {
        port.set_concerns(model);
    }
}

fn name(with: TalkState) -> TalkName {
    match with {
        TalkState::Established => TalkName::Established,
        TalkState::Conferenced => TalkName::Conferenced,
        TalkState::Held => TalkName::Held,
        TalkState::Consulting { answered: false } => TalkName::Asking,
        TalkState::Consulting { answered: true } => TalkName::Asked,
        TalkState::Consulted => TalkName::Consulted,
        TalkState::Waiting => TalkName::Waiting,
        TalkState::Transferring => TalkName::Transferring,
    }
}

fn monitor(mode: Option<MonitorMode>) -> MonitorName {
    match mode {
        None => MonitorName::None,
        Some(MonitorMode::Listen) => MonitorName::Listen,
        Some(MonitorMode::Whisper) => MonitorName::Whisper,
        Some(MonitorMode::Barge) => MonitorName::Barge,
    }
}
