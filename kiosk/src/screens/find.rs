//! The list of services.

use kiosk_ui::{FindPort, KioskWindow};
use slint::ComponentHandle;

use super::{rows, trouble};
use crate::visit::{Touch, view::ServiceTile};

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<FindPort>();
    let chosen = touch.clone();
    port.on_choose(move |service| chosen(Touch::ChooseService(service.into())));
    port.on_have_ticket(move || touch(Touch::HaveTicket));
}

pub(super) fn show(window: &KioskWindow, tiles: &[ServiceTile]) {
    let port = window.global::<FindPort>();
    let tile = |tile: &ServiceTile| kiosk_ui::ServiceTile {
        service: tile.service.as_str().into(),
        initial: tile.title.chars().take(1).collect::<String>().into(),
        title: tile.title.as_str().into(),
        summary: tile.summary.as_str().into(),
        fee: tile.fee.as_str().into(),
        unavailable: trouble::shown(tile.unavailable),
        queues: tile.queues,
        records_at: tile.records_at.as_str().into(),
    };
    let services = tiles.iter().map(tile).collect();
    if let Some(model) = rows::update(&port.get_services(), services) {
        port.set_services(model);
    }
}
