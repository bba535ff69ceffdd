//! Accepted, and done later.

use kiosk_ui::{AcceptedPort, KioskWindow};
use slint::ComponentHandle;

use crate::visit::view::Accepted;

pub(super) fn show(window: &KioskWindow, view: &Accepted) {
    let port = window.global::<AcceptedPort>();
    port.set_code(view.code.as_str().into());
    port.set_printed(view.printed);
    port.set_needs_card(view.needs_card);
}
