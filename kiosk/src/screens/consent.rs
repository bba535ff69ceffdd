//! Consent to the look-up.

use kiosk_ui::{ConsentPort, KioskWindow};
use slint::ComponentHandle;

use super::rows;
use crate::visit::{Touch, view::Consent};

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<ConsentPort>();
    let agree = touch.clone();
    port.on_agree(move || agree(Touch::Agree));
    port.on_disagree(move || touch(Touch::Disagree));
}

pub(super) fn show(window: &KioskWindow, view: &Consent) {
    let port = window.global::<ConsentPort>();
    port.set_agency(view.agency.as_str().into());
    port.set_purpose(view.purpose.as_str().into());
    port.set_retention(view.retention.as_str().into());
    let fields = view.fields.iter().map(Into::into).collect();
    if let Some(model) = rows::update(&port.get_fields(), fields) {
        port.set_fields(model);
    }
}
