//! Offers the receipt.

use kiosk_ui::{KioskWindow, ReceiptPort};
use slint::ComponentHandle;

use crate::visit::Touch;

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<ReceiptPort>();
    let want = touch.clone();
    port.on_want(move || want(Touch::WantReceipt));
    port.on_do_without(move || touch(Touch::NoReceipt));
}
