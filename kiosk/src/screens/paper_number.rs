//! The number of a paper, typed.

use kiosk_ui::{KioskWindow, PaperNumberPort, PaperNumberRefusal};
use request::NotANumber;
use slint::ComponentHandle;

use super::keys;
use crate::visit::view::PaperNumber;

pub(super) fn show(window: &KioskWindow, view: &PaperNumber) {
    let port = window.global::<PaperNumberPort>();
    port.set_text(view.text.as_str().into());
    keys::show(window, view.keyboard);
    port.set_refusal(match view.refusal {
        None => PaperNumberRefusal::None,
        Some(NotANumber::Empty) => PaperNumberRefusal::Empty,
        Some(NotANumber::Length(_)) => PaperNumberRefusal::Length,
        Some(NotANumber::Letter(_)) => PaperNumberRefusal::Letter,
        Some(NotANumber::Month | NotANumber::NotYet) => PaperNumberRefusal::Month,
    });
}
