//! The welcome screen.

use kiosk_ui::{KioskWindow, WelcomePort};
use slint::ComponentHandle;

use super::{rows, tiles, trouble};
use crate::visit::{Touch, view::Welcome};

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + 'static) {
    let port = window.global::<WelcomePort>();
    port.on_start(move || touch(Touch::Start));
}

pub(super) fn show(window: &KioskWindow, view: &Welcome) {
    let port = window.global::<WelcomePort>();
    port.set_hours(view.opening_hours.as_str().into());
    let last_contact = view.last_contact.as_deref().unwrap_or_default();
    port.set_last_contact(last_contact.into());
    port.set_services(i32::try_from(view.services).unwrap_or(i32::MAX));
    if let Some(model) = rows::update(&port.get_topics(), tiles::topics(&view.topics)) {
        port.set_topics(model);
    }
    let troubles = view
        .troubles
        .iter()
        .map(|it| trouble::shown(Some(*it)))
        .collect();
    let notices = view.notices.iter().map(Into::into).collect();
    if let Some(model) = rows::update(&port.get_notices(), notices) {
        port.set_notices(model);
    }
    if let Some(model) = rows::update(&port.get_troubles(), troubles) {
        port.set_troubles(model);
    }
}
