//! What agencies hold, found by typing.

use kiosk_ui::{HoldingTile as Shown, HoldingsPort, KioskWindow};
use slint::ComponentHandle;

use super::{keys, rows};
use crate::visit::{
    Touch,
    view::{HoldingTile, Holdings},
};

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + 'static) {
    let port = window.global::<HoldingsPort>();
    port.on_open(move |holding| touch(Touch::OpenHolding(holding.into())));
}

pub(super) fn show(window: &KioskWindow, view: &Holdings) {
    let port = window.global::<HoldingsPort>();
    port.set_text(view.text.as_str().into());
    port.set_composing(view.composing.as_str().into());
    port.set_more(view.more);
    keys::show(window, view.keyboard);
    let tile = |it: &HoldingTile| Shown {
        holding: it.holding.as_str().into(),
        title: it.title.as_str().into(),
        office: it.office.as_str().into(),
    };
    let found = view.found.iter().map(tile).collect();
    if let Some(model) = rows::update(&port.get_found(), found) {
        port.set_found(model);
    }
}
