//! Where what fails here can be had.

use kiosk_ui::{KioskWindow, NearbyPort};
use slint::ComponentHandle;

use crate::visit::view::Nearby;

pub(super) fn show(window: &KioskWindow, nearby: Option<&Nearby>) {
    let port = window.global::<NearbyPort>();
    let Some(it) = nearby else {
        port.set_place("".into());
        return;
    };
    port.set_place(it.place.as_str().into());
    port.set_address(it.address.as_str().into());
    port.set_distance(it.distance.as_str().into());
    port.set_until(it.until.as_str().into());
}
