//! The citizen's voice: a handset beside the typed lines, where the kiosk has one.

use softphone::Volume;

use super::Phase;
use crate::{
    handset::{HandsetOrder, Voice},
    visit::{Command, Touch, Visit, view::Speaking},
};

/// What belongs to whoever stands here; the next citizen's volume is as it was at first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Handset {
    /// None before the agent has come, and where there is no handset.
    voice: Option<Voice>,
    volume: Volume,
    /// Volume and hanging up lie over the screen.
    open: bool,
}

impl Visit {
    /// The agent has come: the kiosk calls the switch.
    pub(super) fn begin_to_speak(&mut self) {
        if !self.site.handset {
            return;
        }
        let volume = self.person.help.handset.volume;
        self.order(Command::Handset(HandsetOrder::SetVolume(volume)));
        self.call_agent();
    }

    fn call_agent(&mut self) {
        let Some(room) = self.host.room().map(ToString::to_string) else {
            return;
        };
        let request = self.person.request.as_ref().map(|it| it.id.clone());
        self.person.help.handset.voice = Some(Voice::Calling);
        self.order(Command::Handset(HandsetOrder::Call { room, request }));
    }

    /// The help is over, and so is the call.
    pub(super) fn end_speaking(&mut self) {
        if std::mem::take(&mut self.person.help.handset)
            .voice
            .is_some()
        {
            self.order(Command::Handset(HandsetOrder::HangUp));
        }
    }

    /// How it stands with the call; what comes after the help is nobody's.
    pub(in crate::visit) fn voice_is(&mut self, voice: Voice) {
        let handset = &mut self.person.help.handset;
        if let Some(before) = &mut handset.voice {
            *before = voice;
        }
    }

    pub(super) fn handset_touched(&mut self, touch: &Touch) {
        let handset = &mut self.person.help.handset;
        if self.person.help.phase != Phase::Helping || handset.voice.is_none() {
            return;
        }
        match touch {
            Touch::OpenHandset => handset.open = true,
            Touch::CloseHandset => handset.open = false,
            Touch::Louder => self.set_volume(Volume::louder),
            Touch::Softer => self.set_volume(Volume::softer),
            Touch::HangUpHandset => {
                handset.voice = Some(Voice::HungUp);
                self.order(Command::Handset(HandsetOrder::HangUp));
            }
            Touch::CallFromHandset => self.call_agent(),
            _ => {}
        }
    }

    fn set_volume(&mut self, change: fn(Volume) -> Volume) {
        let volume = &mut self.person.help.handset.volume;
        *volume = change(*volume);
        let volume = *volume;
        self.order(Command::Handset(HandsetOrder::SetVolume(volume)));
    }

    pub(super) fn speaking(&self) -> Option<Speaking> {
        let handset = self.person.help.handset;
        Some(Speaking {
            voice: handset.voice?,
            volume: handset.volume,
            open: handset.open,
        })
    }
}
