//! What the killed kiosk and its citizen say to each other, a line each.

use kiosk::{
    DeedKind,
    visit::{Key, Touch, view::Means},
};

use super::point::Point;

/// What the kiosk says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// `ready`: everything works, or the slot is open.
    Screen {
        name: String,
        ready: bool,
    },
    Deed {
        kind: String,
        name: String,
    },
}

/// What the kiosk is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    Touch(Touch),
    Die(Point),
}

impl Said {
    pub fn write(&self) -> String {
        match self {
            Said::Screen { name, ready } => format!("screen {name} {ready}"),
            Said::Deed { kind, name } => format!("deed {kind} {name}"),
        }
    }

    pub fn read(line: &str) -> Option<Self> {
        let mut words = line.split(' ');
        let (what, first, second) = (words.next()?, words.next()?, words.next()?);
        match what {
            "screen" => Some(Said::Screen {
                name: first.to_owned(),
                ready: second == "true",
            }),
            "deed" => Some(Said::Deed {
                kind: first.to_owned(),
                name: second.to_owned(),
            }),
            _ => None,
        }
    }
}

impl Told {
    pub fn write(&self) -> String {
        match self {
            Told::Die(point) => format!("die {point}"),
            Told::Touch(Touch::Start) => "touch start".to_owned(),
            Told::Touch(Touch::ChooseService(id)) => format!("service {id}"),
            Told::Touch(Touch::Key(Key::Character(key))) => format!("key {key}"),
            Told::Touch(Touch::Agree) => "touch agree".to_owned(),
            Told::Touch(Touch::PayWith(Means::Cash)) => "touch cash".to_owned(),
            Told::Touch(Touch::WantReceipt) => "touch receipt".to_owned(),
            Told::Touch(Touch::AddAnother) => "touch another".to_owned(),
            Told::Touch(_) => "touch next".to_owned(),
        }
    }

    pub fn read(line: &str) -> Option<Self> {
        let (what, words) = line.split_once(' ')?;
        let touch = match (what, words) {
            ("die", point) => return Point::read(point).map(Told::Die),
            ("service", id) => Touch::ChooseService(id.to_owned()),
            ("key", key) => Touch::Key(Key::Character(key.chars().next()?)),
            ("touch", "start") => Touch::Start,
            ("touch", "agree") => Touch::Agree,
            ("touch", "cash") => Touch::PayWith(Means::Cash),
            ("touch", "receipt") => Touch::WantReceipt,
            ("touch", "another") => Touch::AddAnother,
            ("touch", "next") => Touch::Next,
            _ => return None,
        };
        Some(Told::Touch(touch))
    }
}

const KINDS: [(DeedKind, &str); 7] = [
    (DeedKind::Entry, "entry"),
    (DeedKind::Counters, "counters"),
    (DeedKind::Publication, "publication"),
    (DeedKind::Acknowledgement, "acknowledgement"),
    (DeedKind::Lease, "lease"),
    (DeedKind::Checkpoint, "checkpoint"),
    (DeedKind::Order, "order"),
];

pub fn kind_name(kind: DeedKind) -> &'static str {
    let found = KINDS.iter().find(|(it, _)| *it == kind);
    found.map_or("?", |(_, name)| name)
}

pub fn kind_of(name: &str) -> Option<DeedKind> {
    let found = KINDS.iter().find(|(_, it)| *it == name);
    found.map(|(kind, _)| *kind)
}
