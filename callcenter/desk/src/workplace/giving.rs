//! The call's keys: asking somebody first, giving the call over, three together.

use super::{CallKey, Moment, Pane, Touch, Workplace, view::Notice};
use crate::telephone::{CallRefusal, CallState, CallTouch, Destination, TelephoneOrder};

impl Workplace {
    pub(super) fn call(&mut self, key: CallKey, now: Moment) {
        let touch = match key {
            CallKey::Answer => CallTouch::Answer,
            CallKey::Hold => CallTouch::Hold,
            CallKey::Mute => CallTouch::Mute,
            CallKey::Record => CallTouch::Record,
            CallKey::HangUp => CallTouch::HangUp,
            CallKey::Reconnect => CallTouch::Reconnect,
            CallKey::GiveOver => CallTouch::GiveOver,
            CallKey::Conference => CallTouch::Conference,
            CallKey::Help => return self.ask_for_help(),
            CallKey::Consult => match self.recipient(now) {
                Some(to) => CallTouch::Consult { to },
                None => return,
            },
            CallKey::Transfer => match self.recipient(now) {
                Some(to) => CallTouch::Transfer { to },
                None => return,
            },
        };
        match self.telephone.touch(touch) {
            Err(why) => self.notice = Some(notice(why)),
            Ok(()) if self.pane == Pane::Directory => self.leave_directory(),
            Ok(()) => {}
        }
    }

    /// Who is chosen; where nobody can have been, the directory opens.
    fn recipient(&mut self, now: Moment) -> Option<Destination> {
        if !matches!(self.telephone.state(), CallState::Talking { .. }) {
            self.notice = Some(Notice::NoCall);
            return None;
        }
        if self.pane != Pane::Directory {
            self.open_pane(Pane::Directory, now);
            self.notice = Some(Notice::TransferWhere);
            return None;
        }
        let chosen = self.directory.chosen();
        if chosen.is_none() {
            self.notice = Some(Notice::TransferWhere);
        }
        chosen.map(|it| it.to)
    }

    fn ask_for_help(&mut self) {
        match self.telephone.state() {
            CallState::Talking { .. } => {
                self.telephone.order(TelephoneOrder::AskForHelp);
                self.notice = Some(Notice::HelpAsked);
            }
            CallState::NotConfigured
            | CallState::Unregistered
            | CallState::Resting
            | CallState::Ringing => self.notice = Some(Notice::NoCall),
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the other keys mean nothing on this pane"
    )]
    pub(super) fn looking_up(&mut self, touch: &Touch) {
        let selected = self.directory.selected();
        match touch {
            Touch::Up => self.directory.select(selected.saturating_sub(1)),
            Touch::Down => self.directory.select(selected + 1),
            Touch::Pick(index) => self.directory.select(*index),
            Touch::Back => self.leave_directory(),
            _ => {}
        }
    }

    pub(super) fn leave_directory(&mut self) {
        if self.pane == Pane::Directory {
            self.pane = self.pane_before;
        }
    }
}

fn notice(why: CallRefusal) -> Notice {
    match why {
        CallRefusal::NoCall => Notice::NoCall,
        CallRefusal::NobodyConsulted => Notice::AskFirst,
        CallRefusal::NotAnswered => Notice::NotAnswered,
        CallRefusal::Consulting => Notice::Consulting,
        CallRefusal::NotLeading => Notice::NotLeading,
        CallRefusal::NotRecorded => Notice::NotRecorded,
    }
}
