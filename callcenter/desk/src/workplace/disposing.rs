//! Wrapping up: when the agent is asked how the call ended, and what keys mean then.

use super::{Moment, Pane, Touch, Workplace, view::Notice};
use crate::{
    disposition::DispositionEvent, shift::ShiftState, telephone::TelephoneOrder, worklist::Doing,
};

impl Workplace {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the other keys mean nothing on this pane"
    )]
    pub(super) fn disposing(&mut self, touch: &Touch) {
        match touch {
            Touch::Pick(index) => self.disposition.handle(DispositionEvent::Chosen(*index)),
            Touch::Back => self.leave_disposition(),
            _ => {}
        }
    }

    /// Whether the center wants to know first how the call ended: then it is asked, once.
    pub(super) fn asks_how_it_ended(&mut self, now: Moment) -> bool {
        let asks = self.wraps_up() && self.disposition.asks_first();
        if asks {
            self.open_pane(Pane::Disposition, now);
        }
        asks
    }

    /// Whether there is a call to say it of; says so where there is none.
    pub(super) fn may_dispose(&mut self) -> bool {
        let may = self.wraps_up() && self.disposition.is_asked();
        if !may {
            self.notice = Some(Notice::NoCall);
        }
        may
    }

    /// It comes up where nothing else is before the agent, and goes with the wrap-up.
    /// Whether that has changed what is seen.
    pub(super) fn follow_wrap_up(&mut self) -> bool {
        let wraps_up = self.wraps_up();
        let idle = self.pane == Pane::Worklist
            && self.worklist.doing() == Doing::Nothing
            && !self.preparation.is_open();
        if self.pane == Pane::Disposition && !wraps_up {
            self.leave_disposition();
            return true;
        }
        if wraps_up && idle && self.disposition.comes_up() {
            self.pane_before = self.pane;
            self.pane = Pane::Disposition;
            return true;
        }
        false
    }

    /// What has to be told of who works here, and said to the switch.
    pub(super) fn news_for_disposition(&mut self) -> bool {
        if self.shift.agent().is_none() && self.disposition.is_somebodys() {
            self.disposition.handle(DispositionEvent::SignedOut);
            return true;
        }
        let Some(said) = self.disposition.poll_command() else {
            return false;
        };
        self.telephone.order(TelephoneOrder::SayDisposition(said));
        true
    }

    /// How the call ended, as far as it is asked now.
    pub(super) fn how_it_ended(&self) -> Option<String> {
        let said = self.disposition.said(self.language);
        said.filter(|_| self.wraps_up())
    }

    fn leave_disposition(&mut self) {
        let stands_over = matches!(self.pane_before, Pane::Disposition | Pane::Directory);
        self.pane = match stands_over {
            true => Pane::Worklist,
            false => self.pane_before,
        };
    }

    fn wraps_up(&self) -> bool {
        self.shift.state() == ShiftState::WrapUp
    }
}
