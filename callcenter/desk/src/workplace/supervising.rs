//! A supervisor: what nobody else sees, who is looked at on the wallboard, how to take part.

use super::{Pane, Touch, Workplace, view::Notice};
use crate::{
    telephone::{MonitorMode, TelephoneOrder},
    wallboard::SupervisionRefusal,
};

impl Workplace {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the other keys mean nothing on this pane"
    )]
    pub(super) fn supervising(&mut self, touch: &Touch) {
        match touch {
            Touch::Up => self.wallboard.up(),
            Touch::Down => self.wallboard.down(),
            Touch::Pick(index) => self.wallboard.select(*index),
            _ => {}
        }
    }

    pub(super) fn monitor(&mut self, mode: MonitorMode) {
        if self.is_supervisor() {
            self.supervise(self.wallboard.monitor(mode));
        }
    }

    pub(super) fn stop_monitoring(&mut self) {
        if self.is_supervisor() {
            self.supervise(self.wallboard.stop());
        }
    }

    /// Whether a pane is for whoever works here.
    pub(super) fn may_see(&self, pane: Pane) -> bool {
        match pane {
            Pane::Board => self.supervisor,
            Pane::Postings => self.is_moderator(),
            Pane::Worklist
            | Pane::Preparation
            | Pane::Attention
            | Pane::Directory
            | Pane::Helping
            | Pane::Petitions
            | Pane::Knowledge
            | Pane::Sound
            | Pane::Checks
            | Pane::Reviews
            | Pane::Sending
            | Pane::Disposition => true,
        }
    }

    /// Says why not to whoever is none.
    fn is_supervisor(&mut self) -> bool {
        if !self.supervisor {
            self.notice = Some(Notice::SupervisorsOnly);
        }
        self.supervisor
    }

    fn supervise(&mut self, order: Result<TelephoneOrder, SupervisionRefusal>) {
        match order {
            Ok(order) => self.telephone.order(order),
            Err(why) => {
                self.notice = Some(match why {
                    SupervisionRefusal::NobodyChosen => Notice::ChooseAgent,
                    SupervisionRefusal::NoTalk => Notice::AgentNotTalking,
                    SupervisionRefusal::NotMonitoring => Notice::NotMonitoring,
                });
            }
        }
    }
}
