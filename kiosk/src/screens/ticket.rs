//! What a ticket brings.

use kiosk_ui::{KioskWindow, TicketPort};
use sheet::grouped;
use slint::ComponentHandle;

use super::trouble;
use crate::visit::view::TicketOffer;

pub(super) fn show(window: &KioskWindow, view: &TicketOffer) {
    let port = window.global::<TicketPort>();
    let amount = match view.amount_won {
        0 => String::new(),
        amount_won => grouped(amount_won.into()),
    };
    port.set_amount(amount.into());
    port.set_pays_out(view.pays_out);
    port.set_unavailable(trouble::shown(view.unavailable));
}
