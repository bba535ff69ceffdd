//! Where a text message goes.

use kiosk_ui::{KioskWindow, TelephonePort};
use slint::ComponentHandle;

use super::keys;
use crate::visit::{Touch, view::TelephoneEntry};

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<TelephonePort>();
    let typed = touch.clone();
    port.on_key(move |text| keys::character(&text).into_iter().for_each(&typed));
    port.on_special(move |key| touch(keys::special(key)));
}

pub(super) fn show(window: &KioskWindow, view: &TelephoneEntry) {
    let port = window.global::<TelephonePort>();
    port.set_shown(view.shown.as_str().into());
    port.set_complete(view.complete);
    port.set_refused(view.refused);
}
