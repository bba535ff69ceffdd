//! Sees everything at both ends and says which law was broken.

use std::collections::{BTreeMap, BTreeSet};

use handover::{Form, RoomId};
use request::StationId;

#[derive(Default)]
pub(super) struct Witness {
    /// By room and whether the kiosk spoke.
    said: BTreeMap<(RoomId, bool), Vec<String>>,
    heard: BTreeMap<(RoomId, bool), Vec<String>>,
    joined: BTreeSet<RoomId>,
    seen_by: BTreeMap<RoomId, BTreeSet<StationId>>,
    opened_by: BTreeMap<RoomId, StationId>,
    answers: BTreeMap<(RoomId, u32), bool>,
    told: BTreeSet<(RoomId, u32)>,
    asked: BTreeMap<RoomId, u32>,
    pub(super) heard_lines: u64,
    pub(super) broken: Vec<String>,
}

impl Witness {
    pub(super) fn opened(&mut self, room: &RoomId, kiosk: &StationId) {
        self.opened_by.insert(room.clone(), kiosk.clone());
    }

    pub(super) fn joined(&mut self, room: &RoomId) {
        self.joined.insert(room.clone());
    }

    pub(super) fn said(&mut self, room: &RoomId, by_kiosk: bool, text: &str) {
        let said = self.said.entry((room.clone(), by_kiosk)).or_default();
        said.push(text.to_owned());
    }

    /// What one end hears is what the other said, in order, each once.
    pub(super) fn heard(&mut self, room: &RoomId, by_kiosk: bool, text: &str) {
        self.heard_lines += 1;
        let direction = (room.clone(), by_kiosk);
        let heard = self.heard.entry(direction.clone()).or_default();
        heard.push(text.to_owned());
        let said = self.said.get(&direction).map_or(&[][..], Vec::as_slice);
        if !said.starts_with(heard) {
            self.broken.push(format!("{said:?} was heard as {heard:?}"));
        }
    }

    pub(super) fn saw(&mut self, room: &RoomId, desk: &StationId, form: &Form) {
        if !self.joined.contains(room) {
            self.broken
                .push(format!("{room}: a form before the kiosk knew who sees it"));
        }
        let seen_by = self.seen_by.entry(room.clone()).or_default();
        seen_by.insert(desk.clone());
        if seen_by.len() > 1 {
            self.broken.push(format!("{room} was given to two desks"));
        }
        let owner = self.opened_by[room].as_str();
        let foreign = form
            .fields
            .iter()
            .filter_map(|it| it.value.as_ref())
            .any(|it| !it.text().reveal().starts_with(owner));
        if foreign {
            self.broken.push(format!("{room}: another kiosk's form"));
        }
    }

    /// The citizen is asked: never twice for the same, never back in time.
    pub(super) fn asked(&mut self, room: &RoomId, proposal: u32) {
        let last = self.asked.entry(room.clone()).or_default();
        if proposal <= *last {
            self.broken
                .push(format!("{room}: proposal {proposal} was asked again"));
        }
        *last = proposal;
    }

    pub(super) fn answered(&mut self, room: &RoomId, proposal: u32, wanted: bool) {
        self.answers.insert((room.clone(), proposal), wanted);
    }

    /// The agent is told what became of a proposal: once, and what the citizen said.
    pub(super) fn told(&mut self, room: &RoomId, proposal: u32, wanted: bool) {
        let key = (room.clone(), proposal);
        let answer = self.answers.get(&key).copied().unwrap_or(false);
        if answer != wanted || !self.told.insert(key) {
            self.broken
                .push(format!("{room}: of proposal {proposal} was told {wanted}"));
        }
    }

    pub(super) fn ended(&mut self, rooms_empty: bool, all_rest: bool) {
        if !rooms_empty {
            self.broken
                .push("something stays at the exchange".to_owned());
        }
        if !all_rest {
            self.broken.push("an end does not rest".to_owned());
        }
    }
}
