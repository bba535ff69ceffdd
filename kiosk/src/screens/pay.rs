//! Paying.

use kiosk_ui::{KioskWindow, MeansState as Shown, PayPort};
use slint::ComponentHandle;

use sheet::grouped;

use super::pay_card;
use crate::visit::{
    Touch,
    view::{Means, MeansState, Pay},
};

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<PayPort>();
    let cash = touch.clone();
    port.on_pay_cash(move || cash(Touch::PayWith(Means::Cash)));
    let card = touch.clone();
    port.on_pay_card(move || card(Touch::PayWith(Means::Card)));
    port.on_cancel(move || touch(Touch::CancelPayment));
}

pub(super) fn show(window: &KioskWindow, view: &Pay) {
    let port = window.global::<PayPort>();
    let missing_won = view.amount_won.saturating_sub(view.inserted_won);
    port.set_amount(grouped(view.amount_won.into()).into());
    port.set_inserted(grouped(view.inserted_won.into()).into());
    port.set_missing(grouped(missing_won.into()).into());
    port.set_share(share(view));
    port.set_collecting(view.means == Some(Means::Cash));
    port.set_cash(state(view.cash));
    port.set_card(state(view.card));
    port.set_change(view.change);
    port.set_refusal(pay_card::refusal(view.refusal));
    port.set_why(view.why.as_str().into());
    port.set_returning(view.returning);
}

/// How much of the amount is in, for the bar.
fn share(view: &Pay) -> f32 {
    if view.amount_won == 0 {
        return 0.0;
    }
    let share = f64::from(view.inserted_won) / f64::from(view.amount_won);
    #[allow(
        clippy::cast_possible_truncation,
        reason = "a share between 0 and 1, to be drawn"
    )]
    let share = share.min(1.0) as f32;
    share
}

fn state(state: MeansState) -> Shown {
    match state {
        MeansState::Available => Shown::Available,
        MeansState::Starting => Shown::Starting,
        MeansState::NotFitted => Shown::NotFitted,
        MeansState::Broken => Shown::Broken,
    }
}
