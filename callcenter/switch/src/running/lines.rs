//! What the lines tell, told to the switchboard; sound follows what is agreed.

use media::plane::MediaPlane;
use signalling::{Cause, Command, LegId, Signalling};
use sip::sdp::{Answer, Offer};

use super::{Switch, plane};
use crate::{
    session::Session,
    switchboard::{Call, Event, Leg},
};

/// SIP's 488 Not Acceptable Here: no sound both ends can carry.
pub(super) const NO_COMMON_SOUND: u16 = 488;

/// A leg, as the lines and the media plane have it.
pub(super) struct Line {
    pub(super) leg: Leg,
    /// The account of ours that was called.
    pub(super) account: Option<String>,
    pub(super) session: Option<Session>,
    /// What it was called with, until it is answered.
    pub(super) offered: Option<Offer>,
    /// What will be answered to it, where it has sound already.
    pub(super) early: Option<Answer>,
    /// Nothing has been heard of its telephone for long.
    pub(super) vanished: bool,
}

impl Switch {
    pub(super) fn signalled(&mut self, event: signalling::Event) {
        use signalling::Event as Told;
        match event {
            Told::Called {
                leg,
                from,
                account,
                to,
                offer,
                request,
                ..
            } => {
                let line = Line {
                    leg: Leg::Incoming(leg),
                    account: None,
                    session: None,
                    offered: offer,
                    early: None,
                    vanished: false,
                };
                let early_sound = line.offered.is_some();
                self.legs.insert(leg, line);
                let known_number = account.is_some() || self.believe_numbers;
                let kiosk = self.loans.kiosk(account.as_deref());
                self.events.push(Event::Called(Box::new(Call {
                    leg: Leg::Incoming(leg),
                    from,
                    account,
                    known_number,
                    to,
                    early_sound,
                    request,
                    kiosk,
                })));
            }
            Told::Progress { .. } | Told::ReofferRefused { .. } => {}
            Told::Answered { leg, answer } => self.answered(leg, &answer),
            Told::Confirmed { leg } => self.tell(leg, |leg| Event::Confirmed { leg }),
            Told::Refused { leg, status } => {
                self.tell(leg, |leg| Event::Refused { leg, status });
                self.drop_leg(leg);
            }
            Told::Reoffered { leg, offer } => self.reoffered(leg, &offer),
            Told::Digit { leg, digit } => self.tell(leg, |leg| Event::Digit { leg, digit }),
            Told::TransferAsked { leg, to, replaces } => {
                let replaces = replaces.and_then(|it| self.legs.get(&it)).map(|it| it.leg);
                self.tell(leg, |leg| Event::TransferAsked { leg, to, replaces });
            }
            Told::Ended { leg, why } => {
                let line = self.legs.get(&leg);
                let vanished = line.is_some_and(|it| it.vanished);
                let lost =
                    vanished || matches!(why, Cause::Lost | Cause::Expired | Cause::Unacknowledged);
                // Whoever waits now must not ring at a telephone that is not there.
                if let Some(account) = line.and_then(|it| it.account.clone()).filter(|_| lost) {
                    tracing::warn!(%leg, "An agent's telephone is gone until it registers again");
                    self.lines.forget_telephones(&account);
                    self.events.push(Event::Unregistered { account });
                }
                self.tell(leg, |leg| Event::Ended { leg, lost });
                self.drop_leg(leg);
            }
            Told::Registered { account, .. } => self.events.push(Event::Registered { account }),
            Told::Unregistered { account } => self.events.push(Event::Unregistered { account }),
        }
    }

    fn tell(&mut self, leg: LegId, event: impl FnOnce(Leg) -> Event) {
        if let Some(line) = self.legs.get(&leg) {
            self.events.push(event(line.leg));
        }
    }

    fn answered(&mut self, leg: LegId, answer: &Answer) {
        let Some(line) = self.legs.get_mut(&leg) else {
            return;
        };
        let Some(session) = &mut line.session else {
            return;
        };
        let remote = session.answered(answer);
        let dialed = matches!(line.leg, Leg::Dialed(_));
        match remote.map(|remote| self.plane.connect(media_leg(leg), remote)) {
            Ok(Ok(())) if dialed => self.tell(leg, |leg| Event::Answered { leg }),
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::warn!(%leg, %error, "A leg has no sound");
                self.lines.carry_out(Command::End { leg });
            }
            Err(error) => {
                tracing::warn!(%leg, %error, "An answer does not fit its offer");
                self.lines.carry_out(Command::End { leg });
            }
        }
    }

    fn reoffered(&mut self, leg: LegId, offer: &Offer) {
        let session = self.legs.get_mut(&leg).and_then(|it| it.session.as_mut());
        let Some(session) = session else {
            let status = NO_COMMON_SOUND;
            return self.lines.carry_out(Command::RefuseReoffer { leg, status });
        };
        match session.answer(offer) {
            Ok((answer, remote)) => {
                let held = session.hold_changed(offer);
                if let Err(error) = self.plane.connect(media_leg(leg), remote) {
                    tracing::warn!(%leg, %error, "A leg's sound could not be changed");
                }
                self.lines.carry_out(Command::AnswerReoffer { leg, answer });
                if let Some(held) = held {
                    self.tell(leg, |leg| Event::Held { leg, held });
                }
            }
            Err(error) => {
                tracing::warn!(%leg, %error, "A change of a session cannot be taken");
                let status = NO_COMMON_SOUND;
                self.lines.carry_out(Command::RefuseReoffer { leg, status });
            }
        }
    }

    /// The telephone is gone, though it has not said so.
    pub(super) fn vanished(&mut self, leg: LegId) {
        // Who was not answered yet need not send anything.
        let line = self.legs.get_mut(&leg).filter(|it| it.early.is_none());
        if let Some(line) = line {
            line.vanished = true;
            tracing::warn!(%leg, "Nothing is heard of a telephone any more");
            self.lines.carry_out(Command::End { leg });
        }
    }

    pub(super) fn drop_leg(&mut self, leg: LegId) {
        let Some(line) = self.legs.remove(&leg) else {
            return;
        };
        if let Leg::Dialed(number) = line.leg {
            self.dialed.remove(&number);
        }
        if line.session.is_some() {
            // Closed here alone, after it was opened.
            let _ = self.plane.close(media_leg(leg));
        }
    }

    pub(super) fn line_of(&self, leg: Leg) -> Option<LegId> {
        match leg {
            Leg::Incoming(leg) => self.legs.contains_key(&leg).then_some(leg),
            Leg::Dialed(number) => self.dialed.get(&number).copied(),
        }
    }
}

pub(super) fn media_leg(leg: LegId) -> plane::LegId {
    plane::LegId(leg.number())
}
