//! It could not be done.

use kiosk_ui::{FailedPort, FailureReason as Shown, KioskWindow, MoneyOutcome as ShownMoney};
use slint::ComponentHandle;

use crate::visit::{
    Touch,
    view::{Failed, FailureReason, MoneyOutcome},
};
use sheet::grouped;

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + 'static) {
    let port = window.global::<FailedPort>();
    port.on_try_again(move || touch(Touch::TryAgain));
}

pub(super) fn show(window: &KioskWindow, view: &Failed) {
    let port = window.global::<FailedPort>();
    port.set_reason(reason(view.reason));
    port.set_code(view.code.as_str().into());
    port.set_request(view.request.as_deref().unwrap_or_default().into());
    port.set_accepted_at(view.accepted_at.as_deref().unwrap_or_default().into());
    port.set_may_retry(view.may_retry);
    show_money(&port, &view.money);
}

pub(super) fn show_money(port: &FailedPort<'_>, money: &MoneyOutcome) {
    let (outcome, amount_won, returned_won, ticket) = match money {
        MoneyOutcome::NotAsked => (ShownMoney::NotAsked, 0, 0, ""),
        MoneyOutcome::Returned { amount_won } => (ShownMoney::Returned, *amount_won, 0, ""),
        MoneyOutcome::Reversed { amount_won } => (ShownMoney::Reversed, *amount_won, 0, ""),
        MoneyOutcome::Charged {
            amount_won,
            returned_won,
        } => (ShownMoney::Charged, *amount_won, *returned_won, ""),
        MoneyOutcome::Owed { amount_won, ticket } => {
            (ShownMoney::Owed, *amount_won, 0, ticket.as_str())
        }
    };
    port.set_money(outcome);
    port.set_amount(grouped(amount_won.into()).into());
    port.set_returned(grouped(returned_won.into()).into());
    port.set_ticket(ticket.into());
}

pub(super) fn reason(reason: FailureReason) -> Shown {
    match reason {
        FailureReason::NetworkDown => Shown::NetworkDown,
        FailureReason::NetworkSlow => Shown::NetworkSlow,
        FailureReason::NetworkNonsense => Shown::NetworkNonsense,
        FailureReason::NoSuchRecord => Shown::NoSuchRecord,
        FailureReason::NotInRecords => Shown::NotInRecords,
        FailureReason::Unprintable => Shown::Unprintable,
        FailureReason::OutsideHours => Shown::OutsideHours,
        FailureReason::PrinterOutOfPaper => Shown::PrinterOutOfPaper,
        FailureReason::PrinterJammed => Shown::PrinterJammed,
        FailureReason::PrinterCoverOpen => Shown::PrinterCoverOpen,
        FailureReason::PrinterSilent => Shown::PrinterSilent,
        FailureReason::PaperUnknown => Shown::PaperUnknown,
        FailureReason::CardPulled => Shown::CardPulled,
        FailureReason::CashFault => Shown::CashFault,
        FailureReason::NoChange => Shown::NoChange,
        FailureReason::CardUnknown => Shown::CardUnknown,
        FailureReason::CardNotReversed => Shown::CardNotReversed,
        FailureReason::TooManyTries => Shown::TooManyTries,
        FailureReason::TicketUnreachable => Shown::TicketUnreachable,
        FailureReason::TicketUnknown => Shown::TicketUnknown,
        FailureReason::TicketNotReady => Shown::TicketNotReady,
        FailureReason::TicketUsed => Shown::TicketUsed,
        FailureReason::TicketBusy => Shown::TicketBusy,
        FailureReason::TicketNotYours => Shown::TicketNotYours,
        FailureReason::TicketTries => Shown::TicketTries,
        FailureReason::NotVouched => Shown::NotVouched,
        FailureReason::Bug => Shown::Bug,
    }
}
