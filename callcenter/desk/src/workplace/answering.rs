//! What keys mean on the pane of letters.

use super::{Moment, Pane, Touch, Workplace};
use crate::petitions::{PetitionsEvent, PetitionsTouch};

impl Workplace {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the other keys mean nothing on this pane"
    )]
    pub(super) fn answering(&mut self, touch: &Touch, now: Moment) {
        let meant = match touch {
            Touch::Up => PetitionsTouch::Up,
            Touch::Down => PetitionsTouch::Down,
            Touch::SelectRow(row) => PetitionsTouch::Select(*row),
            Touch::Pick(place) => PetitionsTouch::Pick(*place),
            Touch::MoreCopies => PetitionsTouch::PreviousPage,
            Touch::FewerCopies => PetitionsTouch::NextPage,
            Touch::Next => PetitionsTouch::Next,
            Touch::Back => PetitionsTouch::Back,
            Touch::Send => PetitionsTouch::Send,
            Touch::Abandon => PetitionsTouch::TakeBack,
            Touch::CheckNow => PetitionsTouch::CheckNow,
            _ => return,
        };
        self.answer(meant, now);
    }

    pub(super) fn answer(&mut self, touch: PetitionsTouch, now: Moment) {
        let event = PetitionsEvent::Touched(touch);
        self.petitions.handle(event, now.instant);
    }

    /// What the letters have not been told of who works here and what is seen.
    pub(super) fn news_for_letters(&self) -> Option<PetitionsEvent> {
        let (agent, shown) = (self.shift.agent(), self.pane == Pane::Petitions);
        if self.petitions.agent() != agent {
            Some(PetitionsEvent::Works(agent.map(str::to_owned)))
        } else if self.petitions.is_shown() != shown {
            Some(PetitionsEvent::Shown(shown))
        } else {
            None
        }
    }
}
