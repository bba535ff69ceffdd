//! The exchange's side: a room for each kiosk that asks, taken by one desk.
//!
//! All of it is in memory and bounded: in rooms, in messages, in time. A room is
//! over when its kiosk closes it, or either end is silent for [`SILENCE_MAX`]; then
//! nothing of it is left.

mod room;
mod tray;

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use request::{AgentId, StationId};

use crate::{
    DeskAnswer, DeskQuestion, KioskAnswer, KioskQuestion, Opening, RoomId, RoomNotice, RoomRefusal,
    WaitingRooms,
};
use room::Room;

/// More kiosks than a center has agents for.
pub const ROOMS_MAX: usize = 256;
/// Messages one end has said and the other has not fetched.
pub const TRAY_MAX: usize = 64;
/// An end that says nothing for so long has gone. Longer than a question is held
/// and a lost answer costs.
pub const SILENCE_MAX: Duration = Duration::from_secs(45);
/// A room nobody takes for so long is over.
pub const WAITING_MAX: Duration = Duration::from_secs(900);
/// However long an agent helps.
const HELP_MAX: Duration = Duration::from_secs(3_600);

/// Whoever asks is who the line's certificate says; what kind of station it is has
/// been looked up before.
#[derive(Debug)]
pub struct Rooms {
    /// Distinguishes this run of the exchange from every other.
    run: String,
    opened: u64,
    edition: u64,
    rooms: BTreeMap<RoomId, Room>,
}

impl Rooms {
    /// `run` is different at each start of the exchange.
    pub fn new(run: impl Into<String>) -> Self {
        Self {
            run: run.into(),
            opened: 0,
            edition: 1,
            rooms: BTreeMap::new(),
        }
    }

    /// Answers a kiosk; never holds a question, that is the shell's to do.
    ///
    /// # Errors
    /// The [`RoomRefusal`] says why not.
    pub fn handle_kiosk(
        &mut self,
        kiosk: &StationId,
        question: KioskQuestion,
        now: Instant,
    ) -> Result<KioskAnswer, RoomRefusal> {
        self.handle_timeout(now);
        match question {
            KioskQuestion::Open(opening) => self.open(kiosk, opening, now),
            KioskQuestion::Post { room, posting, .. } => {
                let ahead = self.ahead_of(&room);
                let room = self.rooms.get_mut(&room).filter(|it| it.kiosk == *kiosk);
                let delivery = room
                    .ok_or(RoomRefusal::Gone)?
                    .kiosk_posts(posting, ahead, now)?;
                Ok(KioskAnswer::Delivered(delivery))
            }
            KioskQuestion::Close { room } => {
                if self.rooms.get(&room).is_some_and(|it| it.kiosk == *kiosk) {
                    self.remove(&room);
                }
                Ok(KioskAnswer::Closed)
            }
        }
    }

    /// Answers a desk; never holds a question.
    ///
    /// # Errors
    /// The [`RoomRefusal`] says why not.
    pub fn handle_desk(
        &mut self,
        desk: &StationId,
        question: DeskQuestion,
        now: Instant,
    ) -> Result<DeskAnswer, RoomRefusal> {
        self.handle_timeout(now);
        match question {
            DeskQuestion::List { .. } => Ok(DeskAnswer::Listed(self.waiting(now))),
            DeskQuestion::Take { room, agent } => self.take(desk, agent, room, now),
            DeskQuestion::Post { room, posting, .. } => {
                let room = self.rooms.get_mut(&room).ok_or(RoomRefusal::Gone)?;
                if room.desk() != Some(desk) {
                    return Err(RoomRefusal::Taken);
                }
                Ok(DeskAnswer::Delivered(room.desk_posts(posting, now)?))
            }
        }
    }

    /// Ends what is over.
    pub fn handle_timeout(&mut self, now: Instant) {
        let over: Vec<_> = self
            .rooms
            .iter()
            .filter(|(_, room)| room.ends_at() <= now)
            .map(|(id, _)| id.clone())
            .collect();
        for id in over {
            self.remove(&id);
        }
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        self.rooms.values().map(Room::ends_at).min()
    }

    /// Of the list of who waits.
    pub fn edition(&self) -> u64 {
        self.edition
    }

    pub fn is_empty(&self) -> bool {
        self.rooms.is_empty()
    }

    fn open(
        &mut self,
        kiosk: &StationId,
        opening: Opening,
        now: Instant,
    ) -> Result<KioskAnswer, RoomRefusal> {
        // One citizen stands at a kiosk: what was there before is over.
        let before = self.rooms.iter().find(|(_, it)| it.kiosk == *kiosk);
        if let Some(id) = before.map(|(id, _)| id.clone()) {
            self.remove(&id);
        }
        if self.rooms.len() >= ROOMS_MAX {
            return Err(RoomRefusal::Full);
        }
        self.opened += 1;
        let id = RoomId::new(format!("{}-{}", self.run, self.opened));
        let room = Room::new(kiosk.clone(), opening, self.opened, now);
        self.rooms.insert(id.clone(), room);
        self.edition += 1;
        Ok(KioskAnswer::Opened(id))
    }

    fn take(
        &mut self,
        desk: &StationId,
        agent: AgentId,
        id: RoomId,
        now: Instant,
    ) -> Result<DeskAnswer, RoomRefusal> {
        let room = self.rooms.get_mut(&id).ok_or(RoomRefusal::Gone)?;
        match room.desk() {
            None => {
                room.join(desk.clone(), agent, now);
                self.edition += 1;
                Ok(DeskAnswer::Taken(id))
            }
            // The answer was lost.
            Some(taker) if taker == desk => Ok(DeskAnswer::Taken(id)),
            Some(_) => Err(RoomRefusal::Taken),
        }
    }

    fn waiting(&self, now: Instant) -> WaitingRooms {
        let mut rooms: Vec<_> = self
            .rooms
            .iter()
            .filter(|(_, room)| room.desk().is_none())
            .collect();
        rooms.sort_by_key(|(_, room)| room.place);
        let notice = |(id, room): (&RoomId, &Room)| RoomNotice {
            room: id.clone(),
            kiosk: room.kiosk.clone(),
            opening: room.opening.clone(),
            waited_seconds: now.saturating_duration_since(room.opened_at).as_secs(),
        };
        WaitingRooms {
            edition: self.edition,
            rooms: rooms.into_iter().map(notice).collect(),
        }
    }

    /// How many wait who came before.
    fn ahead_of(&self, id: &RoomId) -> u32 {
        let place = self.rooms.get(id).map_or(0, |room| room.place);
        let before = |room: &&Room| room.desk().is_none() && room.place < place;
        u32::try_from(self.rooms.values().filter(before).count()).unwrap_or(u32::MAX)
    }

    fn remove(&mut self, id: &RoomId) {
        if self.rooms.remove(id).is_some() {
            self.edition += 1;
        }
    }
}
