//! The whole kiosk is out of service.

use kiosk_ui::{KioskWindow, OutOfServicePort};
use slint::ComponentHandle;

use super::trouble;
use crate::visit::view::Trouble;

pub(super) fn show(window: &KioskWindow, trouble: Trouble) {
    let port = window.global::<OutOfServicePort>();
    port.set_trouble(trouble::shown(Some(trouble)));
}
