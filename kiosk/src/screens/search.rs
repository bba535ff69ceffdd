//! A service by its name, typed.

use kiosk_ui::{KioskWindow, SearchPort};
use slint::ComponentHandle;

use super::{keys, rows, tiles};
use crate::visit::{Touch, view::Search};

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + 'static) {
    let port = window.global::<SearchPort>();
    port.on_choose(move |service| touch(Touch::ChooseService(service.into())));
}

pub(super) fn show(window: &KioskWindow, view: &Search) {
    let port = window.global::<SearchPort>();
    port.set_text(view.text.as_str().into());
    port.set_composing(view.composing.as_str().into());
    port.set_more(i32::try_from(view.more).unwrap_or(i32::MAX));
    port.set_nearly(view.nearly);
    keys::show(window, view.keyboard);
    if let Some(model) = rows::update(&port.get_found(), tiles::services(&view.found)) {
        port.set_found(model);
    }
    if let Some(model) = rows::update(&port.get_counters(), tiles::counters(&view.counters)) {
        port.set_counters(model);
    }
}
