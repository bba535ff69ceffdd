//! Calls that are answered, or have sound before they are.

use media::plane::MediaPlane;
use signalling::{Command, LegId, Signalling};
use sip::sdp::{Answer, Offer};

use super::{
    Switch,
    carry_out::NO_ROOM,
    lines::{NO_COMMON_SOUND, media_leg},
};
use crate::switchboard::Leg;

impl Switch {
    pub(super) fn accept(&mut self, leg: Leg) {
        let Some(id) = self.line_of(leg) else {
            return;
        };
        let Some(line) = self.legs.get_mut(&id) else {
            return;
        };
        let answer = match (line.early.take(), line.offered.take()) {
            (Some(early), _) => Some(early),
            (None, Some(offer)) => self.agree(leg, id, &offer),
            (None, None) => return self.accept_with_offer(leg, id),
        };
        if let Some(answer) = answer {
            self.lines.carry_out(Command::Answer { leg: id, answer });
        }
    }

    /// Sound before the answer, which will be the same (RFC 3261 §13.2.1).
    pub(super) fn sound_early(&mut self, leg: Leg) {
        let Some(id) = self.line_of(leg) else {
            return;
        };
        let offered = self.legs.get_mut(&id).and_then(|it| it.offered.take());
        let Some(answer) = offered.and_then(|offer| self.agree(leg, id, &offer)) else {
            return;
        };
        if let Some(line) = self.legs.get_mut(&id) {
            line.early = Some(answer.clone());
        }
        let command = Command::EarlyMedia { leg: id, answer };
        self.lines.carry_out(command);
    }

    fn accept_with_offer(&mut self, leg: Leg, id: LegId) {
        let Some(mut session) = self.open_session(id) else {
            return self.refuse(leg, NO_ROOM);
        };
        let offer = session.offer();
        if let Some(line) = self.legs.get_mut(&id) {
            line.session = Some(session);
        }
        self.lines
            .carry_out(Command::AnswerWithOffer { leg: id, offer });
    }

    /// Our answer to an offer; where there is none the call is refused.
    fn agree(&mut self, leg: Leg, id: LegId, offer: &Offer) -> Option<Answer> {
        let Some(mut session) = self.open_session(id) else {
            self.refuse(leg, NO_ROOM);
            return None;
        };
        let agreed = session.answer(offer);
        if let Some(line) = self.legs.get_mut(&id) {
            line.session = Some(session);
        }
        match agreed {
            Ok((answer, remote)) => {
                if let Err(error) = self.plane.connect(media_leg(id), remote) {
                    tracing::error!(leg = %id, %error, "A leg has no sound");
                }
                Some(answer)
            }
            Err(error) => {
                tracing::info!(leg = %id, %error, "A call brings no sound we can carry");
                self.refuse(leg, NO_COMMON_SOUND);
                None
            }
        }
    }
}
