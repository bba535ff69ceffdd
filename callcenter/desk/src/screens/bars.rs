//! The bar above: the way to the exchange and what is not sent.

use desk_ui::{DeskWindow, LinePort};
use slint::ComponentHandle;

use super::count;
use crate::workplace::view::LineView;

pub(super) fn show(window: &DeskWindow, view: &LineView) {
    let port = window.global::<LinePort>();
    port.set_linked(view.linked);
    port.set_quarantined(view.quarantined);
    port.set_last_contact(view.last_contact.as_str().into());
    port.set_waiting(count(view.waiting));
    port.set_waiting_since(view.waiting_since.as_str().into());
}
