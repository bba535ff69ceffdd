//! What keys mean on the pane of postings, and who decides on them.

use super::{Pane, Touch, Workplace};
use crate::postings::{PostingsEvent, PostingsTouch};

impl Workplace {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the other keys mean nothing on this pane"
    )]
    pub(super) fn moderating(&mut self, touch: &Touch) {
        let meant = match touch {
            Touch::Up => PostingsTouch::Up,
            Touch::Down => PostingsTouch::Down,
            Touch::SelectRow(row) => PostingsTouch::Select(*row),
            Touch::Pick(place) => PostingsTouch::Pick(*place),
            Touch::Next => PostingsTouch::Next,
            Touch::Back => PostingsTouch::Back,
            Touch::CheckNow => PostingsTouch::LookAgain,
            _ => return,
        };
        self.moderate(meant);
    }

    pub(super) fn moderate(&mut self, touch: PostingsTouch) {
        self.postings.handle(PostingsEvent::Touched(touch));
    }

    /// Supervisors, as the switch says; where there is none, whoever's certificate lies
    /// here, which the exchange believes as much.
    pub(super) fn is_moderator(&self) -> bool {
        self.supervisor || self.site.has_agent && !self.site.has_switch
    }

    /// What the postings have not been told of who works here and what is seen.
    pub(super) fn news_for_postings(&self) -> Option<PostingsEvent> {
        let (agent, shown) = (self.shift.agent(), self.pane == Pane::Postings);
        if self.postings.agent() != agent {
            Some(PostingsEvent::Works(agent.map(str::to_owned)))
        } else if agent.is_some() && self.postings.is_shown() != shown {
            Some(PostingsEvent::Shown(shown))
        } else {
            None
        }
    }
}
