//! The resident number behind its mask.

use kiosk_ui::{KioskWindow, NumberRefusal as Shown, ResidentNumberPort};
use slint::ComponentHandle;

use super::keys;
use crate::visit::{
    Touch,
    view::{NumberEntry, NumberProof, NumberRefusal},
};

pub(super) fn connect(window: &KioskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<ResidentNumberPort>();
    let typed = touch.clone();
    port.on_key(move |text| keys::character(&text).into_iter().for_each(&typed));
    port.on_special(move |key| touch(keys::special(key)));
}

pub(super) fn show(window: &KioskWindow, view: &NumberEntry) {
    let port = window.global::<ResidentNumberPort>();
    port.set_shown(view.shown.as_str().into());
    port.set_digits(i32::try_from(view.digits).unwrap_or(i32::MAX));
    port.set_refusal(match view.refusal {
        None => Shown::None,
        Some(NumberRefusal::NotANumber) => Shown::NotANumber,
        Some(NumberRefusal::NotTheCards) => Shown::NotTheCards,
    });
    let tries_left = match view.proof {
        NumberProof::Card { tries_left } => i32::try_from(tries_left).unwrap_or(i32::MAX),
        NumberProof::TwoPersons => -1,
    };
    port.set_tries_left(tries_left);
}
