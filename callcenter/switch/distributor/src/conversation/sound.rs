//! Who hears whom, and who hears music.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Conversation, Phase,
    leg::{Leg, LegId, Mode, Role},
};

/// For every leg that is up, the legs it hears.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix(pub BTreeMap<LegId, BTreeSet<LegId>>);

impl Matrix {
    /// Whether one leg hears the other.
    pub fn hears(&self, listener: LegId, speaker: LegId) -> bool {
        self.0
            .get(&listener)
            .is_some_and(|it| it.contains(&speaker))
    }

    /// Everybody in the room hears everybody else who is not muted.
    fn seat(&mut self, room: &BTreeMap<LegId, &Leg>) {
        for listener in room.keys() {
            let others = room
                .iter()
                .filter(|(id, leg)| *id != listener && !leg.muted);
            let heard = self.0.entry(*listener).or_default();
            heard.extend(others.map(|(id, _)| *id));
        }
    }
}

/// What media has to do in one state of a conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sound {
    pub(super) matrix: Matrix,
    pub(super) music: BTreeSet<LegId>,
    pub(super) monitored: BTreeMap<LegId, Mode>,
}

impl Conversation {
    /// The sound that belongs to this state.
    pub(super) fn sound(&self) -> Sound {
        let mut sound = Sound::default();
        let up = self.legs.iter().filter(|(_, leg)| leg.is_up());
        for (id, _) in up.clone() {
            sound.matrix.0.insert(*id, BTreeSet::new());
        }
        let talkers = up.filter(|(_, leg)| leg.talks());
        let talkers: BTreeMap<LegId, &Leg> = talkers.map(|(id, leg)| (*id, leg)).collect();
        for room in self.rooms(&talkers) {
            // A caller, or an office, whom nobody of ours speaks with.
            if room.len() == 1 || !self.has_company(&room) {
                let guests = room.iter().filter(|(_, leg)| !leg.is_agent());
                sound.music.extend(guests.map(|(id, _)| *id));
            } else {
                sound.matrix.seat(&room);
            }
            self.supervise(&room, &mut sound);
        }
        sound
    }

    /// The talkers, parted into those who are together.
    fn rooms<'a>(&self, talkers: &BTreeMap<LegId, &'a Leg>) -> Vec<BTreeMap<LegId, &'a Leg>> {
        let apart = |alone: &dyn Fn(&LegId, &Leg) -> bool| {
            let all = talkers.iter().map(|(id, leg)| (*id, *leg));
            let (one, other) = all.partition(|(id, leg)| alone(id, leg));
            vec![one, other]
        };
        match self.phase {
            Phase::Talking => vec![talkers.clone()],
            Phase::Held { .. } | Phase::HandingOver { .. } => apart(&|_, leg| leg.is_agent()),
            Phase::Consulting { by, with } => apart(&|id, _| *id == by || *id == with),
            Phase::Forwarding { with } => apart(&|id, leg| *id == with || leg.is_agent()),
            Phase::Over => Vec::new(),
        }
    }

    /// In the caller's room somebody of ours, or the office that took him over.
    fn has_company(&self, room: &BTreeMap<LegId, &Leg>) -> bool {
        let held = matches!(
            self.phase,
            Phase::Held { .. } | Phase::HandingOver { .. } | Phase::Forwarding { .. }
        );
        let caller_here = room.values().any(|leg| leg.role == Role::Caller);
        !(held && caller_here)
    }

    fn supervise(&self, room: &BTreeMap<LegId, &Leg>, sound: &mut Sound) {
        for (id, leg) in self.legs.iter().filter(|(_, leg)| leg.is_up()) {
            let Role::Supervisor { watching, mode, .. } = leg.role else {
                continue;
            };
            if !room.contains_key(&watching) {
                continue;
            }
            let told = sound.monitored.entry(watching).or_insert(mode);
            *told = (*told).max(mode);
            for (other, member) in room {
                if !member.muted {
                    sound.matrix.0.entry(*id).or_default().insert(*other);
                }
                let heard = match mode {
                    Mode::Listen => false,
                    Mode::Whisper => *other == watching,
                    Mode::Barge => !sound.music.contains(other),
                };
                if heard && !leg.muted {
                    sound.matrix.0.entry(*other).or_default().insert(*id);
                }
            }
        }
    }
}
