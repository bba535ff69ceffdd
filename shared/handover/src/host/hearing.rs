//! What a host makes of the exchange's answers and the agent's messages.

use std::time::Instant;

use super::{Host, HostEnding, HostReport, OPEN_PAUSE, Stage};
use crate::{Attempt, Delivery, FromDesk, FromKiosk, Presence, RoomFault, RoomRefusal};

impl Host {
    pub(super) fn delivered(
        &mut self,
        attempt: Attempt,
        delivery: Delivery<FromDesk>,
        now: Instant,
    ) {
        let Stage::InRoom(it) = &mut self.stage else {
            return;
        };
        let presence = delivery.presence.clone();
        let Some(heard) = it.mail.delivered(attempt, delivery, now) else {
            return;
        };
        match presence {
            Presence::Waiting { ahead } if !it.joined && it.ahead != Some(ahead) => {
                it.ahead = Some(ahead);
                self.report(HostReport::Waiting { ahead });
            }
            Presence::Joined { desk, agent } if !it.joined => {
                it.joined = true;
                self.report(HostReport::Joined { desk, agent });
                self.show();
            }
            Presence::Waiting { .. } | Presence::Joined { .. } => {}
        }
        for message in heard {
            self.hear(message);
        }
    }

    fn hear(&mut self, message: FromDesk) {
        let form = self.form.as_ref();
        let Stage::InRoom(it) = &mut self.stage else {
            return;
        };
        match message {
            FromDesk::Proposes(proposal) => {
                let number = proposal.proposal;
                let fits = form.is_some_and(|it| it.may_be_filled() && it.has(&proposal.field));
                let is_next = it.proposal.is_none() && number > it.last_proposal;
                it.last_proposal = it.last_proposal.max(number);
                if fits && is_next {
                    it.proposal = Some(proposal.clone());
                    self.report(HostReport::Proposed(proposal));
                } else {
                    it.mail
                        .say(FromKiosk::Declined { proposal: number }, |_| false);
                }
            }
            FromDesk::TakesBack { proposal } => {
                if it.proposal.take_if(|it| it.proposal == proposal).is_some() {
                    self.report(HostReport::TakenBack);
                }
            }
            FromDesk::PointsAt { field } => {
                let known = field.filter(|field| form.is_some_and(|it| it.has(field)));
                self.report(HostReport::PointedAt(known));
            }
            FromDesk::Says { text } => self.report(HostReport::Heard(text)),
            FromDesk::Leaves => self.close(HostEnding::ByAgent),
        }
    }

    pub(super) fn failed(&mut self, attempt: Attempt, fault: RoomFault, now: Instant) {
        let ended = match fault {
            RoomFault::Refused(RoomRefusal::Gone | RoomRefusal::OutOfOrder) => {
                Some(HostEnding::LineLost)
            }
            RoomFault::Refused(RoomRefusal::Full | RoomRefusal::NotForYou | RoomRefusal::Taken)
            | RoomFault::Unproven => Some(HostEnding::NoRoom),
            RoomFault::Refused(RoomRefusal::TooMuch) | RoomFault::Unanswered => None,
        };
        let ours = match &mut self.stage {
            Stage::Resting => false,
            Stage::Opening {
                asked, retry_at, ..
            } => {
                *retry_at = now + OPEN_PAUSE;
                asked.take_if(|it| *it == attempt).is_some()
            }
            Stage::InRoom(it) => it.mail.failed(attempt, now),
        };
        if let Some(ending) = ended.filter(|_| ours) {
            self.end(ending);
        }
    }
}
