//! The number on a ticket.

use kiosk_ui::{CodeRefusal as ShownRefusal, KioskWindow, TicketCodePort};
use slint::ComponentHandle;

use super::keys;
use crate::visit::{
    Touch,
    view::{CodeEntry, CodeRefusal},
};

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<TicketCodePort>();
    let typed = touch.clone();
    port.on_key(move |text| keys::character(&text).into_iter().for_each(&typed));
    port.on_special(move |key| touch(keys::special(key)));
}

pub(super) fn show(window: &KioskWindow, view: &CodeEntry) {
    let port = window.global::<TicketCodePort>();
    port.set_shown(view.shown.as_str().into());
    port.set_digits(i32::try_from(view.digits).unwrap_or(i32::MAX));
    port.set_scanner(view.scanner);
    port.set_refusal(match view.refusal {
        None => ShownRefusal::None,
        Some(CodeRefusal::WrongDigit) => ShownRefusal::WrongDigit,
        Some(CodeRefusal::NotATicket) => ShownRefusal::NotATicket,
        Some(CodeRefusal::Unreadable) => ShownRefusal::Unreadable,
    });
}
