//! What keys mean on the pane of the knowledge base, and what it is told.

use super::{Pane, Touch, Workplace};
use crate::knowledge::{KnowledgeEvent, KnowledgeTouch};

impl Workplace {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the other keys mean nothing on this pane"
    )]
    pub(super) fn looking_into(&mut self, touch: &Touch) {
        let meant = match touch {
            Touch::Up => KnowledgeTouch::Up,
            Touch::Down => KnowledgeTouch::Down,
            Touch::SelectRow(row) => KnowledgeTouch::Select(*row),
            Touch::Pick(place) => KnowledgeTouch::Pick(*place),
            Touch::Next => KnowledgeTouch::Next,
            Touch::Back => KnowledgeTouch::Back,
            Touch::CheckNow => KnowledgeTouch::LookAgain,
            _ => return,
        };
        self.look_into(meant);
    }

    pub(super) fn look_into(&mut self, touch: KnowledgeTouch) {
        self.knowledge.handle(KnowledgeEvent::Touched(touch));
    }

    /// What the knowledge base has not been told of who works here and what is seen.
    pub(super) fn news_for_knowledge(&self) -> Option<KnowledgeEvent> {
        let (agent, shown) = (self.shift.agent(), self.pane == Pane::Knowledge);
        if self.knowledge.agent() != agent {
            Some(KnowledgeEvent::Works(agent.map(str::to_owned)))
        } else if agent.is_none() || self.knowledge.is_shown() == shown {
            None
        } else if shown {
            let service = self.preparation.service_in_hand().cloned();
            Some(KnowledgeEvent::Shown(service))
        } else {
            Some(KnowledgeEvent::Left)
        }
    }
}
