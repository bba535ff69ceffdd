//! Accepted, and done later.

use kiosk_ui::{AcceptedPort, KioskWindow};
use slint::ComponentHandle;

use crate::visit::{
    Touch,
    view::{Accepted, Messages},
};

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<AcceptedPort>();
    port.on_want_messages(move || touch(Touch::WantMessages));
}

pub(super) fn show(window: &KioskWindow, view: &Accepted) {
    let port = window.global::<AcceptedPort>();
    port.set_code(view.code.as_str().into());
    port.set_printed(view.printed);
    port.set_needs_card(view.needs_card);
    port.set_answered_within(view.answered_within.as_deref().unwrap_or_default().into());
    port.set_messages_offered(view.messages == Messages::Offered);
    port.set_message_to(match &view.messages {
        Messages::Wanted(end) => end.as_str().into(),
        Messages::None | Messages::Offered => "".into(),
    });
}
