//! The agent's state, on the left rail.

use desk_ui::{DeskWindow, ShiftName, ShiftPort};
use slint::ComponentHandle;

use super::count;
use crate::{
    shift::{BreakReason, ShiftState},
    workplace::view::View,
};

pub(super) fn show(window: &DeskWindow, view: &View) {
    let port = window.global::<ShiftPort>();
    port.set_state(match view.shift {
        ShiftState::SignedOut => ShiftName::SignedOut,
        ShiftState::Ready => ShiftName::Ready,
        ShiftState::Talking => ShiftName::Talking,
        ShiftState::WrapUp => ShiftName::WrapUp,
        ShiftState::Break(reason) => of_break(reason),
    });
    port.set_lasted(view.shift_for.as_str().into());
    port.set_wrap_up_left(view.wrap_up_left.map_or(-1, count));
    let said = view.disposition.as_deref();
    port.set_asks_disposition(said.is_some());
    port.set_disposition(said.unwrap_or_default().into());
    port.set_next_break(view.next_break.map_or(ShiftName::SignedOut, of_break));
}

fn of_break(reason: BreakReason) -> ShiftName {
    match reason {
        BreakReason::Rest => ShiftName::Rest,
        BreakReason::Meal => ShiftName::Meal,
        BreakReason::Training => ShiftName::Training,
        BreakReason::Errand => ShiftName::Errand,
    }
}
