//! A paper is held to the scanner.

use kiosk_ui::{HoldPaperPort, KioskWindow};
use slint::ComponentHandle;

use crate::visit::{Touch, view::PaperHolding};

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + 'static) {
    let port = window.global::<HoldPaperPort>();
    port.on_type_number(move || touch(Touch::TypePaperNumber));
}

pub(super) fn show(window: &KioskWindow, view: PaperHolding) {
    let port = window.global::<HoldPaperPort>();
    port.set_may_scan(view.may_scan);
    port.set_may_type(view.may_type);
    port.set_unreadable(view.unreadable);
}
