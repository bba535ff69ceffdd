//! Goodbye.

use kiosk_ui::{FarewellPort, KioskWindow};
use slint::ComponentHandle;

use crate::visit::view::Farewell;

pub(super) fn show(window: &KioskWindow, view: Farewell) {
    let port = window.global::<FarewellPort>();
    port.set_receipt_printed(view.receipt_printed);
    port.set_card_taken(view.card_taken);
}
