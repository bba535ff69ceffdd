//! One service explained.

use kiosk_ui::{KioskWindow, ServicePort};
use slint::ComponentHandle;

use super::trouble;
use crate::visit::view::ServiceSheet;

pub(super) fn show(window: &KioskWindow, view: &ServiceSheet) {
    let port = window.global::<ServicePort>();
    port.set_summary(view.summary.as_str().into());
    port.set_fee(view.fee.as_str().into());
    port.set_fee_basis(view.fee_basis.as_str().into());
    port.set_hours(view.hours.as_str().into());
    port.set_agency(view.agency.as_str().into());
    port.set_needs_card(view.needs_card);
    port.set_unavailable(trouble::shown(view.unavailable));
    port.set_closed(view.closed.as_str().into());
    port.set_queues(view.queues);
    port.set_records_at(view.records_at.as_str().into());
    port.set_last_contact(view.last_contact.as_str().into());
}
