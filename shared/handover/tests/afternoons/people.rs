//! Citizens and agents: what they do in a second, by dice.

use handover::{AttendantEvent, Filled, Form, HostEvent, Opening, Place, RoomId, Shareable};
use request::{AgentId, FormField, StationId};

use super::dice::Dice;

pub(super) fn fields() -> [FormField; 3] {
    [
        FormField::Question("district".to_owned()),
        FormField::Option("history".to_owned()),
        FormField::Copies,
    ]
}

fn text(text: &str) -> Shareable {
    Shareable::new(text).unwrap()
}

/// A kiosk's form, in which every value says whose it is.
pub(super) fn form(kiosk: &StationId, dice: &mut Dice) -> Form {
    let filled = |field| {
        let value = format!("{kiosk} {}", dice.below(9));
        let value = Some(text(&value));
        Filled { field, value }
    };
    let fields = fields().map(filled).to_vec();
    let at = match dice.below(8) {
        0 => Place::Hidden,
        1 => Place::Options,
        2 => Place::Review,
        _ => Place::Question("district".to_owned()),
    };
    Form {
        service: None,
        at,
        fields,
    }
}

/// What stands open at a kiosk.
#[derive(Default)]
pub(super) struct Standing {
    pub(super) room: Option<RoomId>,
    pub(super) joined: bool,
    pub(super) proposal: Option<u32>,
    pub(super) lines: u64,
}

pub(super) fn citizen(
    kiosk: &StationId,
    resting: bool,
    standing: &mut Standing,
    dice: &mut Dice,
) -> Option<HostEvent> {
    if resting {
        return dice.per_mille(40).then(|| HostEvent::Asked {
            opening: Opening {
                service: None,
                language: "ko".to_owned(),
            },
            form: form(kiosk, dice),
        });
    }
    if dice.per_mille(15) {
        return Some(HostEvent::Left);
    }
    if let Some(proposal) = standing.proposal
        && dice.percent(30)
    {
        standing.proposal = None;
        return Some(if dice.percent(70) {
            HostEvent::Confirmed(proposal)
        } else {
            HostEvent::Declined(proposal)
        });
    }
    match dice.below(10) {
        0 | 1 => Some(HostEvent::Shown(form(kiosk, dice))),
        2 | 3 if standing.joined => {
            standing.lines += 1;
            Some(HostEvent::Said(text(&format!(
                "{kiosk} {}",
                standing.lines
            ))))
        }
        _ => None,
    }
}

/// What an agent knows.
#[derive(Default)]
pub(super) struct Sitting {
    pub(super) waiting: Vec<RoomId>,
    pub(super) room: Option<RoomId>,
    pub(super) lines: u64,
}

pub(super) fn agent(
    desk: &StationId,
    helping: bool,
    sitting: &mut Sitting,
    dice: &mut Dice,
) -> Option<AttendantEvent> {
    if !helping {
        let next = sitting.waiting.first().cloned();
        let agent = AgentId::new(format!("kim.{desk}"));
        let next = next.filter(|_| dice.percent(30));
        return next.map(|room| AttendantEvent::Take { room, agent });
    }
    let field = fields()[usize::try_from(dice.below(3)).unwrap()].clone();
    match dice.below(20) {
        0..4 => {
            sitting.lines += 1;
            Some(AttendantEvent::Say(text(&format!(
                "{desk} {}",
                sitting.lines
            ))))
        }
        4..9 => {
            let value = text("2");
            Some(AttendantEvent::Propose { field, value })
        }
        9 => Some(AttendantEvent::TakeBack),
        10..12 => Some(AttendantEvent::PointAt(Some(field))),
        12 if dice.percent(20) => Some(AttendantEvent::Leave),
        _ => None,
    }
}
