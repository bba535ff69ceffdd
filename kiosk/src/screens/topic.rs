//! The services of one topic.

use kiosk_ui::{KioskWindow, TopicPort};
use slint::ComponentHandle;

use super::{rows, tiles};
use crate::visit::{Touch, view::Shelf};

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + 'static) {
    let port = window.global::<TopicPort>();
    port.on_choose(move |service| touch(Touch::ChooseService(service.into())));
}

pub(super) fn show(window: &KioskWindow, view: &Shelf) {
    let port = window.global::<TopicPort>();
    port.set_title(view.title.as_str().into());
    port.set_summary(view.summary.as_str().into());
    if let Some(model) = rows::update(&port.get_services(), tiles::services(&view.services)) {
        port.set_services(model);
    }
    if let Some(model) = rows::update(&port.get_counters(), tiles::counters(&view.counters)) {
        port.set_counters(model);
    }
}
