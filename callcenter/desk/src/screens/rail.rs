//! The left rail: the agent's state and the telephone.

use desk_ui::{CallName, Concern, DeskWindow, ShiftName, ShiftPort, TelephonePort};
use slint::ComponentHandle;

use super::{count, rows, worklist};
use crate::{
    shift::{BreakReason, ShiftState},
    telephone::CallState,
    workplace::view::{TelephoneView, View},
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
    port.set_next_break(view.next_break.map_or(ShiftName::SignedOut, of_break));
    show_telephone(window, &view.telephone);
}

fn of_break(reason: BreakReason) -> ShiftName {
    match reason {
        BreakReason::Rest => ShiftName::Rest,
        BreakReason::Meal => ShiftName::Meal,
        BreakReason::Training => ShiftName::Training,
        BreakReason::Errand => ShiftName::Errand,
    }
}

fn show_telephone(window: &DeskWindow, view: &TelephoneView) {
    let port = window.global::<TelephonePort>();
    let (state, held, muted) = match view.state {
        CallState::NotConfigured => (CallName::NotConfigured, false, false),
        CallState::Unregistered => (CallName::Unregistered, false, false),
        CallState::Resting => (CallName::Resting, false, false),
        CallState::Ringing => (CallName::Ringing, false, false),
        CallState::Talking { held, muted } => (CallName::Talking, held, muted),
    };
    port.set_state(state);
    port.set_held(held);
    port.set_muted(muted);
    port.set_queue(view.queue.as_str().into());
    port.set_waited(view.waited.as_str().into());
    port.set_talking_for(view.talking_for.as_str().into());
    let caller = view.caller.as_ref().map(|it| it.reveal().as_str());
    port.set_caller(caller.unwrap_or_default().into());
    let concerns = view.concerns.iter().map(|it| Concern {
        title: it.title.as_str().into(),
        asked: it.asked.as_str().into(),
        state: worklist::state(it.state),
    });
    if let Some(model) = rows::update(&port.get_concerns(), concerns.collect()) {
        port.set_concerns(model);
    }
}
