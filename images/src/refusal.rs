//! Why a model's file is refused, by line.

use std::{collections::BTreeMap, fmt};

use crate::{
    Model,
    model::{NetworkRole, Place, Port, Role, Station},
};

/// More than this is nobody's kiosk.
const PORTS_MAX: usize = 64;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("line {line}: {message}")]
    Syntax { line: usize, message: String },
    #[error("{}", all(.0))]
    Flaws(Vec<Complaint>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    pub line: usize,
    pub flaw: Flaw,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    #[error("the model's id is {0:?}, and its file is not called so")]
    AnotherName(String),
    #[error("a machine needs a display")]
    NoDisplay,
    #[error("a kiosk has one display")]
    DisplaysOfKiosk,
    #[error("a kiosk needs a touch screen")]
    NoTouch,
    #[error("a kiosk needs a port that is a {0}")]
    NoPort(&'static str),
    #[error("a kiosk needs a document printer in the network")]
    NoDocumentPrinter,
    #[error("more than {PORTS_MAX} ports")]
    TooManyPorts,
    #[error("there is a {0} already")]
    RoleTwice(&'static str),
    #[error("{0} and {1} cannot be told apart; give them serial numbers or paths")]
    SamePlace(&'static str, &'static str),
    #[error("the serial line of the {0} needs a chip and a baud rate")]
    NoLine(&'static str),
    #[error("the {0} has no serial line, so that it has neither chip nor baud rate")]
    NeedlessLine(&'static str),
    #[error("a chip-card reader needs the name of its reader, and nothing else has one")]
    Reader,
    #[error("{0:?} cannot stand in a rule: letters, digits and .:_- alone")]
    Unwritable(String),
    #[error("a watchdog waits from 5 to 600 seconds")]
    Watchdog,
}

fn all(complaints: &[Complaint]) -> String {
    let lines: Vec<String> = complaints.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

impl fmt::Display for Complaint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "line {}: {}", self.line, self.flaw)
    }
}

/// The line, from 1, in which a byte stands.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    let before = text.as_bytes().iter().take(at);
    1 + before.filter(|it| **it == b'\n').count()
}

/// All that is wrong with a model that could be read.
pub(crate) fn complaints(model: &Model, id: &str, text: &str) -> Vec<Complaint> {
    let mut found = whole(model, id);
    let mut roles = BTreeMap::new();
    let mut earlier: Vec<&Port> = Vec::new();
    for spanned in model.ports.iter().take(PORTS_MAX) {
        let (port, line) = (spanned.get_ref(), line_of(text, spanned.span().start));
        let mut complain = |flaw| found.push(Complaint { line, flaw });
        if roles.insert(port.role, line).is_some() {
            complain(Flaw::RoleTwice(port.role.name()));
        }
        if let Some(other) = earlier.iter().find(|it| confusable(&it.at, &port.at)) {
            complain(Flaw::SamePlace(other.role.name(), port.role.name()));
        }
        let of_port = of_one_port(port);
        of_port.into_iter().for_each(complain);
        earlier.push(port);
    }
    found
}

fn whole(model: &Model, id: &str) -> Vec<Complaint> {
    let mut flaws = Vec::new();
    if model.id != id {
        flaws.push(Flaw::AnotherName(model.id.clone()));
    }
    if model.displays.is_empty() {
        flaws.push(Flaw::NoDisplay);
    }
    if model.ports.len() > PORTS_MAX {
        flaws.push(Flaw::TooManyPorts);
    }
    if model.station == Station::Kiosk {
        if model.displays.len() > 1 {
            flaws.push(Flaw::DisplaysOfKiosk);
        }
        if model.touch.is_none() {
            flaws.push(Flaw::NoTouch);
        }
        if model.port(Role::ReceiptPrinter).is_none() {
            flaws.push(Flaw::NoPort(Role::ReceiptPrinter.name()));
        }
        let prints = |role| role == NetworkRole::DocumentPrinter;
        if !model.network_ports.iter().any(|it| prints(it.role)) {
            flaws.push(Flaw::NoDocumentPrinter);
        }
    }
    let waits = model.watchdog.as_ref().map(|it| it.timeout_seconds);
    if waits.is_some_and(|seconds| !(5..=600).contains(&seconds)) {
        flaws.push(Flaw::Watchdog);
    }
    let words = (model
        .displays
        .iter()
        .flat_map(|it| [&it.connector, &it.module]))
    .chain(model.touch.iter().map(|it| &it.module))
    .chain(model.touch.iter().filter_map(|it| word_of(&it.at)))
    .chain(model.watchdog.iter().map(|it| &it.module))
    .chain(&model.kernel.modules);
    flaws.extend(words.filter_map(|it| unwritable(it)));
    // What the file lacks has no line but the first.
    flaws
        .into_iter()
        .map(|flaw| Complaint { line: 1, flaw })
        .collect()
}

fn of_one_port(port: &Port) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    match (port.role.is_serial(), port.chip, port.baud) {
        (true, Some(_), Some(_)) | (false, None, None) => {}
        (true, _, _) => flaws.push(Flaw::NoLine(port.role.name())),
        (false, _, _) => flaws.push(Flaw::NeedlessLine(port.role.name())),
    }
    if (port.role == Role::ChipCardReader) != port.reader.is_some() {
        flaws.push(Flaw::Reader);
    }
    flaws.extend(word_of(&port.at).and_then(|it| unwritable(it)));
    flaws
}

fn word_of(place: &Place) -> Option<&String> {
    match place {
        Place::Usb(usb) => usb.serial.as_ref(),
        Place::Path(path) => Some(path),
    }
}

/// Quotes and blanks would end a rule early and begin another.
fn unwritable(word: &str) -> Option<Flaw> {
    let plain = |it: char| it.is_ascii_alphanumeric() || ".:_-".contains(it);
    let fine = !word.is_empty() && word.chars().all(plain);
    (!fine).then(|| Flaw::Unwritable(word.to_owned()))
}

/// Whether one device could be taken for the other.
fn confusable(one: &Place, other: &Place) -> bool {
    match (one, other) {
        (Place::Usb(one), Place::Usb(other)) => {
            one.vendor == other.vendor
                && one.product == other.product
                && (one.serial == other.serial || one.serial.is_none() || other.serial.is_none())
        }
        (Place::Path(one), Place::Path(other)) => one == other,
        (Place::Usb(_), Place::Path(_)) | (Place::Path(_), Place::Usb(_)) => false,
    }
}
