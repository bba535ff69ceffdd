//! The technician's card and PIN.

use std::ops::RangeInclusive;

use provision_ui::{CardPort, CardTold, PinPort, PinTold, ProvisionWindow};
use slint::ComponentHandle;

use super::entry::{self, Entry};
use crate::view::{CardProblem, PinProblem};

/// How many digits a PIN has, as the kiosk's technicians have them.
const PIN: RangeInclusive<usize> = 6..=12;

pub(super) fn show_card(window: &ProvisionWindow, problem: Option<CardProblem>) {
    let (told, seconds) = match problem {
        None => (CardTold::Nothing, 0),
        Some(CardProblem::Unreadable) => (CardTold::Unreadable, 0),
        Some(CardProblem::Unknown) => (CardTold::Unknown, 0),
        Some(CardProblem::Wait { seconds }) => (CardTold::Wait, seconds),
    };
    let port = window.global::<CardPort>();
    port.set_seconds(entry::count(seconds));
    port.set_told(told);
}

pub(super) fn show_pin(
    window: &ProvisionWindow,
    typed: usize,
    busy: bool,
    problem: Option<PinProblem>,
) {
    let (told, seconds) = match problem {
        None => (PinTold::Nothing, 0),
        Some(PinProblem::Wrong) => (PinTold::Wrong, 0),
        Some(PinProblem::Wait { seconds }) => (PinTold::Wait, seconds),
    };
    let port = window.global::<PinPort>();
    port.set_seconds(entry::count(seconds));
    port.set_told(told);
    entry::show(
        window,
        &Entry {
            shown: "●".repeat(typed),
            typed,
            complete: PIN.contains(&typed),
            busy,
        },
    );
}
