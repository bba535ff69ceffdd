//! Paying by card.

use kiosk_ui::{CardPhase as Shown, KioskWindow, PayCardPort};
use slint::ComponentHandle;

use crate::visit::view::{CardPhase, PayByCard, PaymentRefusal};
use sheet::grouped;

pub(super) fn show(window: &KioskWindow, view: PayByCard) {
    let port = window.global::<PayCardPort>();
    port.set_amount(grouped(view.amount_won.into()).into());
    port.set_phase(match view.phase {
        CardPhase::Starting => Shown::Starting,
        CardPhase::Insert => Shown::Insert,
        CardPhase::Follow => Shown::Follow,
        CardPhase::Processing => Shown::Processing,
        CardPhase::Remove => Shown::Remove,
        CardPhase::Again => Shown::Again,
        CardPhase::Ending => Shown::Ending,
    });
}

/// Why the last card has not paid, for the screen that offers another means.
pub(super) fn refusal(refusal: Option<PaymentRefusal>) -> kiosk_ui::PaymentRefusal {
    use kiosk_ui::PaymentRefusal as Shown;
    match refusal {
        None => Shown::None,
        Some(PaymentRefusal::Cancelled) => Shown::Cancelled,
        Some(PaymentRefusal::Unreadable) => Shown::Unreadable,
        Some(PaymentRefusal::Expired) => Shown::Expired,
        Some(PaymentRefusal::NotAccepted) => Shown::NotAccepted,
        Some(PaymentRefusal::Blocked) => Shown::Blocked,
        Some(PaymentRefusal::NotEnough) => Shown::NotEnough,
        Some(PaymentRefusal::WrongPin) => Shown::WrongPin,
        Some(PaymentRefusal::Refused) => Shown::Refused,
        Some(PaymentRefusal::IssuerAway) => Shown::IssuerAway,
        Some(PaymentRefusal::Terminal) => Shown::Terminal,
    }
}
