//! What keys mean on the pane of two-person checks, and as whom the agent speaks.

use request::AgentId;
use vouching::{Role, Speaker};

use super::{Moment, Touch, Workplace};
use crate::{
    attention::Verdict,
    checks::{ChecksEvent, ChecksTouch},
};

impl Workplace {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the other keys mean nothing on this pane"
    )]
    pub(super) fn checking(&mut self, touch: &Touch, now: Moment) {
        let meant = match touch {
            Touch::Up => ChecksTouch::Up,
            Touch::Down => ChecksTouch::Down,
            Touch::SelectRow(row) => ChecksTouch::Select(*row),
            Touch::Pick(index) => ChecksTouch::Pick(*index),
            Touch::Next => ChecksTouch::Next,
            Touch::Settle(Verdict::Apply) => ChecksTouch::Believe,
            Touch::Settle(Verdict::Discard) => ChecksTouch::Refuse,
            Touch::AskMore => ChecksTouch::AskMore,
            Touch::Back => ChecksTouch::Back,
            Touch::Abandon => ChecksTouch::GiveBack,
            _ => return,
        };
        self.check(meant, now);
    }

    pub(super) fn check(&mut self, touch: ChecksTouch, now: Moment) {
        self.checks.handle(ChecksEvent::Touched(touch), now.instant);
    }

    /// What the checks have not been told of who works here. Only the switch says that
    /// somebody is a supervisor.
    pub(super) fn news_for_checks(&self) -> Option<ChecksEvent> {
        let speaker = self.shift.agent().map(|agent| Speaker {
            agent: AgentId::new(agent),
            role: if self.supervisor {
                Role::Supervisor
            } else {
                Role::Agent
            },
        });
        let known = self.checks.speaker() == speaker.as_ref();
        (!known).then_some(ChecksEvent::Works(speaker))
    }
}
