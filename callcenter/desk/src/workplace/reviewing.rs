//! What keys mean on the pane of talks that are judged, and what is told about it.

use super::{Moment, Pane, Touch, Workplace, view::Notice};
use crate::{
    reviews::{Reader, ReviewsEvent, ReviewsTouch},
    shift::ShiftEvent,
};

impl Workplace {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the other keys mean nothing on this pane"
    )]
    pub(super) fn reviewing(&mut self, touch: &Touch) {
        let meant = match touch {
            Touch::Up => ReviewsTouch::Up,
            Touch::Down => ReviewsTouch::Down,
            Touch::SelectRow(row) => ReviewsTouch::Select(*row),
            Touch::Pick(choice) => ReviewsTouch::Pick(*choice),
            Touch::MoreCopies => ReviewsTouch::More,
            Touch::FewerCopies => ReviewsTouch::Fewer,
            Touch::Next => ReviewsTouch::Next,
            Touch::Back => ReviewsTouch::Back,
            Touch::Send => ReviewsTouch::Send,
            Touch::Abandon => ReviewsTouch::Discard,
            Touch::CheckNow => ReviewsTouch::LookAgain,
            _ => return,
        };
        self.review(meant);
    }

    pub(super) fn review(&mut self, touch: ReviewsTouch) {
        self.reviews.handle(ReviewsEvent::Touched(touch));
    }

    /// Whoever listens to a talk opens the form for it.
    pub(super) fn open_reviews(&mut self) {
        let monitoring = self.wallboard.monitoring().is_some();
        self.reviews.handle(ReviewsEvent::Opened { monitoring });
    }

    pub(super) fn reads_reviews(&mut self, agent: u32, supervisor: bool) {
        let reader = Reader { agent, supervisor };
        self.reviews.handle(ReviewsEvent::Known(reader));
    }

    /// What is typed of a talk is not lost by a key.
    pub(super) fn sign_out(&mut self, now: Moment) {
        if self.reviews.would_lose() {
            self.notice = Some(Notice::UnsavedReview);
        } else {
            self.shift_to(ShiftEvent::SignOut, now);
        }
    }

    /// What the reviews have not been told of who works here and what is seen.
    pub(super) fn news_for_reviews(&self) -> Option<ReviewsEvent> {
        let signed_in = self.shift.agent().is_some();
        match (self.pane == Pane::Reviews, self.reviews.is_shown()) {
            _ if !signed_in => {
                let known = self.reviews.is_somebodys() || self.reviews.is_shown();
                known.then_some(ReviewsEvent::SignedOut)
            }
            (true, false) => Some(ReviewsEvent::Opened { monitoring: false }),
            (false, true) => Some(ReviewsEvent::Left),
            (true, true) | (false, false) => None,
        }
    }
}
