//! What keys mean on the pane of documents for agencies, and what it is told.

use super::{Moment, Pane, Touch, Workplace};
use crate::sending::{SendingEvent, SendingTouch};

impl Workplace {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the other keys mean nothing on this pane"
    )]
    pub(super) fn sending_document(&mut self, touch: &Touch, now: Moment) {
        let meant = match touch {
            Touch::Up => SendingTouch::Up,
            Touch::Down => SendingTouch::Down,
            Touch::SelectRow(row) => SendingTouch::Select(*row),
            Touch::Pick(place) => SendingTouch::Pick(*place),
            Touch::Next => SendingTouch::Next,
            Touch::Back => SendingTouch::Back,
            Touch::ReadAgain => SendingTouch::Again,
            Touch::Abandon => SendingTouch::Declined,
            Touch::Consented => SendingTouch::Consented,
            Touch::CheckNow => SendingTouch::LookAgain,
            _ => return,
        };
        self.send_document(meant, now);
    }

    pub(super) fn send_document(&mut self, touch: SendingTouch, now: Moment) {
        self.sending.handle(SendingEvent::Touched(touch), now);
    }

    /// What the pane has not been told of who works here and what is seen.
    pub(super) fn news_for_sending(&self) -> Option<SendingEvent> {
        let (agent, shown) = (self.shift.agent(), self.pane == Pane::Sending);
        if self.sending.agent() != agent {
            Some(SendingEvent::Works(agent.map(str::to_owned)))
        } else if agent.is_some() && self.sending.is_shown() != shown {
            Some(SendingEvent::Shown(shown))
        } else {
            None
        }
    }
}
