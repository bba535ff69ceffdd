//! What keys mean on the pane of sound, and what of a call it has to know.

use super::{Command, Moment, Pane, Touch, Workplace};
use crate::{
    sound::{SoundCommand, SoundEvent, SoundTouch},
    telephone::{CallState, TelephoneOrder},
};

impl Workplace {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the other keys mean nothing on this pane"
    )]
    pub(super) fn sounding(&mut self, touch: &Touch, now: Moment) {
        let meant = match touch {
            Touch::Up => SoundTouch::Up,
            Touch::Down => SoundTouch::Down,
            Touch::SelectRow(row) | Touch::Pick(row) => SoundTouch::Select(*row),
            Touch::Next => SoundTouch::Next,
            Touch::Send => SoundTouch::Test,
            Touch::CheckNow => SoundTouch::LookAgain,
            _ => return,
        };
        self.sound.handle(SoundEvent::Touched(meant), now.instant);
    }

    /// What the sound has not been told of what is seen and of who hears the agent.
    pub(super) fn news_for_sound(&self) -> Option<SoundEvent> {
        let shown = self.pane == Pane::Sound && self.shift.agent().is_some();
        let speaks = match self.telephone.state() {
            CallState::Talking { muted, .. } => !muted,
            CallState::NotConfigured
            | CallState::Unregistered
            | CallState::Resting
            | CallState::Ringing => false,
        };
        if self.site.sound.is_none() {
            None
        } else if self.sound.is_shown() != shown {
            Some(SoundEvent::Shown(shown))
        } else if self.sound.speaks() != speaks {
            Some(SoundEvent::Speaks(speaks))
        } else {
            None
        }
    }

    pub(super) fn of_sound(&mut self, command: SoundCommand) {
        match command {
            SoundCommand::Order(order) => self.telephone.order(TelephoneOrder::Sound(order)),
            SoundCommand::Remember(settings) => {
                self.commands.push_back(Command::RememberSound(settings));
            }
        }
    }
}
