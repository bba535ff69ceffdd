//! One room: a kiosk, perhaps a desk, and what each has not fetched yet.

use std::time::Instant;

use request::{AgentId, StationId};

use super::{HELP_MAX, SILENCE_MAX, WAITING_MAX, tray::Tray};
use crate::{Delivery, FromDesk, FromKiosk, Opening, Posting, Presence, RoomRefusal};

#[derive(Debug)]
pub(super) struct Room {
    pub(super) kiosk: StationId,
    pub(super) opening: Opening,
    /// Rooms are taken in any order; this is the one they were opened in.
    pub(super) place: u64,
    pub(super) opened_at: Instant,
    kiosk_heard_at: Instant,
    taken: Option<Taken>,
    to_desk: Tray<FromKiosk>,
    to_kiosk: Tray<FromDesk>,
}

#[derive(Debug)]
struct Taken {
    desk: StationId,
    agent: AgentId,
    at: Instant,
    heard_at: Instant,
}

impl Taken {
    fn presence(&self) -> Presence {
        Presence::Joined {
            desk: self.desk.clone(),
            agent: self.agent.clone(),
        }
    }
}

impl Room {
    pub(super) fn new(kiosk: StationId, opening: Opening, place: u64, now: Instant) -> Self {
        Self {
            kiosk,
            opening,
            place,
            opened_at: now,
            kiosk_heard_at: now,
            taken: None,
            to_desk: Tray::default(),
            to_kiosk: Tray::default(),
        }
    }

    pub(super) fn desk(&self) -> Option<&StationId> {
        self.taken.as_ref().map(|it| &it.desk)
    }

    pub(super) fn join(&mut self, desk: StationId, agent: AgentId, now: Instant) {
        self.taken = Some(Taken {
            desk,
            agent,
            at: now,
            heard_at: now,
        });
    }

    /// When the room is over if nothing more is heard.
    pub(super) fn ends_at(&self) -> Instant {
        let silent = self.kiosk_heard_at + SILENCE_MAX;
        match &self.taken {
            None => silent.min(self.opened_at + WAITING_MAX),
            Some(taken) => silent
                .min(taken.heard_at + SILENCE_MAX)
                .min(taken.at + HELP_MAX),
        }
    }

    pub(super) fn kiosk_posts(
        &mut self,
        posting: Posting<FromKiosk>,
        ahead: u32,
        now: Instant,
    ) -> Result<Delivery<FromDesk>, RoomRefusal> {
        self.kiosk_heard_at = now;
        self.to_desk.take(posting.messages)?;
        let presence = match &self.taken {
            None => Presence::Waiting { ahead },
            Some(taken) => taken.presence(),
        };
        Ok(Delivery {
            taken: self.to_desk.taken(),
            messages: self.to_kiosk.give(posting.received),
            presence,
        })
    }

    /// The desk must have taken the room.
    pub(super) fn desk_posts(
        &mut self,
        posting: Posting<FromDesk>,
        now: Instant,
    ) -> Result<Delivery<FromKiosk>, RoomRefusal> {
        let taken = self.taken.as_mut().ok_or(RoomRefusal::Gone)?;
        taken.heard_at = now;
        let presence = taken.presence();
        self.to_kiosk.take(posting.messages)?;
        Ok(Delivery {
            taken: self.to_kiosk.taken(),
            messages: self.to_desk.give(posting.received),
            presence,
        })
    }
}
