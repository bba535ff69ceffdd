//! Putting the card in.

use kiosk_ui::{CardState, InsertCardPort, KioskWindow};
use slint::ComponentHandle;

use crate::visit::view::{CardRefusal, InsertCard};

pub(super) fn show(window: &KioskWindow, view: InsertCard) {
    let state = match view {
        InsertCard::Waiting => CardState::Waiting,
        InsertCard::Reading => CardState::Reading,
        InsertCard::Refused(CardRefusal::Unknown) => CardState::Unknown,
        InsertCard::Refused(CardRefusal::Unreadable) => CardState::Unreadable,
        InsertCard::Refused(CardRefusal::Damaged) => CardState::Damaged,
        InsertCard::Refused(CardRefusal::PulledTooSoon) => CardState::PulledTooSoon,
    };
    window.global::<InsertCardPort>().set_state(state);
}
