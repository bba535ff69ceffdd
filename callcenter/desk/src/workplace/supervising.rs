//! A supervisor at the wallboard: who is looked at, and how to take part.

use super::{Touch, Workplace, view::Notice};
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

    /// Says why not to whoever is none.
    pub(super) fn is_supervisor(&mut self) -> bool {
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
